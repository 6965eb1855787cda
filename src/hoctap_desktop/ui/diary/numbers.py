"""The report's numbers beside what the diary has: how they stand, what taking them would change. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass

from hoctap_desktop.diary.model import KIND, TITLE, DiaryForm, Entry
from hoctap_desktop.diary.proposals import Proposal, Standing, Taken, class_rows, proposals, standing
from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.form import answers as cells
from hoctap_desktop.form.answers import WORDS, Missing, cell
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.office.from_diary import CLASS_LIST, FromDiary, answers_with


@dataclass(frozen=True)
class NumberRow:
    """One number of the report beside what the diary has. words: how they stand; parts: (entry, words)."""

    indicator: str
    label: str
    value: str
    stated: str
    standing: Standing
    words: str
    parts: tuple[tuple[int, str], ...]
    takes: bool


@dataclass(frozen=True)
class Preview:
    """What taking all would change: label, what stands there now, what will, and of what it is a number."""

    label: str
    before: str
    after: str
    unit: str = ""


def preview_of(form: FormDefinition, answers: Mapping[str, JsonValue], field: str, after: int) -> Preview:
    """One number as it stands and as it would."""
    definition, found, stated = form.field(field), cell(answers, field), cells.number(answers, field)
    before = WORDS[found.kind] if isinstance(found, Missing) else "chưa nhập"
    return Preview(
        definition.label if definition else field,
        before if stated is None else print_count(stated),
        print_count(after),
        definition.unit if definition else "",
    )


@dataclass(frozen=True)
class ReportNumbers:
    """entries: those on the screen. report: None until there is one; taken: what was taken into it, by indicator."""

    entries: tuple[Entry, ...]
    form: DiaryForm
    report_form: FormDefinition
    report: Filing | None
    taken: Mapping[str, Taken]

    def rows(self) -> tuple[NumberRow, ...]:
        """The report's numbers the diary has something for, in the order of the table, and those taken from it."""
        offered = self._offered()
        rows = []
        for field in self.report_form.indicators():
            proposal, taken = offered.proposals.get(field.id), offered.taken.get(field.id)
            if proposal is not None or taken is not None:
                rows.append(self._number_row(field.id, field.label, proposal, taken))
        return tuple(rows)

    def _number_row(self, id: str, label: str, proposal: Proposal | None, taken: Taken | None) -> NumberRow:
        answers = self.report.answers if self.report else {}
        stated = cells.number(answers, id)
        how = standing(proposal, taken, stated)
        found = cell(answers, id)
        said = WORDS[found.kind] if isinstance(found, Missing) else "" if stated is None else print_count(stated)
        parts = tuple(
            (part.entry, f"{self._entry_of(part.entry)}: {print_count(part.value)}")
            for part in (proposal.parts if proposal else taken.parts if taken else ())
        )
        return NumberRow(
            id,
            label,
            print_count(proposal.value) if proposal else "–",
            said,
            how,
            standing_words(how, said, taken),
            parts,
            takes=proposal is not None
            and how in (Standing.OFFERED, Standing.DIARY_CHANGED, Standing.OVERTYPED)
            and stated != proposal.value,
        )

    def _entry_of(self, number: int) -> str:
        entry = next((one for one in self.entries if one.number == number), None)
        if entry is None:
            return "mục đã bỏ"
        kind, day = self.form.kind(entry.text(KIND)), entry.day
        name = entry.text(TITLE) or (kind.label if kind else "")
        return f"{day:%d/%m} {name}" if day else name

    def preview(self) -> tuple[Preview, ...]:
        """What taking every number would change in the report."""
        answers = self.report.answers if self.report else {}
        offered = self._offered()
        changes = answers_with(offered, answers, tuple(offered.proposals))
        new = ((field.id, changes.get(field.id)) for field in self.report_form.indicators())
        return tuple(preview_of(self.report_form, answers, id, after) for id, after in new if isinstance(after, int))

    def why_not_take(self) -> str:
        """Why the report can take nothing now; "" when it can."""
        if self.report is None:
            return "Chưa lập báo cáo. Hãy lập báo cáo trước."
        if self.report.status is Status.FINAL:
            return f"Báo cáo lần {self.report.revision} đã chốt. Hãy lập lần sau rồi lấy số."
        if not self.preview():
            return "Báo cáo đã có mọi số của nhật ký."
        return ""

    def _offered(self) -> FromDiary:
        rows = class_rows(self.entries, self.form, CLASS_LIST)
        return FromDiary(self.entries, proposals(self.entries, self.form), rows, self.taken)


def standing_words(how: Standing, stated: str, taken: Taken | None) -> str:
    """How a number of the report stands to the diary, in words; stated: what the report says, "" for blank."""
    match how:
        case Standing.TAKEN:
            return f"Đã lấy vào báo cáo ngày {print_date(taken.at.date())}." if taken else ""
        case Standing.DIARY_CHANGED:
            return f"Nhật ký đã đổi sau khi lấy: báo cáo đang ghi {stated}."
        case Standing.OVERTYPED:
            was = print_count(taken.value) if taken else ""
            return f"Đã lấy {was}, sau đó sửa tay thành {stated}."
        case Standing.SAME:
            return "Báo cáo ghi đúng số này."
        case Standing.OFFERED:
            return f"Báo cáo đang ghi {stated}." if stated else "Báo cáo chưa có số này."
        case Standing.NONE:
            return ""
