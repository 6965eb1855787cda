"""A plan whose changes do not reach the disk: nothing typed is lost, and it is told until it is written."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from hoctap_desktop.filing.model import Status
from hoctap_desktop.form.answers import text
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office import filings
from hoctap_desktop.ui.plan.page import PlanPage
from hoctap_desktop.ui.session import SaveFailure, Session
from tests.ui.plan.conftest import Stored
from tests.ui.plan.test_page import body, fill_field

FAILURES = [UserError(Code.DISK_FULL, file="x"), OSError("gone"), ValueError("a bug")]


def failing(failure: BaseException) -> Callable[..., object]:
    def set_answer(*_args: object, **_more: object) -> object:
        raise failure

    return set_answer


@pytest.mark.parametrize("failure", FAILURES, ids=["full disk", "stick gone", "bug"])
def test_a_change_that_failed_stays_on_the_screen_and_is_written_with_the_next(
    page: PlanPage, session: Session, stored: Stored, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    told: list[SaveFailure] = []
    session.save_failed.connect(told.append)
    with monkeypatch.context() as disk:
        disk.setattr(filings, "set_answer", failing(failure))
        fill_field(page, "opening.place", "Nhà văn hóa xóm 5")
        body(page).load("Đoạn vừa gõ\n")
        page.leave()
        session.jobs.finish()
        page.enter()
        session.jobs.finish()
    assert [type(one.failure) for one in told][:1] == [type(failure)]
    form = page.sheets["facts"].form
    assert form is not None
    assert form.boxes["opening.place"].text() == "Nhà văn hóa xóm 5"
    assert body(page).text() == "Đoạn vừa gõ"
    assert text(stored().answers, "opening.place") != "Nhà văn hóa xóm 5"
    fill_field(page, "closing.place", "Sân vận động xã")
    answers = stored().answers
    assert [text(answers, f"{part}.place") for part in ("opening", "closing")] == [
        "Nhà văn hóa xóm 5",
        "Sân vận động xã",
    ]
    assert text(answers, "body").strip() == "Đoạn vừa gõ"
    assert session.unsaved("2022-plan") == {}
    assert not session.has_failed()


def test_a_page_made_anew_shows_what_is_not_on_the_disk(
    page: PlanPage, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(filings, "set_answer", failing(ValueError("a bug")))
    fill_field(page, "opening.place", "Nhà văn hóa xóm 5")
    session.jobs.finish()
    other = PlanPage(session)
    qtbot.addWidget(other)
    other.enter()
    session.jobs.finish()
    assert other.presenter is not None
    assert other.presenter.shown("opening.place") == "Nhà văn hóa xóm 5"


def test_one_answer_that_cannot_be_written_holds_up_no_other(
    session: Session, stored: Stored, page: PlanPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = filings.set_answer

    def one_fails(store: object, id: str, field: str, value: object) -> object:
        if field == "opening.place":
            raise ValueError("a bug")
        return real(store, id, field, value)  # type: ignore[arg-type]

    with monkeypatch.context() as disk:
        disk.setattr(filings, "set_answer", one_fails)
        session.save_answers("2022-plan", {"opening.place": "A", "closing.place": "B"})
        session.jobs.finish()
        assert session.unsaved("2022-plan") == {"opening.place": "A"}
        assert text(stored().answers, "closing.place") == "B"
        session.save_answers("2022-plan", {"opening.place": "C"})
        session.jobs.finish()
    session.save_again()
    session.jobs.finish()
    assert text(stored().answers, "opening.place") == "C", "the older value never lands on the newer"


def test_the_plan_is_not_frozen_without_a_change_that_failed(
    page: PlanPage, session: Session, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems: list[object] = []
    session.problem.connect(problems.append)
    with monkeypatch.context() as disk:
        disk.setattr(filings, "set_answer", failing(ValueError("a bug")))
        fill_field(page, "opening.place", "Nhà văn hóa xóm 5")
        session.jobs.finish()
        page.finalise()
        session.jobs.finish()
    assert [type(one) for one in problems] == [ValueError]
    assert stored().status is Status.DRAFT
    page.finalise()
    session.jobs.finish()
    assert stored().status is Status.FINAL
    assert text(stored().answers, "opening.place") == "Nhà văn hóa xóm 5"
