"""The page Kế hoạch for the pictures: begun from last year's plan, some of it still to be looked at."""

from datetime import datetime
from typing import TYPE_CHECKING, cast

from hoctap_desktop.campaign.repository import campaign_by_id, choose
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.office.last_year import old_plan
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.page import Page

if TYPE_CHECKING:
    from hoctap_desktop.ui.plan.page import PlanPage

NEXT_YEAR_AT = datetime(2023, 9, 21, 9, 14, 20, tzinfo=VIETNAM)
_TEXT = """# THỜI GIAN, HÌNH THỨC TỔ CHỨC

## Thời gian

Các nhà trường tổ chức Tuần lễ từ ngày {{week.from}} đến ngày {{week.to}}. Lễ khai mạc: {{opening.time}}, thứ Năm, ngày 06/10/2022 tại {{opening.place}}.

## Hình thức tổ chức

### Lễ khai mạc

Ban Chỉ đạo xây dựng xã hội học tập của xã phối hợp với các nhà trường tổ chức, theo Công văn số 747/CV-PGDĐT-GDTX ngày 03/10/2022.

### Lễ tổng kết

- Thời gian: 15 giờ 00 ngày 12/10/2022.
- Địa điểm: Văn phòng Trường THCS Hà Thượng.
"""  # noqa: E501 - a paragraph is one line


def next_year(store: Store) -> None:
    """The office is in the campaign of 2023; its plan of 2022 is there."""
    choose(store, "2023")


def begun_from_last_year(page: Page) -> None:
    """The draft begun from last year's plan, at a mark in the text."""
    plan = cast("PlanPage", page)
    week = {"week.from": "2022-10-06", "week.to": "2022-10-12"}
    old = {**week, "body": _TEXT, "opening.time": "07:00", "opening.place": "Trường THCS Hà Thượng"}
    plan.last_year.begin(old_plan(old, campaign_by_id("2022")), "Đã lấy kế hoạch năm 2022 làm bản đầu.")
    plan.show_block("body", 2, focus=True)
