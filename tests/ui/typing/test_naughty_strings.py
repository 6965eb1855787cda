"""The strings that break programs, typed into a text, are saved as they were typed."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from hoctap_desktop.foundation.text import clean_lines
from tests.ui.typing.boxes import opened
from tests.ui.typing.ways import by_commit
from tests.ui.walk.stage import Stage


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("stage"))


def test_each_is_kept_as_it_was_typed(stage: Stage, shared_bad_input: Path) -> None:
    strings = json.loads((shared_bad_input / "text" / "blns.json").read_text("utf-8"))
    assert len(strings) == 515
    with opened(stage, "long text") as enter:
        kept = {text: enter(lambda text=text: by_commit(text)) for text in strings}  # type: ignore[misc]
    # Qt's own mark for the end of a paragraph is one in a box too
    wanted = {text: clean_lines(text.replace("\u2029", "\n")) for text in strings}
    assert {text: found for text, found in kept.items() if found != wanted[text]} == {}
