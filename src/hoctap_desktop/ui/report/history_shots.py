"""The picture of Lịch sử: a report two people have worked on, the first version beside what stands now."""

from datetime import datetime, timedelta

from PySide6.QtWidgets import QApplication

from hoctap_desktop.filing.model import Kind, filing_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.office import filings, sample
from hoctap_desktop.store import sitting
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.history.dialogs import TimelineDialog
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.report.page import ReportPage

BEGUN_AT = datetime(2022, 10, 7, 8, 0, 0, tzinfo=VIETNAM)
_OPENING = "Lễ khai mạc tổ chức ngày {day}/10/2022 tại nhà văn hóa xã, có {people} người dự."
_WORK: tuple[tuple[str, datetime, tuple[tuple[str, JsonValue], ...]], ...] = (
    (
        "Trần Thị Hòa",
        datetime(2022, 10, 7, 9, 20, tzinfo=VIETNAM),
        (("participants", 1105), ("leaflets", 400), ("launch", _OPENING.format(day="03", people=120))),
    ),
    (
        "Đặng Văn Thi",
        datetime(2022, 10, 11, 16, 40, tzinfo=VIETNAM),
        (("launch", _OPENING.format(day="06", people=150)), ("participants", 535), ("leaflets", 420)),
    ),
)


def worked_on(store: Store) -> None:
    """Two stretches of work on the report of the sample."""
    now, id = store.clock, filing_id(sample.CAMPAIGN, Kind.REPORT)
    for who, begun, answers in _WORK:
        sitting.be(store, who)
        for place, (field, value) in enumerate(answers):
            store.clock = fixed_clock(begun + timedelta(minutes=place))
            filings.set_answer(store, id, field, value)
    store.clock = now


def open_line(page: Page) -> None:
    """The time line; how the report began beside what stands now."""
    assert isinstance(page, ReportPage)
    page.history.open_line()
    page.session.jobs.finish()
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, TimelineDialog) and dialog.isVisible():
            key = dialog.list.rows()[-2].key
            dialog.list.choose(key)
            dialog.list.chosen.emit(key)
