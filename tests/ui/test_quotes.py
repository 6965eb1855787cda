"""What a sentence of the window quotes stands between « and », as in the catalogue of messages."""

import ast
from pathlib import Path

from hoctap_desktop.foundation import messages
from hoctap_desktop.ui import theme

ROOM = Path(str(theme.__file__)).parent


def curly(source: str) -> list[int]:
    """Lines with a string in which something is quoted the other way."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and set("“”") & set(node.value)
    ]


def test_the_window_quotes_as_the_messages_do() -> None:
    files = [Path(str(messages.__file__)), *sorted(ROOM.rglob("*.py"))]
    assert len(files) > 100
    assert [f"{file.name}:{line}" for file in files for line in curly(file.read_text("utf-8"))] == []


def test_the_other_quotes_are_seen() -> None:
    assert set(curly('x = f"Mục “{y}” trống"')) == {1}
