"""What a campaign must be, wherever it was read. Pure."""

import re
from datetime import timedelta

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.foundation.text import clean_line

ID = r"[a-z0-9][a-z0-9-]{0,39}"
_LONGEST_WEEK = timedelta(days=60)


def mistake(campaign: Campaign) -> tuple[str, str] | None:
    """The first field that is wrong and why, in words for whoever wrote the file; None when all is well."""
    if not re.fullmatch(r"20\d\d", str(campaign.year)):
        return "year", f"«year = {campaign.year}» không phải năm. Hãy ghi năm bốn chữ số."
    if not campaign.themes or not all(theme and clean_line(theme) == theme for theme in campaign.themes):
        return "themes", "cần ít nhất một chủ đề, mỗi chủ đề một dòng chữ. Hãy sửa «themes»."
    if not timedelta(0) <= campaign.week_to - campaign.week_from <= _LONGEST_WEEK:
        return "week_to", "«week_to» phải sau «week_from», cách không quá 60 ngày. Hãy sửa ngày."
    return None
