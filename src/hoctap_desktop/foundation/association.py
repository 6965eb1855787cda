"""Makes the desktop open sealed files with this program, for the person who asks and nobody else; and undoes it.

Windows: keys under HKEY_CURRENT_USER. Linux: a .desktop file, a MIME type and an icon under XDG_DATA_HOME.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import replace_whole
from hoctap_desktop.foundation.paths import resources

EXTENSION = ".htgoi"
MIME = "application/vnd.hoctap.goi+zip"
NAME = "Tuần lễ học tập suốt đời"
KIND = "Gói dữ liệu Tuần lễ học tập suốt đời"
_CLASS = "HocTap.Goi"
_CLASSES = r"Software\Classes"
_DESKTOP, _TYPE = "applications/hoctap.desktop", "mime/packages/hoctap.xml"
_ICON = "icons/hicolor/scalable/apps/hoctap.svg"


class Registry(Protocol):
    """The person's own part of the Windows registry."""

    def set(self, key: str, value: str) -> None:
        """Writes the default value of a key, which is made when it is not there."""

    def remove(self, key: str) -> None:
        """Removes a key without keys under it; nothing when it is not there."""


def program() -> tuple[str, ...]:
    """How this very program is started."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (sys.executable, "-m", "hoctap_desktop")


def associate(*, remove: bool = False) -> tuple[str, ...]:
    """Registers the program for sealed files, or takes that back; what was written or removed, in words.

    Raises UserError ASSOCIATION_SYSTEM (neither Windows nor Linux), FILE_UNWRITABLE.
    """
    if sys.platform == "win32":
        return in_registry(_WindowsRegistry(), program(), remove=remove)
    if sys.platform.startswith("linux"):
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
        done = in_folders(base, program(), remove=remove)
        _refresh(base)
        return done
    raise UserError(Code.ASSOCIATION_SYSTEM)


# --- Linux --------------------------------------------------------------------------------------------------------


def in_folders(base: Path, command: tuple[str, ...], *, remove: bool = False) -> tuple[str, ...]:
    """Writes the three files under `base`, or removes them; the files, as text. Raises UserError(FILE_UNWRITABLE)."""
    texts = {
        _DESKTOP: desktop_entry(command).encode(),
        _TYPE: mime_type().encode(),
        _ICON: (resources() / "hoctap.svg").read_bytes(),
    }
    done = []
    for name, data in texts.items():
        path = base / name
        if remove:
            if path.is_file():
                path.unlink()
                done.append(str(path))
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as cause:
            raise UserError(Code.FILE_UNWRITABLE, file=str(path)) from cause
        replace_whole(path, data)
        done.append(str(path))
    return tuple(done)


def desktop_entry(command: tuple[str, ...]) -> str:
    """The .desktop file (freedesktop.org Desktop Entry Specification)."""
    lines = {
        "Type": "Application",
        "Name": NAME,
        "Exec": f"{' '.join(_quoted(part) for part in command)} %f",
        "Icon": "hoctap",
        "MimeType": f"{MIME};",
        "Categories": "Office;",
        "Terminal": "false",
    }
    return "[Desktop Entry]\n" + "".join(f"{key}={value}\n" for key, value in lines.items())


def mime_type() -> str:
    """The MIME type with its file ending (freedesktop.org shared-mime-info)."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">\n'
        f'  <mime-type type="{MIME}">\n'
        f"    <comment>{KIND}</comment>\n"
        '    <icon name="hoctap"/>\n'
        f'    <glob pattern="*{EXTENSION}"/>\n'
        "  </mime-type>\n"
        "</mime-info>\n"
    )


def _quoted(part: str) -> str:
    """A part of Exec: in double quotes, with what those do not protect escaped."""
    if part == shlex.quote(part):
        return part
    escaped = part
    for letter in ("\\", '"', "`", "$"):
        escaped = escaped.replace(letter, f"\\{letter}")
    return f'"{escaped}"'.replace("%", "%%")


def _refresh(base: Path) -> None:
    """Tells the desktop; where its tools are missing it finds the files at the next start of the session."""
    for tool, folder in (("update-mime-database", "mime"), ("update-desktop-database", "applications")):
        found = shutil.which(tool)
        if found is not None and (base / folder).is_dir():
            subprocess.run([found, str(base / folder)], check=False, capture_output=True, timeout=30)


# --- Windows ------------------------------------------------------------------------------------------------------


def in_registry(registry: Registry, command: tuple[str, ...], *, remove: bool = False) -> tuple[str, ...]:
    """Writes the keys, or removes them, deepest first; the keys."""
    values = registry_values(command)
    if remove:
        for key in reversed(list(values)):
            registry.remove(key)
    else:
        for key, value in values.items():
            registry.set(key, value)
    return tuple(rf"HKEY_CURRENT_USER\{key}" for key in values)


def registry_values(command: tuple[str, ...]) -> Mapping[str, str]:
    """Key → default value, parents before what stands under them."""
    own = rf"{_CLASSES}\{_CLASS}"
    start = " ".join(f'"{part}"' if " " in part or part == command[0] else part for part in command)
    return {
        rf"{_CLASSES}\{EXTENSION}": _CLASS,
        own: KIND,
        rf"{own}\DefaultIcon": f"{command[0]},0",
        rf"{own}\shell": "",
        rf"{own}\shell\open": "",
        rf"{own}\shell\open\command": f'{start} "%1"',
    }


class _WindowsRegistry:
    def set(self, key: str, value: str) -> None:
        import winreg

        winreg.SetValue(winreg.HKEY_CURRENT_USER, key, winreg.REG_SZ, value)  # type: ignore[attr-defined,unused-ignore]

    def remove(self, key: str) -> None:
        import winreg

        try:
            winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)  # type: ignore[attr-defined,unused-ignore]
        except FileNotFoundError:
            return
