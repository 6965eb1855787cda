"""A folder before anything is put there: can it be written, how much room is left, which disk is it on."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PlaceFacts:
    """writable: a file could be made there; free: bytes left, None when not known; disk: the device, 0 unknown."""

    writable: bool
    free: int | None = None
    disk: int = 0


def look_at(folder: Path) -> PlaceFacts:
    """The facts of a folder, or of the nearest one above it that exists. Leaves nothing behind; may wait for a disk."""
    try:
        there = next((one for one in (folder, *folder.parents) if one.is_dir()), None)
        if there is None:
            return PlaceFacts(False)
        disk, free = there.stat().st_dev, shutil.disk_usage(there).free
    except OSError:
        return PlaceFacts(False)
    try:
        with tempfile.TemporaryFile(dir=there):
            return PlaceFacts(True, free, disk)
    except OSError:
        return PlaceFacts(False, free, disk)
