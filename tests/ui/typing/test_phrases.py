"""Telex and VNI untouched: what is kept is the NFC of what was typed, however it came, in every kind of box."""

import unicodedata

import pytest
from PySide6.QtWidgets import QApplication

from hoctap_desktop.foundation.text import to_nfc
from tests.ui.typing.boxes import BOXES, opened
from tests.ui.typing.phrases import phrases
from tests.ui.typing.ways import WAYS
from tests.ui.walk.stage import Stage

FEW, ALL = 6, 500


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("stage"))


def changed(
    stage: Stage, kind: str, texts: list[str], ways: tuple[str, ...] = tuple(WAYS)
) -> list[tuple[str, str, str]]:
    """(way, typed, kept) of all that is kept otherwise than typed; each text comes in each way."""
    found = []
    with opened(stage, kind) as enter:
        for text in texts:
            for name in ways:
                kept = enter(lambda way=WAYS[name], text=text: way(text))  # type: ignore[misc]
                if kept != to_nfc(text):
                    found.append((name, text, kept))
    return found


def test_the_phrases_are_many_different_and_carry_every_mark() -> None:
    made = phrases(ALL)
    assert len(set(made)) == ALL
    assert made == phrases(ALL)
    decomposed = unicodedata.normalize("NFD", "".join(made))
    assert {"\u0300", "\u0301", "\u0309", "\u0303", "\u0323", "\u0302", "\u0306", "\u031b"} <= set(decomposed)
    assert "đ" in decomposed


@pytest.mark.parametrize("kind", BOXES)
def test_what_is_typed_is_what_is_kept(kind: str, stage: Stage) -> None:
    assert changed(stage, kind, phrases(ALL)[:: ALL // FEW][:FEW]) == []


@pytest.mark.faults
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", BOXES)
def test_all_phrases(kind: str, way: str, stage: Stage) -> None:
    assert changed(stage, kind, phrases(ALL), (way,)) == []
