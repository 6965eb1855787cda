"""Double clicks: what is written for the desktop, and that all of it goes again."""

import configparser
import shlex
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from hoctap_desktop.cli import main
from hoctap_desktop.foundation import association
from hoctap_desktop.foundation.association import MIME, desktop_entry, in_registry, mime_type, registry_values
from hoctap_desktop.foundation.errors import Code, UserError

WINDOWS = (r"C:\Program Files\hoctap\hoctap.exe",)


class Keys(dict[str, str]):
    """A registry in memory, as strict as the real one: a key with keys under it cannot be removed."""

    def set(self, key: str, value: str) -> None:
        assert "\\" not in key.removeprefix("Software\\Classes\\") or key.rpartition("\\")[0] in self
        self[key] = value

    def remove(self, key: str) -> None:
        assert not [one for one in self if one.startswith(f"{key}\\")]
        del self[key]


def test_the_command_writes_for_one_person_and_takes_all_of_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "")  # the tools of a desktop are not asked
    assert main(["associate"]) == 0
    assert "Từ nay bấm đúp" in capsys.readouterr().out
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(tmp_path / "applications/hoctap.desktop", encoding="utf-8")
    desktop = dict(entry["Desktop Entry"])
    assert desktop["MimeType"] == f"{MIME};"
    assert shlex.split(desktop["Exec"])[-1] == "%f"
    assert shlex.split(desktop["Exec"])[:-1] == list(association.program())
    icon = tmp_path / f"icons/hicolor/scalable/apps/{desktop['Icon']}.svg"
    assert ET.parse(icon).getroot().tag.endswith("svg")
    assert main(["associate", "--remove"]) == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert main(["associate", "--remove"]) == 0


def test_a_system_that_knows_no_such_thing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(UserError) as refused:
        association.associate()
    assert refused.value.code is Code.ASSOCIATION_SYSTEM


def test_the_mime_type_names_the_ending_of_our_files() -> None:
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    (kind,) = ET.fromstring(mime_type()).iter(f"{space}mime-type")
    assert kind.get("type") == MIME
    assert [glob.get("pattern") for glob in kind.iter(f"{space}glob")] == ["*.htgoi"]


def test_a_path_with_blanks_and_signs_is_quoted_as_the_desktop_wants_it() -> None:
    line = desktop_entry(("/opt hoc/`x`/50%", "-m", "hoctap_desktop")).splitlines()[3]
    assert line == 'Exec="/opt hoc/\\`x\\`/50%%" -m hoctap_desktop %f'


def test_the_registry_names_the_program_and_holds_nothing_afterwards() -> None:
    keys = Keys()
    in_registry(keys, WINDOWS)
    own = r"Software\Classes\HocTap.Goi"
    assert keys[r"Software\Classes\.htgoi"] == "HocTap.Goi"
    assert keys[rf"{own}\shell\open\command"] == r'"C:\Program Files\hoctap\hoctap.exe" "%1"'
    assert keys[rf"{own}\DefaultIcon"] == r"C:\Program Files\hoctap\hoctap.exe,0"
    assert set(keys) == set(registry_values(WINDOWS))
    in_registry(keys, WINDOWS, remove=True)
    assert keys == {}
