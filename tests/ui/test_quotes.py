"""What a sentence of the program quotes stands between « and », everywhere but on paper."""

import ast
from pathlib import Path

from hoctap_desktop.foundation import paths
from hoctap_desktop.ui import theme

SOURCE = Path(str(theme.__file__)).parents[1]
# Readers look for the quotes of others; fonts are asked for them.
LOOK_FOR_THEM = {
    "diary/promises.py",
    "document/fonts.py",
    "plan/fact_reader.py",
    "plan/numerals.py",
    "plan/office_reader.py",
    "plan/page_text.py",
    "plan/pasting.py",
    "plan/source_lines.py",
}


def curly(source: str) -> list[int]:
    """Lines with a string in which something is quoted the other way."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and set("“”") & set(node.value)
    ]


def test_every_sentence_quotes_alike() -> None:
    files = sorted(SOURCE.rglob("*.py"))
    assert len(files) > 200
    found = {file.relative_to(SOURCE).as_posix(): lines for file in files if (lines := curly(file.read_text("utf-8")))}
    assert {name: lines for name, lines in found.items() if name not in LOOK_FOR_THEM} == {}
    assert set(found) == LOOK_FOR_THEM


def test_help_quotes_as_the_window_does() -> None:
    pages = sorted((paths.resources() / "help").glob("*.md"))
    assert len(pages) > 10
    assert [page.name for page in pages if set("“”") & set(page.read_text("utf-8"))] == []


def test_the_other_quotes_are_seen() -> None:
    assert set(curly('x = f"Mục “{y}” trống"')) == {1}
