"""What a workbook that came back would change in a report, before it does, in words a person can read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hoctap_desktop.filing.workbook import CLASS_DAYS, NUMBERS, fingerprint, settled, shown_text
from hoctap_desktop.filing.workbook_reader import Fault, Reading
from hoctap_desktop.form.answers import COMPUTED, WORDS, Answers, NoNumber, number
from hoctap_desktop.form.checks import counted_from_list
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.numbers import print_count


@dataclass(frozen=True)
class Difference:
    """One answer that would change. both_changed: it was also changed in the program since the workbook was written."""

    field: str
    label: str
    address: str
    before: JsonValue | None
    after: JsonValue
    before_words: str
    after_words: str
    said: str = ""
    both_changed: bool = False


@dataclass(frozen=True)
class Comparison:
    """What taking a workbook would change, before it does. faults: see Reading; notes: what is kept, and why."""

    file: str
    differences: tuple[Difference, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    same: int = 0

    @property
    def refused(self) -> bool:
        """True when nothing may be taken."""
        return any(fault.structural for fault in self.faults)


def compare(reading: Reading, form: FormDefinition, answers: Answers, *, begun: bool = True) -> Comparison:
    """What the workbook would change in `answers`. begun: False when the report was just made for it: nothing is newer.

    An answer left as it was exported never replaces one that was changed here since; a blank cell erases nothing.
    """
    differences: list[Difference] = []
    kept: list[str] = []
    same = 0
    for entry in reading.entries:
        field = form.field(entry.field)
        assert field is not None
        current = answers.get(field.id)
        now, then = fingerprint(settled(field, current)), reading.facts.base.get(field.id, "")
        new = fingerprint(entry.value)
        if now == new:
            same += 1
        elif begun and new == then:
            kept.append(field.label)
        else:
            differences.append(
                Difference(
                    field.id,
                    field.label,
                    entry.address,
                    current,
                    entry.value,
                    words(field, current),
                    words(field, entry.value),
                    entry.said,
                    both_changed=begun and now != then,
                )
            )
    counts = tuple(_counted(reading, form, answers, differences, begun=begun))
    counted = {each.field for each in counts}
    differences = [each for each in differences if each.field not in counted] + list(counts)
    notes = list(reading.notes)
    if kept:
        at = reading.facts.written_at
        when = f"lúc {at:%H:%M} ngày {print_date(at.date())}"
        notes.append(
            f"Biểu này là bản cũ, xuất {when}: từ đó trong máy đã sửa {len(kept)} mục mà trong Excel chưa sửa. "
            f"Máy giữ số của máy: {_some(kept)}."
        )
    blanks = [entry for entry in reading.blanks if entry.field not in counted]
    erased = [entry for entry in blanks if answers.get(entry.field) is not None]
    if erased:
        named = [f"{entry.address} ({_label(form, entry.field)})" for entry in erased]
        notes.append(f"Ô trống trong Excel không xóa số trong máy; giữ nguyên {len(erased)} mục: {_some(named)}.")
    still = [entry for entry in blanks if entry not in erased and _is_number(form, entry.field)]
    if still:
        named = [f"{entry.address} ({_label(form, entry.field)})" for entry in still]
        notes.append(
            f"Còn {len(still)} ô số để trống: {_some(named)}. Hãy ghi số, hoặc chọn 0, Không tổ chức, Chưa có số liệu, "
            "Không áp dụng."
        )
    return Comparison(reading.file, tuple(differences), reading.faults, tuple(notes), same)


def _counted(
    reading: Reading, form: FormDefinition, answers: Answers, differences: Sequence[Difference], *, begun: bool
) -> Iterator[Difference]:
    """What a list that changes in the workbook counts, where nobody wrote another number there or here."""
    base = reading.facts.base
    written = {e.field for e in reading.entries if not begun or fingerprint(e.value) != base.get(e.field, "")}
    for listed in (each for each in differences if isinstance(each.after, list)):
        for id, count in counted_from_list(form, {listed.field: listed.after}).items():
            field, current, was = form.field(id), answers.get(id), number(answers, COMPUTED + id)
            by_hand = was is not None and number(answers, id) not in (None, was)
            if field is None or id in written or by_hand or current == count:
                continue
            yield Difference(
                id,
                field.label,
                listed.address,
                current,
                count,
                words(field, current),
                words(field, count),
                "Đếm từ danh sách lớp.",
                both_changed=begun and fingerprint(settled(field, current)) != base.get(id, ""),
            )


def words(field: Field, value: JsonValue | None) -> str:
    """An answer as a person reads it; "để trống" for none."""
    if value is None or value in ("", []):
        return "để trống"
    if isinstance(value, dict):
        kind, reason = value.get("none"), value.get("reason")
        said = WORDS[NoNumber(kind)] if kind in set(NoNumber) else str(kind)
        return f"{said}: {reason}" if reason else said
    if isinstance(value, int) and not isinstance(value, bool):
        return print_count(value)
    if field.type is FieldType.CLASSES and isinstance(value, list):
        return "\n".join([f"{len(value)} lớp", *(_class_words(item) for item in value)])
    return shown_text(field, value) or ""


def _class_words(item: JsonValue) -> str:
    if not isinstance(item, dict):
        return str(item)
    learners = item.get("learners")
    count = f"{print_count(learners)} học viên" if isinstance(learners, int) else ""
    days = " – ".join(shown for key in CLASS_DAYS if (shown := _day_words(item.get(key))))
    parts = (item.get("name"), count, item.get("subject"), item.get("place"), days)
    return ", ".join(str(part) for part in parts if part)


def _day_words(value: JsonValue | None) -> str:
    try:
        return print_date(parse_date(value)) if isinstance(value, str) and value else ""
    except UserError:
        return str(value)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" và {len(names) - 5} mục khác" if len(names) > 5 else "")


def _label(form: FormDefinition, id: str) -> str:
    field = form.field(id)
    return field.label if field else id


def _is_number(form: FormDefinition, id: str) -> bool:
    field = form.field(id)
    return field is not None and field.type in NUMBERS
