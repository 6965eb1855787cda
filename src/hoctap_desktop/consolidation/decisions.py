"""What becomes of a file, by its verdict: one type per outcome. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import assert_never

from hoctap_desktop.consolidation.model import Submission
from hoctap_desktop.form.definition import FormDefinition, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.validation import shape_findings
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.submission.container import PackageKind
from hoctap_desktop.submission.ledger import Taken
from hoctap_desktop.submission.manifest import Manifest
from hoctap_desktop.submission.model import Opened, Verdict


@dataclass(frozen=True)
class Take:
    """The first paper of its series: take it in."""

    opened: Opened
    epoch: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Replace:
    """A later revision: take it in; the older one stays readable and counts no more."""

    opened: Opened
    epoch: int
    notes: tuple[str, ...]
    older: Taken


@dataclass(frozen=True)
class Unchanged:
    """Here already: say so quietly, change nothing."""

    sentence: str


@dataclass(frozen=True)
class Wait:
    """Whole, but signed by a key nobody has compared with a stamped sheet: put it by until the key is accepted."""

    manifest: Manifest
    sentence: str


@dataclass(frozen=True)
class Refuse:
    """Leave it: code and sentence say why and what to do."""

    code: Code
    sentence: str


Decision = Take | Replace | Unchanged | Wait | Refuse


def decide(
    verdict: Verdict, known_units: Collection[str], form: FormDefinition | None, elsewhere: Collection[str] = ()
) -> Decision:
    """What becomes of a file. known_units: codes of the units below in the paper's year; form: of the paper, None when

    not known here; elsewhere: codes of those that are below in other years only.
    """
    if verdict.code is None:
        return _accepted(verdict, known_units, form, elsewhere)
    if verdict.quiet:
        return Unchanged(verdict.sentence)
    if verdict.code is Code.UNKNOWN_KEY and verdict.manifest is not None:
        return Wait(verdict.manifest, _waiting(verdict.manifest, verdict))
    return Refuse(verdict.code, verdict.sentence)


def _accepted(
    verdict: Verdict, known_units: Collection[str], form: FormDefinition | None, elsewhere: Collection[str]
) -> Decision:
    opened, manifest = verdict.opened, verdict.manifest
    assert opened is not None
    assert manifest is not None
    if manifest.unit.code not in known_units and manifest.unit.code in elsewhere:
        facts = {"unit": manifest.unit.name, "campaign": opened.filing.campaign}
        return _refuse(UserError(Code.UNIT_ELSEWHERE, **facts))
    if manifest.unit.code not in known_units:
        return _refuse(UserError(Code.UNIT_UNKNOWN, unit=manifest.unit.code))
    if form is None:
        return _refuse(UserError(Code.FORM_UNKNOWN, form=opened.filing.form.id))
    if form.kind != opened.filing.kind.value:
        return _refuse(UserError(Code.BAD_CONTENT, where=form.name))
    wrong = next(iter(shape_findings(form, opened.filing.answers)), None)
    if wrong is not None:
        return _refuse(UserError(Code.BAD_CONTENT, where=wrong.place))
    notes = tuple(note.sentence for note in verdict.notes)
    if verdict.older is None:
        return Take(opened, verdict.epoch, notes)
    return Replace(opened, verdict.epoch, notes, verdict.older)


def _refuse(refusal: UserError) -> Refuse:
    return Refuse(refusal.code, str(refusal))


def _waiting(manifest: Manifest, verdict: Verdict) -> str:
    if manifest.kind is PackageKind.ENROLMENT:
        digits = verdict.fingerprint
        said = f"Đăng ký khóa của «{manifest.unit.name}». Dãy số: {digits}. Hãy so với phiếu đăng ký có dấu."
        return " ".join([said, *(note.sentence for note in verdict.notes)])
    return verdict.sentence


def received_words(
    decision: Take | Replace,
    days_late: int | None,
    *,
    nothing_held: bool,
    findings: tuple[Finding, ...],
    counts: Submission | None = None,
) -> str:
    """The line for a paper that was taken in. days_late: None when no day is set for it.

    counts: the accepted paper that goes on counting until somebody decides, None when this one counts.
    """
    match decision:
        case Take(notes=notes):
            older = None
        case Replace(notes=notes, older=older):
            pass
        case _:
            assert_never(decision)
    return receipt_words(older, notes, days_late, nothing_held=nothing_held, findings=findings, counts=counts)


def receipt_words(
    older: Taken | None,
    notes: tuple[str, ...],
    days_late: int | None,
    *,
    nothing_held: bool,
    findings: tuple[Finding, ...],
    counts: Submission | None = None,
) -> str:
    """The same line for a paper that lies in the store. older: what it took the place of."""
    said = ["Nhận được."]
    if counts is not None:
        said = [beside_words(counts)]
    elif older is not None:
        said = [f"Nhận được, thay bản lần {older.revision} nhập ngày {print_date(older.day)}."]
    if days_late is not None:
        said.append(f"Nộp muộn {print_count(days_late)} ngày." if days_late else "Đúng hạn.")
    if nothing_held:
        said.append("Đơn vị ghi không tổ chức.")
    said += [*notes, _to_ask(findings)]
    if counts is not None:
        said.append("Hãy xem hai bản rồi chọn.")
    return " ".join(said)


def beside_words(counts: Submission) -> str:
    """What is said of a later paper while an accepted one goes on counting."""
    return f"Nhận được, chưa tính: {counts.named} nhận ngày {print_date(counts.received_on)} đã duyệt."


def _to_ask(findings: tuple[Finding, ...]) -> str:
    blocking = [finding.place for finding in findings if finding.blocks]
    if blocking:
        return f"Có {len(blocking)} chỗ phải hỏi lại: {_some(blocking)}"
    doubtful = [finding.place for finding in findings if finding.severity is Severity.WARN and not finding.reason]
    if doubtful:
        return f"Có {len(doubtful)} chỗ nên xem: {_some(doubtful)}"
    return "Không có chỗ phải hỏi lại."


def _some(places: list[str]) -> str:
    return "; ".join(places[:2]) + ("…" if len(places) > 2 else ".")
