"""Whatever a person types into: what nobody sees is not kept, and they are told how much it was."""

import pytest
from PySide6.QtWidgets import QApplication

from hoctap_desktop.ui.widgets import unseen
from tests.ui.typing.boxes import BOXES, opened
from tests.ui.typing.ways import by_commit, by_paste_nfc
from tests.ui.walk.stage import Stage

DIRTY, CLEAN = "Hà\u200b Thượng\u202e, xã\u00ad nhà", "Hà Thượng, xã nhà"


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("stage"))


@pytest.mark.parametrize("kind", [kind for kind in BOXES if kind != "search"])
def test_it_is_left_out_and_told(stage: Stage, kind: str) -> None:
    told: list[int] = []

    def note(_field: str, count: int) -> None:
        told.append(count)

    unseen.teller().left_out.connect(note)
    try:
        with opened(stage, kind) as enter:
            assert enter(lambda: by_commit(DIRTY)) == CLEAN
            assert told == [3]
            told.clear()
            assert enter(lambda: by_paste_nfc(DIRTY)) == CLEAN
            assert told == [3]
    finally:
        unseen.teller().left_out.disconnect(note)
        QApplication.clipboard().clear()
