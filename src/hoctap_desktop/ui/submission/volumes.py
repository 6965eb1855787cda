"""The mounted volumes of this machine, and which of them can be pulled."""

import sys
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from hoctap_desktop.ui.submission.presenter import Volume

_DRIVE_REMOVABLE = 2


def mounted() -> tuple[Volume, ...]:
    """Every volume that is ready. Asking may take a while where a network drive is away."""
    found = []
    for info in QStorageInfo.mountedVolumes():
        if not info.isValid() or not info.isReady():
            continue
        device = bytes(info.device().data()).decode(errors="replace")
        root = info.rootPath()
        found.append(Volume(root, info.name(), device, info.bytesAvailable(), removable(root, device)))
    return tuple(found)


def removable(root: str, device: str) -> bool | None:
    """What the system says of a volume, None when it says nothing."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOVABLE)
    if not device.startswith("/dev/"):
        return None if sys.platform == "darwin" else False
    return _linux_says(Path("/sys/class/block"), Path(device).name)


def _linux_says(blocks: Path, name: str) -> bool | None:
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
