"""The mounted volumes of this machine."""

from PySide6.QtCore import QStorageInfo

from hoctap_desktop.foundation.volumes import removable
from hoctap_desktop.ui.submission.presenter import Volume


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
