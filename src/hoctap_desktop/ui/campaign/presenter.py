"""What the page Đợt shows and what is typed there. No Qt."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hoctap_desktop.campaign.model import Campaign, Deadline
from hoctap_desktop.form import editing
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.office.campaigns import CampaignFacts
from hoctap_desktop.units.levels import level_word, levels
from hoctap_desktop.units.model import Unit

KINDS = (("plan", "Kế hoạch"), ("report", "Báo cáo"))
NUMBER, LABEL, UNIT, NOTE = range(4)
_SHORT_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}))?")
TITLES = ("TT", "Nội dung", "Đơn vị tính", "Ghi chú cho người điền")


@dataclass(frozen=True)
class DueLine:
    """One line of deadlines: a level, or a unit with days of its own. days: by kind, None when no day is set.

    why: the reason a unit has days of its own. own: the office's own days; free: kinds nobody of the line need file;
    told: kinds the upper unit said it of, not to be set here.
    """

    level: str
    unit: str
    words: str
    days: Mapping[str, Deadline | None]
    why: str = ""
    own: bool = False
    told: frozenset[str] = frozenset()
    free: frozenset[str] = frozenset()

    @property
    def note(self) -> str:
        """What stands under the line; "" for nothing."""
        if self.why:
            return f"Lý do: {self.why}"
        return "Do cấp trên đặt trong gói đợt." if self.told else ""


def due_lines(facts: CampaignFacts, units: Sequence[Unit]) -> tuple[DueLine, ...]:
    """The office's own days, a line for each level below, the lowest first, one for each unit with days of its own."""
    campaign, own = facts.campaign, own_line(facts)
    ranks = {level.id: (level.rank, place) for place, level in enumerate(levels())}
    above = {own.level} if own else set()
    dated = {due.level for due in campaign.deadlines if not due.unit}
    known = {*facts.levels, *dated, *(level for _kind, level in campaign.free)} - above
    names = {unit.code: unit for unit in units}
    found = [own] if own else []
    found += [
        DueLine(
            level, "", _capital(level_word(level) or level), _days(campaign, level, ""), free=_free(campaign, level)
        )
        for level in sorted(known, key=lambda id: ranks.get(id, (9, 0)))
    ]
    for code in dict.fromkeys(due.unit for due in campaign.deadlines if due.unit):
        if facts.own is not None and code == facts.own.code:
            continue
        unit = names.get(code)
        level = unit.level if unit else next(due.level for due in campaign.deadlines if due.unit == code)
        why = " · ".join(dict.fromkeys(facts.reasons[key] for key in facts.reasons if key[1] == code))
        words = unit.short_name if unit else code
        found.append(DueLine(level, code, words, _days(campaign, level, code), why))
    return tuple(found)


def own_line(facts: CampaignFacts) -> DueLine | None:
    """When the office itself hands in to its upper unit; None for an office at the top, or among units of its level."""
    if facts.own is None or facts.upper is None or facts.own.level in facts.levels:
        return None
    days = {kind: facts.campaign.deadline(kind, facts.own.level, facts.own.code) for kind, _words in KINDS}
    level, told = (
        facts.own.level,
        frozenset((*(due.kind for due in facts.above), *(kind for kind, _ in facts.above_free))),
    )
    free = _free(facts.campaign, level)
    return DueLine(level, "", f"Nộp lên {facts.upper.short_name}", days, own=True, told=told, free=free)


def _free(campaign: Campaign, level: str) -> frozenset[str]:
    return frozenset(kind for kind, _words in KINDS if not campaign.owes(kind, level))


def _days(campaign: Campaign, level: str, unit: str) -> dict[str, Deadline | None]:
    return {
        kind: next(
            (d for d in campaign.deadlines if (d.kind, d.unit) == (kind, unit) and (unit or d.level == level)), None
        )
        for kind, _words in KINDS
    }


def with_day(
    campaign: Campaign, line: DueLine, kind: str, day: date | None, *, inclusive: bool, owed: bool = True
) -> Campaign:
    """The campaign with another day for a line; None takes it out. owed: False where nobody of the line need file."""
    rest = tuple(
        due
        for due in campaign.deadlines
        if (due.kind, due.unit) != (kind, line.unit) or (not line.unit and due.level != line.level)
    )
    due = () if day is None or not owed else (Deadline(kind, line.level, day, inclusive, line.unit),)
    free = campaign.free if line.unit else campaign.free - {(kind, line.level)}
    return replace(campaign, deadlines=(*rest, *due), free=free if owed else free | {(kind, line.level)})


