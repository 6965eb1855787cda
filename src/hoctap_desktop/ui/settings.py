"""What the window remembers: an ini file in the person's data folder, never the registry."""

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from hoctap_desktop.foundation import paths
from hoctap_desktop.ui.theme import TEXT_SIZES, Theme


class Settings:
    """Typed access to the ini file at `file` (by default settings.ini beside the stores). Bad values read as unset."""

    def __init__(self, file: Path | None = None) -> None:
        self._ini = QSettings(str(file or paths.data_folder() / "settings.ini"), QSettings.Format.IniFormat)

    def apart(self, file: Path) -> "Settings":
        """Settings of their own in `file` that look the same and remember nothing here."""
        made = Settings(file)
        made.text_size, made.contrast = self.text_size, self.contrast
        return made

    @property
    def store(self) -> Path | None:
        """The store that was open last."""
        value = self._ini.value("store")
        return Path(value) if isinstance(value, str) and value else None

    @store.setter
    def store(self, path: Path | None) -> None:
        self._ini.setValue("store", str(path) if path is not None else "")

    @property
    def folder(self) -> Path | None:
        """The folder a person picked files from or saved into last, None when it is not there any more."""
        value = self._ini.value("folder")
        # os.path and not Path: False, too, where asking is refused
        return Path(value) if isinstance(value, str) and value and os.path.isdir(value) else None  # noqa: PTH112

    @folder.setter
    def folder(self, path: Path) -> None:
        self._ini.setValue("folder", str(path))

    def inbox(self, code: str) -> Path | None:
        """The folder the office `code` watches for files of its units, None while none was chosen. It may be away."""
        value = self._ini.value(f"inbox/{code}")
        return Path(value) if isinstance(value, str) and value else None

    def set_inbox(self, code: str, folder: Path | None) -> None:
        """Another folder, or none."""
        self._ini.setValue(f"inbox/{code}", str(folder) if folder is not None else "")

    @property
    def copies(self) -> Path | None:
        """The folder of the backup copies, None while none was named. It may be away: a stick, another machine."""
        value = self._ini.value("copies/folder")
        return Path(value) if isinstance(value, str) and value else None

    @copies.setter
    def copies(self, folder: Path | None) -> None:
        self._ini.setValue("copies/folder", str(folder) if folder is not None else "")
        self.copied = ""

    @property
    def copies_kept(self) -> int:
        """How many backup copies of an office stay, 2 to 50."""
        value = str(self._ini.value("copies/kept", "10"))
        return min(50, max(2, int(value))) if value.isdigit() else 10

    @copies_kept.setter
    def copies_kept(self, count: int) -> None:
        self._ini.setValue("copies/kept", count)

    @property
    def key_minutes(self) -> int:
        """After so many minutes without a signature the key is asked for again; 0: only when the window is opened."""
        value = str(self._ini.value("key/minutes", "30"))
        return min(480, int(value)) if value.isdigit() else 30

    @key_minutes.setter
    def key_minutes(self, minutes: int) -> None:
        self._ini.setValue("key/minutes", minutes)

    @property
    def copy_failed(self) -> str:
        """Why the last backup copy could not be made, "" when it was."""
        value = self._ini.value("copies/failed", "")
        return value if isinstance(value, str) else ""

    @copy_failed.setter
    def copy_failed(self, why: str) -> None:
        self._ini.setValue("copies/failed", why)

    @property
    def copied(self) -> str:
        """What the newest backup copy made from here holds (store.copies.content), "" when there is none."""
        value = self._ini.value("copies/content", "")
        return value if isinstance(value, str) else ""

    @copied.setter
    def copied(self, content: str) -> None:
        self._ini.setValue("copies/content", content)

    @property
    def person(self) -> str:
        """Who sits at the machine, "" for the account's own name."""
        value = self._ini.value("person")
        return value if isinstance(value, str) else ""

    @person.setter
    def person(self, name: str) -> None:
        self._ini.setValue("person", name)

    @property
    def text_size(self) -> int:
        """100, 115 or 130 percent."""
        value = str(self._ini.value("text_size", "100"))
        return int(value) if value.isdigit() and int(value) in TEXT_SIZES else 100

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._ini.setValue("text_size", percent)

    @property
    def contrast(self) -> bool | None:
        """High contrast on or off; None: as the system wishes."""
        return {"true": True, "false": False}.get(str(self._ini.value("contrast", "")).lower())

    @contrast.setter
    def contrast(self, on: bool | None) -> None:
        self._ini.setValue("contrast", "" if on is None else str(on).lower())

    def theme(self, *, wished_contrast: bool = False) -> Theme:
        """The theme to put in force; wished_contrast: what the system asks for."""
        contrast = self.contrast
        return Theme(contrast=wished_contrast if contrast is None else contrast, text_size=self.text_size)

    def seen(self, page: str, office: str) -> str:
        """How a page was left for one office (order, filter), "" when it never was."""
        value = self._ini.value(f"seen/{page}/{office}", "")
        return value if isinstance(value, str) else ""

    def set_seen(self, page: str, office: str, value: str) -> None:
        self._ini.setValue(f"seen/{page}/{office}", value)

    def blob(self, name: str) -> QByteArray | None:
        """Geometry of the window, positions of a splitter."""
        value = self._ini.value(f"layout/{name}")
        return value if isinstance(value, QByteArray) else None

    def set_blob(self, name: str, value: QByteArray) -> None:
        self._ini.setValue(f"layout/{name}", value)

    def sync(self) -> None:
        self._ini.sync()
