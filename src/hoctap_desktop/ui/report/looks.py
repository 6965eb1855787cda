"""Cần xem and the outline of the report, read off its findings. No Qt."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hoctap_desktop.form.definition import FormDefinition, Section, Severity
from hoctap_desktop.form.filled_rows import BLANK, blank_rows
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.validation import REQUIRED
from hoctap_desktop.report.empty_parts import EMPTY_PART
from hoctap_desktop.ui.finding_words import ORDER, finding_words

_FEW = 3
_INCOMPLETE = (REQUIRED, BLANK)
_FIXES = {EMPTY_PART: "Viết vào mục này"}


@dataclass(frozen=True)
class Look:
    """One row of Cần xem. kind: "remark", "block", "ask", "warn", "info"; acts: (id, words); field: where it leads."""

    key: str
    field: str
    kind: str
    title: str
    text: str
    acts: tuple[tuple[str, str], ...] = ()
    settled_by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Part:
    """One row of the outline. mark: "done", "block", "warn", "open", "" (heads)."""

    key: str
    number: str
    label: str
    mark: str = ""
    head: bool = False


def looks_of(form: FormDefinition, found: Sequence[Finding]) -> tuple[Look, ...]:
    """The rows of Cần xem: phải sửa, xem lại, nên biết. Many empty cells are one row, not eighteen."""
    rows: list[Look] = []
    gathered = set()
    for rule in _INCOMPLETE:
        same = [f for f in found if f.rule == rule]
        if len(same) > _FEW:
            rows.append(_required_row(form, same) if rule == REQUIRED else _blank_row(form, same))
            gathered.add(rule)
    rows += [_look(f) for f in found if f.rule not in gathered]
    # what was typed wrongly comes before what was not typed yet
    return tuple(sorted(rows, key=lambda row: (ORDER[row.kind], row.key in _INCOMPLETE)))


def _blank_row(form: FormDefinition, blanks: Sequence[Finding]) -> Look:
    """Counted as in the title row: printed rows, a row with two numbers is one."""
    rows = blank_rows(form, blanks)
    words = f"{rows} ô chưa nhập. Nhập số; nếu không có thì chọn 0, Không tổ chức, Chưa có số liệu hoặc Không áp dụng."
    return Look(BLANK, blanks[0].field, "block", "Phải nhập: bảng số liệu", words)


def _required_row(form: FormDefinition, missing: Sequence[Finding]) -> Look:
    sections = (form.section_of(f.field) for f in missing)
    names = list(dict.fromkeys(section.label for section in sections if section))
    more = f" và {len(names) - 8} phần nữa" if len(names) > 8 else ""
    words = f"{len(missing)} mục còn trống: {', '.join(names[:8])}{more}."
    return Look(REQUIRED, missing[0].field, "block", "Phải nhập: phần lời", words)


@lru_cache(maxsize=4096)
def _look(finding: Finding) -> Look:
    fix = "Sửa tháng" if finding.field == "document.month" else _FIXES.get(finding.rule, "Sửa số")
    said = finding_words(finding, fix)
    return Look(
        f"{finding.rule}|{finding.field}",
        finding.field,
        said.kind,
        said.title,
        said.text,
        said.acts,
        finding.settled_by,
        finding.reason,
    )


def parts_of(form: FormDefinition, found: Sequence[Finding], answered: Collection[str]) -> tuple[Part, ...]:
    """The outline at the left, in printed order; `answered`: ids of the answers there are."""
    parents = {section.parent for section in form.sections}
    by_section: dict[str, list[Finding]] = {}
    for finding in found:
        section = form.section_of(finding.field)
        if section is not None:
            by_section.setdefault(section.id, []).append(finding)
    begun = {section.id for id in answered if (section := form.section_of(id)) is not None}
    own = {section.id: section.number for section in form.sections}
    return tuple(
        Part(section.id, f"{section.number}.", section.label, head=True)
        if section.id in parents
        else Part(
            section.id,
            _joined(own.get(section.parent, ""), section.number),
            section.label,
            _mark(by_section.get(section.id, ()), section.id in begun),
        )
        for section in form.sections
    )


def number_of(form: FormDefinition, section: Section) -> str:
    """ "I.2"; "" for a section without a printed number."""
    return _joined(next((other.number for other in form.sections if other.id == section.parent), ""), section.number)


def _joined(above: str, own: str) -> str:
    return ".".join(part for part in (above, own) if part)


def _mark(found: Sequence[Finding], begun: bool) -> str:
    if any(f.severity is Severity.BLOCK and f.rule not in _INCOMPLETE for f in found):
        return "block"
    if any(f.blocks for f in found) or not begun:
        return "warn" if any(f.severity is Severity.ASK and f.blocks for f in found) else "open"
    if any(f.severity is not Severity.BLOCK and not f.reason for f in found):
        return "warn"
    return "done"
