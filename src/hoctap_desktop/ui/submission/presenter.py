"""What the export page says: steps, banner, next steps, why a stick did not take the file. No Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import PurePath

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.filing.attachments import size_words
from hoctap_desktop.filing.model import Filing, Kind
from hoctap_desktop.filing.printed import footer
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import Stage
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.foundation.volumes import STICK_ROOTS
from hoctap_desktop.office.paper import form_of
from hoctap_desktop.submission.keys import LEAST_PASSPHRASE, is_short
from hoctap_desktop.submission.outgoing import Outbox, Outgoing
from hoctap_desktop.submission.wrapper import is_encrypted
from hoctap_desktop.units.levels import unit_word
from hoctap_desktop.units.model import Unit

NAMES = {Kind.PLAN: "Kế hoạch tổ chức Tuần lễ", Kind.REPORT: "Báo cáo kết quả Tuần lễ"}
SHORT = {Kind.PLAN: "Kế hoạch", Kind.REPORT: "Báo cáo"}


class State(StrEnum):
    """EMPTY: nothing final; READY: may be written; WORKING: writing, the stick must stay; DONE: compared."""

    EMPTY = "empty"
    READY = "ready"
    WORKING = "working"
    DONE = "done"


class Step(StrEnum):
    SIGNED = "signed"
    WRITTEN = "written"
    FLUSHED = "flushed"
    COMPARED = "compared"


_OF_STAGE = {Stage.WRITTEN: Step.WRITTEN, Stage.FLUSHED: Step.FLUSHED, Stage.COMPARED: Step.COMPARED}


@dataclass(frozen=True)
class Target:
    """Where the file goes. words: "USB KINGSTON (E:)"; stick: it is one that gets pulled; folder: its path."""

    words: str
    folder: str
    stick: bool

    @property
    def thing(self) -> str:
        return "USB" if self.stick else "ổ đĩa"


@dataclass(frozen=True)
class Line:
    """One step as shown. state: "done", "now", "failed", "later"."""

    words: str
    state: str
    when: str


@dataclass(frozen=True)
class Said:
    """The large banner. tone: "ok" or "warn"."""

    tone: str
    title: str
    text: str


@dataclass(frozen=True)
class Failure:
    """The dialog after a failed writing: what happened, what is safe, what to do, one code for the phone."""

    title: str
    text: str
    steps: tuple[str, ...]
    code: str
    details: str


@dataclass(frozen=True)
class Export:
    """One filing on its way out, immutable: each act gives the next one.

    earlier: what is shown as done was done before the page came up; a stick may have been pulled long since.
    encrypted: the file that was written is.
    """

    outgoing: Outgoing | None
    upper: Unit | None
    target: Target | None = None
    at: Mapping[Step, datetime] = field(default_factory=dict)
    working: Step | None = None
    failed: Step | None = None
    file: str = ""
    size: int = 0
    earlier: bool = False
    encrypted: bool = False

    @property
    def state(self) -> State:
        if self.outgoing is None:
            return State.EMPTY
        if self.working is not None:
            return State.WORKING
        return State.DONE if Step.COMPARED in self.at else State.READY

    @property
    def filing(self) -> Filing:
        assert self.outgoing is not None
        return self.outgoing.filing

    # --- acts -----------------------------------------------------------------------------------------------------

    def begin(self, target: Target) -> "Export":
        """The person pressed the button: signing is under way (or was done before)."""
        assert self.outgoing is not None
        sealed_at = self.outgoing.sealed_at
        at = {Step.SIGNED: sealed_at} if sealed_at else {}
        working = Step.WRITTEN if sealed_at else Step.SIGNED
        return replace(self, target=target, at=at, working=working, failed=None, file="", size=0, earlier=False)

    def signed(self, name: str, size: int, moment: datetime, *, encrypted: bool = False) -> "Export":
        at = {Step.SIGNED: moment} | dict(self.at)
        return replace(self, at=at, working=Step.WRITTEN, file=name, size=size, encrypted=encrypted)

    def reached(self, stage: Stage, moment: datetime) -> "Export":
        """A stage of the writing is behind us; all of them are when the file was compared."""
        step = _OF_STAGE[stage]
        following = {Step.WRITTEN: Step.FLUSHED, Step.FLUSHED: Step.COMPARED}.get(step)
        return replace(self, at={**self.at, step: moment}, working=following)

    def stopped(self) -> "Export":
        """The step under way did not succeed."""
        return replace(self, failed=self.working, working=None)

    def left(self) -> "Export":
        """Back to the beginning, for another stick."""
        return replace(self, at={}, working=None, failed=None, target=None, file="", size=0, earlier=False)

    # --- words ----------------------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        word = unit_word(self.upper) if self.upper else ""
        return f"Xuất gói gửi lên {word}" if word else "Xuất gói gửi cấp trên"

    @property
    def under(self) -> str:
        if self.outgoing is None:
            return ""
        return f"{NAMES[self.filing.kind]}, lần {self.filing.revision}"

    def lines(self) -> tuple[Line, ...]:
        """The five steps with their times: those of one day by the clock, the day of the final print as a date."""
        target = self.target.words if self.target else "USB"
        thing = self.target.thing if self.target else "USB"
        unit = unit_word(self.filing.unit) or "đơn vị"
        finalised = self.filing.finalised_at
        words = {
            Step.SIGNED: f"Ký gói bằng khóa của {unit}",
            Step.WRITTEN: f"Ghi vào {target}",
            Step.FLUSHED: f"Chờ {thing} ghi hết",
            Step.COMPARED: f"Đọc lại từ {thing}, so từng phần",
        }
        first = Line(
            f"{SHORT[self.filing.kind]} lần {self.filing.revision} đã chốt",
            "done",
            print_date(finalised.date()) if finalised else "",
        )
        return (first, *(self._line(step, words[step]) for step in words))

    def _line(self, step: Step, words: str) -> Line:
        if step is self.failed:
            return Line(words, "failed", "")
        if step is self.working:
            return Line(words, "now", "đang làm")
        moment = self.at.get(step)
        if moment is None:
            return Line(words, "later", "")
        if self.earlier:
            return Line(words, "done", print_date(moment.date()))
        same_day = step is not Step.SIGNED or self.at.get(Step.WRITTEN, moment).date() == moment.date()
        return Line(words, "done", f"{moment:%H:%M:%S}" if same_day else print_date(moment.date()))

    def banner(self) -> Said | None:
        """ "Đừng rút USB" while writing, "Có thể rút USB" only after the file was read back and compared."""
        stick = self.target is None or self.target.stick
        if self.state is State.WORKING:
            text = "Máy đang ghi. Đợi đến khi máy báo có thể rút."
            folder = Said("warn", f"Đang ghi vào {self.target.words}" if self.target else "", "Đợi vài giây.")
            return Said("warn", "Đừng rút USB", text) if stick else folder
        if self.state is State.DONE and self.earlier:
            # whether a stick is still in its place is not known here
            where = self.target.words if self.target else "USB"
            day = print_date(self.at[Step.COMPARED].date())
            return Said("ok", f"Đã xuất gói ngày {day}", f"Tệp đã ghi vào {where} và đọc lại thấy đúng.")
        if self.state is State.DONE:
            if stick:
                return Said(
                    "ok", "Có thể rút USB", "Tệp đã ghi hết và đọc lại thấy đúng. Trên USB không còn việc gì dở."
                )
            where = self.target.words if self.target else "máy"
            return Said("ok", f"Đã ghi vào {where}", "Tệp đã ghi hết và đọc lại thấy đúng.")
        return None

    def details(self) -> tuple[tuple[str, str], ...]:
        """File, size and receiver of what was written."""
        rows = []
        if self.file and self.state is State.DONE:
            stick = self.target is None or self.target.stick
            rows.append(("Tệp trên USB" if stick else "Tệp trong thư mục", self.file))
            rows.append(("Dung lượng", self.holds))
            if self.encrypted:
                rows.append(("Mã hóa", f"chỉ {receiver_words(self.upper)} và đơn vị này mở được"))
        if (former := self.former) is not None:
            rows.append(("Nơi nhận", f"{former}, cấp trên khi ký"))
            again = f"{receiver_words(self.upper)}: bấm Lập lần sau ở trang văn bản, chốt rồi xuất gói mới"
            rows.append(("Cấp trên nay", again))
        elif self.upper is not None:
            rows.append(("Nơi nhận", self.upper.name))
        return tuple(rows)

    @property
    def holds(self) -> str:
        """ "412 KB, gồm báo cáo, bản in PDF và 2 tệp kèm"."""
        parts = self.outgoing.parts if self.outgoing is not None else ""
        return f"{size_words(self.size)}, gồm {parts}"

    @property
    def former(self) -> str | None:
        """The name of whom the sealed file is for, when the office reports to another one by now."""
        recipient = self.outgoing.recipient if self.outgoing is not None else None
        moved = recipient is not None and self.upper is not None and recipient.code != self.upper.code
        return recipient.name if recipient is not None and moved else None

    @property
    def code_parts(self) -> tuple[str, ...]:
        """The paper code in its groups of four."""
        return tuple(self.filing.paper_code.split("-"))

    @property
    def same_as_paper(self) -> str:
        """Said only when the frozen data really give the printed code; whether anybody printed it is not known."""
        finalised = self.filing.finalised_at
        if self.outgoing is None or not self.outgoing.same_as_paper or finalised is None:
            return ""
        return f"Trùng với bản chốt ngày {print_date(finalised.date())}."

    @property
    def code_use(self) -> str:
        word = unit_word(self.upper) if self.upper else ""
        who = word[:1].upper() + word[1:] if word else "Cấp trên"
        return f"{who} gõ hoặc quét mã này để biết giấy và tệp là một. Trước khi đi, so mã này với mã trên giấy."

    def next_steps(self, campaign: Campaign, today: date) -> tuple[str, ...]:
        """What the person does after the file is written."""
        receiver = self.former or receiver_words(self.upper)
        steps = [f"Mang USB và bản giấy có chữ ký, đóng dấu lên {receiver}."]
        if self.target is not None and not self.target.stick:
            steps = [f"Chép tệp vào USB, mang cùng bản giấy có chữ ký, đóng dấu lên {receiver}."]
        deadline = campaign.deadline(self.filing.kind.value, self.filing.unit.level, self.filing.unit.code)
        if deadline is not None and not self.earlier:
            before = "đến hết ngày" if deadline.inclusive else "trước ngày"
            left = (deadline.last_good_day - today).days
            rest = f"còn {left} ngày" if left else "hôm nay là ngày cuối"
            if left < 0:
                rest = f"đã quá {print_count(-left)} ngày"
            steps.append(f"Nộp {before} {print_date(deadline.day)}, {rest}.")
        steps.append("Xin phiếu tiếp nhận vào USB rồi cắm lại máy này.")
        return tuple(steps)

    def qr_text(self) -> str:
        """What the QR in the footer of the last page holds, so that the screen and the paper are read alike."""
        return footer(self.filing, form_of(self.filing)).qr


def export_of(outbox: Outbox, filing_id: str = "") -> Export:
    """The export of a filing, or of the first that may go out."""
    found = (outbox.of(filing_id) if filing_id else None) or next(iter(outbox.outgoing), None)
    if found is None or found.sealed is None or found.written_at is None:
        return Export(found, outbox.upper)
    at = dict.fromkeys((Step.WRITTEN, Step.FLUSHED, Step.COMPARED), found.written_at)
    return Export(
        found,
        outbox.upper,
        Target(found.written_to, "", stick=found.written_to.startswith("USB")),
        {Step.SIGNED: found.sealed_at or found.written_at, **at},
        file=found.sealed.name,
        size=len(found.sealed.data),
        earlier=True,
        encrypted=is_encrypted(found.sealed.data),
    )


def receiver_words(upper: Unit | None) -> str:
    """ "Phòng GDĐT"."""
    return upper.short_name or upper.name if upper else "cấp trên"


def encryption_words(upper: Unit | None, cannot: str, *, chosen: bool) -> str:
    """What stands under the choice to encrypt: who will be able to open it, and what when a key is lost."""
    if cannot:
        return cannot
    if not chosen:
        return (
            "Gói đã ký, không ai sửa được; nhưng ai cầm USB cũng đọc được. Mã hóa thì chỉ nơi nhận và đơn vị này đọc."
        )
    return (
        f"Chỉ {receiver_words(upper)} và chính đơn vị này mở được, bằng mật khẩu của khóa mình. Nơi nhận mất khóa thì "
        "không mở được tệp này nữa: khi ấy xuất lại từ máy này, nơi gói vẫn đọc được không cần khóa."
    )


_STICK: Mapping[Code, tuple[str, str, tuple[str, ...], str]] = {
    Code.DISK_FULL: (
        "USB đã đầy",
        "USB không còn chỗ cho tệp này.",
        ("Xóa bớt tệp trên USB, hoặc cắm USB khác.", "Bấm Ghi lại."),
        "USB-01",
    ),
    Code.STICK_GONE: (
        "Chưa ghi xong vào USB",
        "USB bị rút ra khi chưa ghi xong.",
        ("Cắm lại USB và đợi vài giây.", "Bấm Ghi lại. Tệp dở trên USB sẽ được thay bằng tệp mới."),
        "USB-02",
    ),
    Code.STICK_READ_ONLY: (
        "USB chỉ cho đọc",
        "USB này đang khóa ghi.",
        ("Gạt nấc khóa trên USB, hoặc cắm USB khác.", "Bấm Ghi lại."),
        "USB-03",
    ),
    Code.READ_BACK_DIFFERS: (
        "Ghi xong đọc lại thấy khác",
        "Tệp trên USB không giống bản trong máy. Đừng dùng tệp đó.",
        ("Cắm USB khác.", "Bấm Ghi lại."),
        "USB-04",
    ),
    Code.FILE_UNWRITABLE: (
        "Chưa ghi được vào nơi đã chọn",
        "Hệ thống không cho ghi vào đó.",
        ("Chọn USB hoặc thư mục khác.", "Bấm Ghi lại."),
        "USB-05",
    ),
}
# The same for a folder of the machine (or of the network), where no stick is spoken of.
_FOLDER: Mapping[Code, tuple[str, str, tuple[str, ...], str]] = {
    Code.DISK_FULL: (
        "Ổ đĩa đã đầy",
        "Ổ đĩa không còn chỗ cho tệp này.",
        ("Xóa bớt tệp trên ổ đĩa, hoặc chọn thư mục khác.", "Bấm Ghi lại."),
        "OD-01",
    ),
    Code.STICK_GONE: (
        "Chưa ghi xong vào thư mục",
        "Thư mục không còn ở đó, hoặc ổ đĩa đã ngắt khi chưa ghi xong.",
        ("Xem thư mục còn không, hoặc chọn thư mục khác.", "Bấm Ghi lại."),
        "OD-02",
    ),
    Code.STICK_READ_ONLY: (
        "Thư mục chỉ cho đọc",
        "Hệ thống không cho ghi vào thư mục này.",
        ("Chọn thư mục khác, ví dụ Tài liệu.", "Bấm Ghi lại."),
        "OD-03",
    ),
    Code.READ_BACK_DIFFERS: (
        "Ghi xong đọc lại thấy khác",
        "Tệp trên ổ đĩa không giống bản trong máy. Đừng dùng tệp đó.",
        ("Chọn thư mục ở ổ đĩa khác.", "Bấm Ghi lại."),
        "OD-04",
    ),
    Code.FILE_UNWRITABLE: (
        "Chưa ghi được vào nơi đã chọn",
        "Hệ thống không cho ghi vào đó.",
        ("Chọn thư mục khác.", "Bấm Ghi lại."),
        "OD-05",
    ),
}


def failure_of(refusal: UserError, export: Export) -> Failure | None:
    """What to say when the writing failed; None for what is no fault of the place."""
    stick = export.target is None or export.target.stick
    known = (_STICK if stick else _FOLDER).get(refusal.code)
    if known is None:
        return None
    title, text, steps, code = known
    safe = f"{SHORT[export.filing.kind]} trong máy vẫn còn nguyên, không mất gì." if export.outgoing else ""
    facts = ", ".join(f"{name} = {value}" for name, value in sorted(refusal.facts.items()))
    return Failure(title, f"{text} {safe}".strip(), steps, f"Mã {code}", f"{refusal.code.value}: {facts}")


def passphrase_problem(first: str, again: str) -> str:
    """Why two typed passphrases cannot be taken for a new key; "" when they can."""
    if is_short(first):
        return f"Mật khẩu cần ít nhất {LEAST_PASSPHRASE} ký tự."
    return "" if first == again else "Hai lần gõ chưa giống nhau."


@dataclass(frozen=True)
class Volume:
    """One mounted file system as the system tells of it. device: "/dev/sdb1", "E:"; removable: None when not known."""

    root: str
    name: str
    device: str
    free: int
    removable: bool | None


def sticks(volumes: Sequence[Volume]) -> tuple[Target, ...]:
    """The volumes that can be pulled, by name."""
    found = []
    for volume in volumes:
        if volume.removable is False or volume.free < 0:
            continue
        if volume.removable is None and not volume.root.startswith(STICK_ROOTS):
            continue
        letter = volume.root[1:2] == ":"
        place = volume.root.rstrip("/\\") if letter else ""
        name = volume.name or ("" if letter else PurePath(volume.root).name)
        words = " ".join(part for part in ("USB", name, f"({place})" if place else "") if part)
        found.append(Target(words, volume.root, stick=True))
    return tuple(sorted(found, key=lambda target: target.words))
