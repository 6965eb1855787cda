"""What can be pulled out of this machine: sticks, and what lies on one. Asking may wait for a disk."""

import os
import sys
from pathlib import Path

_DRIVE_REMOVABLE = 2
# Where systems put sticks when they do not say that a volume can be pulled.
STICK_ROOTS = ("/media/", "/run/media/", "/Volumes/")


def removable(root: str, device: str) -> bool | None:
    """What the system says of a volume, None when it says nothing. device: "/dev/sdb1", "E:"."""
    if sys.platform == "win32":
        return _windows_says(root)
    if not device.startswith("/dev/"):
        return None if sys.platform == "darwin" else False
    return linux_says(Path("/sys/class/block"), Path(device).name)


def on_stick(folder: Path) -> bool:
    """True when the folder, or the nearest one above it that is there, is on something that can be pulled."""
    there = next((one.resolve() for one in (folder.absolute(), *folder.absolute().parents) if one.is_dir()), None)
    if there is None:
        return False
    if sys.platform == "win32":
        return _windows_says(there.anchor)
    device = there.stat().st_dev
    said = linux_says(Path("/sys/dev/block"), f"{os.major(device)}:{os.minor(device)}")
    # a file system without a device of its own (a network share) is no stick, wherever it is mounted
    return said if said is not None else bool(os.major(device)) and str(there).startswith(STICK_ROOTS)


def _windows_says(root: str) -> bool:
    import ctypes

    return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOVABLE)  # type: ignore[attr-defined, unused-ignore]


def linux_says(blocks: Path, name: str) -> bool | None:
    """A partition's disk stands above it; mapped volumes (encrypted disks) say nothing."""
    try:
        place = (blocks / name).resolve(strict=True)
        for folder in (place, place.parent):
            flag = folder / "removable"
            if flag.is_file():
                return flag.read_text(encoding="ascii").strip() == "1"
    except OSError:
        pass
    return None
