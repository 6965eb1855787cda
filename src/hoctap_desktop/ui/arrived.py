"""A sealed file that somebody opened: what it is, whose, and what this office can do with it. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from hoctap_desktop.foundation.boundary import Outside, take_in
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import coming_down
from hoctap_desktop.submission.campaign_file import CampaignFile
from hoctap_desktop.submission.container import KIND_WORDS, PackageKind
from hoctap_desktop.submission.encrypted_files import OwnReader, Unlocker, wanted
from hoctap_desktop.submission.examine import describe
from hoctap_desktop.submission.model import Verdict
from hoctap_desktop.submission.own_files import own_file, own_keys
from hoctap_desktop.submission.reply import Reply, ReplyAct
from hoctap_desktop.submission.roster import Roster
from hoctap_desktop.submission.signer import Opener
from hoctap_desktop.submission.verdict import reply_words, subject
from hoctap_desktop.units import repository as units

_FROM_ABOVE = (PackageKind.REPLY, PackageKind.ROSTER, PackageKind.CAMPAIGN)


class Next(StrEnum):
    """What comes next. TAKE: take it in; COMPARE: the upper unit's digits first; RECEIVE: it belongs on the desk.

    SENT: it is this office's own, show it where it was made; KNOWN: it was taken before; NOTHING: no more can be done.
    UNLOCK: it is encrypted to a key of this office that is not open.
    """

    TAKE = "take"
    COMPARE = "compare"
    RECEIVE = "receive"
    SENT = "sent"
    KNOWN = "known"
    UNLOCK = "unlock"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Arrived:
    """A file for one dialog. title: what it is; text: whose and for what; button: words of the act, "" for none.

    silent: nothing a person has to decide: it is taken, and a line says so. fingerprint: of the key that signed it.
    filing, field: where the person goes after it was taken: the paper answered, and the first field spoken of.
    data: what was inside, when it came encrypted and was opened. wanted: the keys that would open it.
    """

    path: Path
    data: bytes
    next: Next
    title: str
    text: str
    button: str = ""
    icon: str = "package"
    tone: str = "pri"
    code: Code | None = None
    unit: str = ""
    fingerprint: str = ""
    silent: bool = False
    filing: str = ""
    field: str = ""
    act: ReplyAct | None = None
    wanted: tuple[OwnReader, ...] = ()


def look_at(store: Store, path: Path, keys: Sequence[Opener] = ()) -> Arrived:
    """What a file is, for the office of this store; what came encrypted is opened with `keys`.

    Writes nothing, never raises UserError for the file.
    """
    data = b""
    try:
        data = take_in(Outside.PACKAGE, path)
        data = Unlocker(store, keys).plain(data, path.name)
    except UserError as refusal:
        return _closed(store, path, data, refusal)
    told = describe(data, path.name)
    if told.manifest is None or told.opened is None:
        return _refused(path, data, told.code, told.sentence)
    if told.opened.envelope.signer.key_hash in own_keys(store) and told.manifest.kind is not PackageKind.SUBMISSION:
        return _own(path, data, told)
    if told.manifest.kind in _FROM_ABOVE:
        return _from_above(store, path, data, told)
    return _from_below(store, path, data, told)


def take(store: Store, arrived: Arrived, *, compared: bool = False) -> Verdict:
    """Takes a file of the upper unit in; compared: a person found its digits to be those on paper.

    Raises UserError as coming_down.trust_upper.
    """
    with store.atomic():
        if compared:
            coming_down.trust_upper(store, arrived.data, arrived.path.name, store.clock())
        return coming_down.take_down(store, arrived.data, arrived.path.name)


def _own(path: Path, data: bytes, told: Verdict) -> Arrived:
    """What this office made for others."""
    assert told.opened is not None
    what, icon = _name(told)
    verdict = own_file(told.opened.envelope)
    return Arrived(path, data, Next.NOTHING, what, verdict.sentence, icon=icon, code=verdict.code)


def _from_above(store: Store, path: Path, data: bytes, told: Verdict) -> Arrived:
    own = units.own_unit(store)
    assert told.opened is not None
    assert told.manifest is not None
    name = told.manifest.unit.name
    reply = told.opened.body if isinstance(told.opened.body, Reply) else None
    asked = bool(own.upper) or reply is not None  # a reply may come from whom this unit reported to before
    verdict = coming_down.look(store, data, path.name) if asked else told
    what, icon = _name(told)
    made = Arrived(
        path,
        data,
        Next.TAKE,
        f"{what} của {name}",
        _about(told),
        "Mở",
        icon,
        "warn" if reply is not None and reply.act is ReplyAct.RETURNED else "pri",
        unit=name,
        fingerprint=told.fingerprint,
        silent=isinstance(told.opened.body, Roster),
        filing=reply.series if reply is not None else "",
        field=reply.remarks[0].field if reply is not None and reply.remarks else "",
        act=reply.act if reply is not None else None,
    )
    if verdict.code is None and asked:
        return made
    if verdict.code is Code.UNKNOWN_KEY and coming_down.is_from_upper(store, data, path.name):
        text = f"{made.text} Đây là lần đầu máy này nhận tệp của cấp trên: hãy so dãy số khóa một lần."
        return replace(made, next=Next.COMPARE, text=text, button="So dãy số", silent=False)
    if verdict.quiet:
        return replace(made, next=Next.KNOWN, text=f"{made.text} {verdict.sentence}", button="Xem", silent=False)
    code, sentence = verdict.code, verdict.sentence
    if code in (None, Code.UNKNOWN_KEY, Code.NOT_OUR_UPPER):  # the key of another office need not be known here
        code, sentence = Code.NOT_OUR_UPPER, str(UserError(Code.NOT_OUR_UPPER, unit=name))
        upper = units.unit(store, own.upper) if own.upper else None
        sentence += f" Cấp trên đang ghi ở đây: {upper.name}, mã {upper.code}." if upper is not None else ""
    return replace(
        made, next=Next.NOTHING, text=f"{made.text} {sentence}", button="", tone="warn", code=code, silent=False
    )


def _from_below(store: Store, path: Path, data: bytes, told: Verdict) -> Arrived:
    own = units.own_unit(store)
    manifest = told.manifest
    assert manifest is not None
    what, icon = _name(told)
    text = f"{_about(told)} Còn nguyên vẹn từ khi ký."
    made = Arrived(path, data, Next.NOTHING, f"{what} của {manifest.unit.name}", text, icon=icon, code=told.code)
    if manifest.recipient.code == own.code and units.units_below(store, own.code):
        return replace(made, next=Next.RECEIVE, button="Tiếp nhận")
    if manifest.unit.code == own.code and manifest.kind is PackageKind.SUBMISSION:
        text = f"Gói này do chính đơn vị này làm, gửi {manifest.recipient.name}. Không cần nhập."
        return replace(made, next=Next.SENT, text=text, button="Xem gói gửi đi", filing=manifest.series)
    return replace(made, text=f"{text} Gói gửi cho {manifest.recipient.name}, không nhập ở đây.", tone="warn")


def _closed(store: Store, path: Path, data: bytes, refusal: UserError) -> Arrived:
    made = _refused(path, data, refusal.code, str(refusal))
    if refusal.code is Code.ENCRYPTED_LOCKED:
        text = f"Chỉ khóa của đơn vị này ({refusal.facts['key']}) hoặc của nơi gửi mở được. Hãy gõ mật khẩu của khóa."
        readers = wanted(store, [data])
        title, button = "Tệp mã hóa cho đơn vị này", "Mở bằng mật khẩu"
        return replace(
            made, next=Next.UNLOCK, title=title, text=text, button=button, icon="lock", tone="pri", wanted=readers
        )
    if refusal.code is Code.ENCRYPTED:
        return replace(made, title="Tệp đã mã hóa cho nơi khác", icon="lock")
    return made


def _refused(path: Path, data: bytes, code: Code | None, sentence: str) -> Arrived:
    title = f"Không mở được «{clean_line(path.name)}»"
    return Arrived(path, data, Next.NOTHING, title, sentence, icon="file-x-2", tone="warn", code=code)


def _name(told: Verdict) -> tuple[str, str]:
    """What it is called, and its icon."""
    assert told.opened is not None
    match told.opened.body:
        case Reply(act=ReplyAct.RETURNED):
            return "Phiếu trả lại", "undo-2"
        case Reply():
            return "Phiếu tiếp nhận", "file-check-2"
        case CampaignFile():
            return "Gói đợt", "calendar-days"
        case Roster():
            return "Danh sách khóa", "key-round"
        case _:
            words = KIND_WORDS[told.opened.manifest.kind]
            return words[:1].upper() + words[1:], "package"


def _about(told: Verdict) -> str:
    """ "Đây là phiếu trả lại cho báo cáo 2022, lần 1: Xem lại hai số." """
    assert told.opened is not None
    match told.opened.body:
        case Reply() as reply:
            said = reply_words(reply)
            tail = f": {reply.words}" if reply.words else "."
            count = f" Có nhận xét ở {len(reply.remarks)} mục." if reply.remarks else ""
            return f"Đây là {said[:1].lower()}{said[1:]}{tail}{'' if tail.endswith(('.', '?', '!')) else '.'}{count}"
        case CampaignFile(campaign=campaign, forms=forms):
            return f"Đây là gói đợt: {campaign.name}, {len(campaign.deadlines)} hạn nộp, {len(forms)} biểu mẫu."
        case _:
            said = subject(told.opened)
            return f"Đây là {said[:1].lower()}{said[1:]}."
