"""What is said of one file that was to be taken in: its line, in words for a person."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from hoctap_desktop.consolidation.decisions import Decision, Refuse, Replace, Take, Unchanged, Wait
from hoctap_desktop.consolidation.model import Reported
from hoctap_desktop.filing.model import KIND_WORDS, Kind
from hoctap_desktop.form.answers import Answers, cell
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.submission.container import KIND_WORDS as PACKAGE_WORDS
from hoctap_desktop.submission.contents import claimed
from hoctap_desktop.submission.manifest import Manifest
from hoctap_desktop.submission.model import Verdict
from hoctap_desktop.submission.repository import Held


class Outcome(StrEnum):
    """What became of a file."""

    TAKEN = "taken"
    REPLACED = "replaced"
    BESIDE = "beside"  # taken in, but an accepted paper goes on counting until somebody decides
    UNCHANGED = "unchanged"
    WAITING = "waiting"
    REFUSED = "refused"
    PUT_ASIDE = "put_aside"  # refused, and somebody said that nothing more is to be done about it


@dataclass(frozen=True)
class Line:
    """The verdict on one file, for a person.

    file: its name. unit: as the package names it, "" when that cannot be read; believe it only when taken or replaced.
    paper: "Báo cáo 2022, lần 1", or what else it is. code: None when taken. package_id, fingerprint: "" when not read.
    days_late: None when no day is set or nothing was taken. digest: submission.unseal.identity of the file, "" when it
    was not read. left_over: of a turn before, told again because something is still to be done about it. claim: as
    `whose`, of a refused file that cannot be opened and still says what it is.
    """

    file: str
    outcome: Outcome
    sentence: str
    code: Code | None = None
    unit_code: str = ""
    unit: str = ""
    paper: str = ""
    package_id: str = ""
    fingerprint: str = ""
    days_late: int | None = None
    digest: str = ""
    left_over: bool = False
    claim: str = ""

    @property
    def whose(self) -> str:
        """Whose what it is, whichever revision: "05812 Báo cáo 2022"; "" where nothing says so."""
        return self.claim or (f"{self.unit_code} {self.paper.partition(',')[0]}" if self.unit_code else "")


@dataclass(frozen=True)
class Summary:
    """What a batch did. batch: None when it wrote nothing. skipped: other files in the folders, not looked at.

    notes: what the officer should know of the whole batch (a clock that is slow).
    """

    batch: str | None
    lines: tuple[Line, ...]
    skipped: int = 0
    notes: tuple[str, ...] = ()

    def count(self, *outcomes: Outcome) -> int:
        return sum(line.outcome in outcomes for line in self.lines)

    @property
    def clean(self) -> bool:
        """Nothing was refused, nothing waits, nothing is to be decided."""
        return self.count(Outcome.REFUSED, Outcome.WAITING, Outcome.BESIDE) == 0


def against_paper(form: FormDefinition, typed: Reported, answers: Answers) -> str:
    """What a package says of the numbers that were typed from its paper before it came."""
    day = print_date(typed.submission.received_on)
    differ = [field.label for field in form.indicators() if cell(answers, field.id) != typed.cells.get(field.id)]
    if not differ:
        return f"Thay bản nhập hộ từ giấy nhận ngày {day}, số liệu khớp."
    return f"Thay bản nhập hộ từ giấy nhận ngày {day}, khác ở {len(differ)} số: {', '.join(differ[:3]).lower()}."


def held_line(held: Held, why: UserError) -> Line:
    """The line of a package that waits, and why nothing can be done with it yet."""
    who = held.unit.code, held.unit.name
    return Line(held.file_name, Outcome.WAITING, str(why), why.code, *who, "", held.package_id, held.fingerprint)


def refused_line(name: str, refusal: UserError) -> Line:
    return Line(clean_line(name), Outcome.REFUSED, str(refusal), refusal.code)


def verdict_line(verdict: Verdict, decision: Decision, digest: str = "") -> Line:
    """The line as far as the verdict tells it; that of a paper taken in gets its words later."""
    outcome, sentence, code = _told(verdict, decision)
    manifest = verdict.manifest
    return Line(
        verdict.file_name,
        outcome,
        sentence,
        code,
        manifest.unit.code if manifest else "",
        manifest.unit.name if manifest else "",
        paper_words(manifest) if manifest else "",
        verdict.package_id,
        verdict.fingerprint,
        digest=digest,
    )


def _told(verdict: Verdict, decision: Decision) -> tuple[Outcome, str, Code | None]:
    match decision:
        case Take():
            return Outcome.TAKEN, verdict.sentence, None
        case Replace():
            return Outcome.REPLACED, verdict.sentence, None
        case Unchanged(sentence):
            return Outcome.UNCHANGED, sentence, verdict.code
        case Wait(_, sentence):
            return Outcome.WAITING, sentence, verdict.code
        case Refuse(code, sentence):
            return Outcome.REFUSED, sentence, code
        case _:
            assert_never(decision)


def come_down_line(verdict: Verdict) -> Line:
    """The line for a file of the upper unit: taken by submission.coming_down, which no undo of a batch takes back."""
    outcome = Outcome.UNCHANGED if verdict.quiet else Outcome.REFUSED if verdict.code else Outcome.TAKEN
    line = Line(
        verdict.file_name,
        outcome,
        verdict.sentence,
        verdict.code,
        package_id=verdict.package_id,
        fingerprint=verdict.fingerprint,
    )
    if (manifest := verdict.manifest) is not None:
        line = replace(line, unit_code=manifest.unit.code, unit=manifest.unit.name, paper=paper_words(manifest))
    return line


def paper_words(manifest: Manifest) -> str:
    """ "Báo cáo 2022, lần 1"; for what is no filing, what it is."""
    campaign, _, kind = manifest.series.rpartition("-")
    if manifest.form is None or kind not in KIND_WORDS:
        return PACKAGE_WORDS[manifest.kind]
    return f"{KIND_WORDS[Kind(kind)]} {campaign}, lần {manifest.revision}"


def claiming(line: Line, data: bytes) -> Line:
    """The line of a refused file with what its own first bytes say it is, where nothing more of it can be read."""
    if line.outcome is not Outcome.REFUSED or line.unit_code or (manifest := claimed(data)) is None:
        return line
    return replace(line, claim=f"{manifest.unit.code} {paper_words(manifest).partition(',')[0]}")