def day_read(words: str, year: int) -> tuple[date | None, str]:
    """The day and what is wrong with it; (None, "") for nothing typed. "20/9" is a day of the campaign's year."""
    typed = clean_line(words)
    if not typed:
        return None, ""
    short = _SHORT_DAY.fullmatch(typed)
    try:
        return parse_date(f"{short[1]}/{short[2]}/{2000 + int(short[3]) if short[3] else year}" if short else typed), ""
    except UserError:
        return None, f"Không đọc được ngày «{typed[:20]}». Ghi như 15/10/{year}, hoặc để trống."


def themes_read(words: str) -> tuple[str, ...]:
    """One theme a line."""
    return tuple(theme for line in words.split("\n") if (theme := clean_line(line)))


def about(facts: CampaignFacts) -> str:
    """Whom the campaign is for, in a sentence; "" where nobody sends here."""
    if not facts.below:
        return ""
    said = f"{print_count(facts.below)} đơn vị nộp về đây"
    if facts.excused:
        said += f", {print_count(facts.excused)} văn bản được miễn"
    return f"{said}."


def rule_words(levels: int) -> str:
    """How a day is read, and what an empty one means where so many levels stand."""
    said = "«trước ngày»: nộp trước hẳn ngày đó; «hết ngày»: nộp trong ngày đó vẫn đúng hạn. "
    if levels < 2:
        return f"{said}Trống: chưa có hạn, không tính muộn. Không ai phải nộp thì chọn «không nộp»."
    return (
        f"{said}Cột đã có ngày mà để trống một loại đơn vị thì loại đó không phải nộp; "
        "cả cột còn trống thì ai cũng phải nộp, không tính muộn, trừ loại chọn «không nộp»."
    )


def form_words(facts: CampaignFacts) -> str:
    """Which version is asked below, which is filled in for the upper unit, and whether one is being edited."""
    said = f"Biểu đang dùng: bản {facts.form.version}."
    if facts.form.hash != facts.upward.hash:
        said = f"Cấp dưới trả lời bản {facts.form.version}, lập ở đây; báo cáo nộp lên theo bản {facts.upward.version}."
    return f"{said} Bản đang sửa chưa ai thấy cho đến khi phát hành." if facts.draft is not None else said


def lacking_words(facts: CampaignFacts) -> str:
    """What the upper unit asks and the form for below does not; "" for nothing."""
    said = editing.lacking_words(_lacking(facts, facts.draft or facts.form))
    return f"{said}, nên phải tự nhập khi nộp lên." if said else ""


def parting(facts: CampaignFacts, changed: FormDefinition) -> str:
    """The question of the upper unit that the form asks now and would not, changed so; "" for none.

    With other words it is another office's own question: nothing but its words tells the two apart.
    """
    before = _lacking(facts, facts.draft or facts.form)
    return next((label for label in _lacking(facts, changed) if label not in before), "")


def _lacking(facts: CampaignFacts, form: FormDefinition) -> tuple[str, ...]:
    """At the top nobody asks anything; the form one fills in oneself is an older one of one's own."""
    return editing.lacking(form, facts.upward) if facts.upper is not None else ()


def unpublished_words(facts: CampaignFacts) -> str:
    """That what the upper unit asks more stands in the form being edited alone, which nobody fills in; "" else."""
    if facts.draft is None or not _lacking(facts, facts.form) or lacking_words(facts):
        return ""
    return "Câu cấp trên hỏi đã vào bản đang sửa. Phát hành rồi ghi gói đợt thì đơn vị mới được hỏi."


def publish_words(facts: CampaignFacts, draft: FormDefinition) -> str:
    """What becomes of it when the edited form is published."""
    said = (
        f"{editing.differences(facts.form, draft).words} Bản nháp theo biểu cũ được chuyển sang theo từng câu hỏi; "
        "báo cáo đã chốt giữ nguyên biểu cũ."
    )
    if facts.upper is None:
        return said
    return f"{said} Báo cáo của cơ quan nộp lên {facts.upper.short_name} vẫn theo biểu của cấp trên."


def carried_theme(facts: CampaignFacts, campaigns: Sequence[Campaign]) -> bool:
    """True when the theme is still that of the year before."""
    campaign = facts.campaign
    before = [one for one in campaigns if one.year < campaign.year]
    return bool(before) and before[-1].themes == campaign.themes


def week_words(campaign: Campaign) -> str:
    return f"{print_date(campaign.week_from)} đến {print_date(campaign.week_to)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
