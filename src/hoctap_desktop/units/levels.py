"""The levels of the tree, read from forms/levels.toml: what a level is called is data."""

import re
from functools import cache
from pathlib import Path

from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.boundary import Outside
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.foundation.toml_source import load_toml
from hoctap_desktop.units.model import Level, Unit


def read_levels(path: Path) -> tuple[Level, ...]:
    """The levels of a file, in its order. Raises UserError(FORM_BAD, file, row, why)."""
    top = load_toml(path, Outside.FORM, Code.FORM_BAD)
    found: list[Level] = []
    for table in top.tables("level"):
        level = Level(table.word("id", r"[a-z0-9-]+"), table.text("word"), table.whole("rank"), table.texts("also", ()))
        if any(level.id == other.id for other in found):
            raise table.wrong("id", f"cấp «{level.id}» có hai lần. Hãy bỏ một.")
        table.refuse_unknown()
        found.append(level)
    top.refuse_unknown()
    return tuple(found)


@cache
def levels() -> tuple[Level, ...]:
    """The levels that ship with the program."""
    return read_levels(paths.forms() / "levels.toml")


def level_word(id: str) -> str:
    """The word of a level ("xã"), "" for a level this program does not know."""
    return next((level.word for level in levels() if level.id == id), "")


def unit_word(unit: Unit) -> str:
    """What one unit is called in running text: "phường" where its name says so, else the word of its level."""
    level = next((level for level in levels() if level.id == unit.level), None)
    if level is None:
        return ""
    also = "|".join(map(re.escape, level.also)) or level.word
    # "Văn hóa - Xã hội" is a department, whatever the place is called
    found = re.search(rf"\b({also}|{re.escape(level.word)}(?! hội\b))\b", unit.name, re.IGNORECASE)
    return found[1].lower() if found else level.word
