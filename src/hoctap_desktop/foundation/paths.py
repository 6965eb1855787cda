"""Where the data that ships with the program stands: beside the source tree, or inside the frozen program."""

import os
import sys
from pathlib import Path


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen)
    package = Path(__file__).resolve().parents[1]
    # a wheel carries them inside the package; in the source tree they stand at the top
    return package if (package / "forms").is_dir() else package.parents[1]


def forms() -> Path:
    """The folder of form definitions, campaigns and examples."""
    return _root() / "forms"


def resources() -> Path:
    """The folder of fonts, icons, style sheet and help."""
    return _root() / "resources"


def data_folder() -> Path:
    """The person's own folder for stores: LOCALAPPDATA on Windows, XDG_DATA_HOME or ~/.local/share elsewhere."""
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA", str(Path.home())))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share")))
    return base / "hoctap"
