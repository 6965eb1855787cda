"""Files that come down, bent: replies, rosters and campaigns, each with the one code a unit must refuse it by.

Most are made by somebody who holds the upper unit's key and our source. The unit (office below) has compared that key.
"""

import dataclasses
import functools
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.submission.campaign_file import CampaignFile
from hoctap_desktop.submission.container import ANSWERS, PACKAGE, SIGNATURE, PackageKind
from hoctap_desktop.submission.keys import Key, make_key
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.reply import Remark, Reply, ReplyAct
from hoctap_desktop.submission.roster import Roster
from hoctap_desktop.submission.seal import seal_campaign, seal_reply, seal_roster
from tests.offices import NOW, dai_tu
from tests.submission.hostile.forge import Case
from tests.submission.packages import OWN, PDF, edit_json, forge, other_key, rewritten, roster_key

UPPER = dai_tu().own
NEIGHBOUR = dataclasses.replace(UPPER, code="19-172-GDDT", short_name="Phòng GDĐT huyện Phú Lương")
ANSWERED = "ab" * 32
Make = Callable[[], bytes]


@functools.cache
def upper_key() -> Key:
    """The key of the upper unit, compared on paper."""
    return make_key(UPPER.name, UPPER.code, NOW)


@functools.cache
def spare(name: str) -> Key:
    """More keys of the upper unit: "revoked", "closed", "run out", "stranger"."""
    made = NOW if name != "run out" else datetime(2012, 1, 1, tzinfo=VIETNAM)
    return make_key(UPPER.name, UPPER.code, made)


def reply_of(**changes: Any) -> Reply:
    """A return slip for Hà Thượng's report, lần 1."""
    made = Reply(
        ReplyAct.RETURNED, ANSWERED, OWN.code, "2022-report", 1, 1, "", NOW.date(), 0, NOW, "Xem lại.",
        (Remark("participants", "Có đúng không?"),),
    )  # fmt: skip
    return dataclasses.replace(made, **changes)


def reply(key: Key | None = None, unit: Any = UPPER, recipient: UnitName = OWN, **changes: Any) -> bytes:
    return seal_reply(unit, recipient, reply_of(**changes), key or upper_key(), NOW).data


def roster(number: int = 2, key: Key | None = None, unit: Any = UPPER, epoch: int = 1) -> bytes:
    return seal_roster(unit, Roster(number, NOW.date(), (roster_key(epoch=epoch),)), key or upper_key(), NOW).data


def campaign(number: int = 2, key: Key | None = None, unit: Any = UPPER, theme: str = "Chủ đề") -> bytes:
    held = Campaign("2026", 2026, (theme,), date(2026, 10, 1), date(2026, 10, 7))
    return seal_campaign(unit, CampaignFile(held, ()), number, None, key or upper_key(), NOW).data


KINDS: tuple[tuple[PackageKind, Callable[..., bytes]], ...] = (
    (PackageKind.REPLY, reply),
    (PackageKind.ROSTER, roster),
    (PackageKind.CAMPAIGN, campaign),
)


def put(*path: Any) -> Callable[[Any], None]:
    """Sets a value in a tree: the steps to it, then the value."""

    def change(tree: Any) -> None:
        for step in path[:-2]:
            tree = tree[step]
        tree[path[-2]] = path[-1]

    return change


def _bent(kind: PackageKind, make: Callable[..., bytes], entry: str, change: Callable[[Any], None]) -> bytes:
    return forge(edit_json(entry, change), upper_key(), kind, make(), at=NOW)


def _every_kind() -> Iterator[Case]:
    for kind, make in KINDS:

        def case(name: str, code: Code, made: Make, kind: PackageKind = kind) -> Case:
            return Case("down", f"{kind.value}: {name}", code, made)

        yield case("a byte behind", Code.FOREIGN_LAYOUT, partial(_behind, make))
        yield case("cut off", Code.NOT_A_PACKAGE, partial(_cut, make))
        yield case("other content under the seal", Code.ALTERED, partial(_other_content, make))
        yield case("without a signature", Code.WEAK_OR_FOREIGN_SIGNATURE, partial(_stripped, make))
        yield case("a key nobody compared", Code.UNKNOWN_KEY, partial(make, key=spare("stranger")))
        yield case("another unit's key", Code.WRONG_UNIT, partial(make, key=other_key()))
        yield case("a neighbour of the upper unit", Code.WRONG_UNIT, partial(make, unit=NEIGHBOUR))
        yield case("a unit below, for itself", Code.NOT_OUR_UPPER, partial(make, key=other_key(), unit=_other()))
        yield case("a revoked key", Code.REVOKED_KEY, partial(make, key=spare("revoked")))
        yield case("a key whose days are over", Code.EXPIRED_KEY, partial(make, key=spare("closed")))
        yield case("a certificate that has run out", Code.EXPIRED_KEY, partial(make, key=spare("run out")))
        yield case("a print inside", Code.FORBIDDEN_FILE, partial(_with_a_print, kind, make))
        for name, entry, change in (
            ("a field too many", ANSWERS, put("more", 1)),
            ("an empty object", ANSWERS, dict.clear),
            ("a revision that is true", PACKAGE, put("revision", True)),
            ("revision 0", PACKAGE, put("revision", 0)),
            ("another series", PACKAGE, put("series", "2021-report")),
            ("a kind that is another", PACKAGE, put("kind", "enrolment")),
            ("a form", PACKAGE, put("form", {"hash": "ab" * 32, "id": "report", "version": 1})),
        ):
            made = partial(_bent, kind, make, entry, change)
            yield case(name, Code.BAD_CONTENT, made)


def _of_replies() -> Iterator[Case]:
    yield Case("down", "reply: for somebody else", Code.WRONG_RECIPIENT, lambda: reply(
        recipient=UnitName("05815", "UBND xã khác"), unit_code="05815"
    ))  # fmt: skip
    for name, change in (
        ("an act of its own", put("act", "accepted")),
        ("late by true", put("days_late", True)),
        ("late by less than nothing", put("days_late", -1)),
        ("a day that is none", put("received_on", "2022-02-30")),
        ("a moment without a zone", put("decided_at", "2022-10-14T16:12:03")),
        ("words too long", put("words", "x" * 2001)),
        ("words as a list", put("words", ["x"])),
        ("a remark without words", put("remarks", [{"field": "talks", "words": ""}])),
        ("a remark too long", put("remarks", [{"field": "talks", "words": "x" * 501}])),
        ("a remark on a path", put("remarks", [{"field": "../talks", "words": "x"}])),
        ("more remarks than a form has fields", put("remarks", [{"field": "a", "words": "x"}] * 201)),
        ("another unit than the recipient", put("unit", "05815")),
        ("another revision than its cover", put("revision", 2)),
        ("another package than its cover", put("package_id", "cd" * 32)),
        ("no package", put("package_id", "")),
        ("epoch 0", put("epoch", 0)),
    ):
        made = partial(_bent, PackageKind.REPLY, reply, ANSWERS, change)
        yield Case("down", f"reply: {name}", Code.BAD_CONTENT, made)


def _of_rosters() -> Iterator[Case]:
    def twice(tree: Any) -> None:
        tree["keys"] *= 2

    for name, change in (
        ("another number than its cover", put("number", 7)),
        ("a key twice", twice),
        ("a key revoked on no day", put("keys", 0, "revoked", "")),
        ("a key of epoch 0", put("keys", 0, "epoch", 0)),
        ("a key hash in capitals", put("keys", 0, "key_hash", "AB" * 32)),
        ("a key of no unit", put("keys", 0, "unit", {"code": "", "name": "x"})),
    ):
        made = partial(_bent, PackageKind.ROSTER, roster, ANSWERS, change)
        yield Case("down", f"roster: {name}", Code.BAD_CONTENT, made)


def _of_campaigns() -> Iterator[Case]:
    for name, change in (
        ("a campaign of another name", put("campaign", "id", "2025")),
        ("a name that is a path", put("campaign", "id", "../2026")),
        ("a year that is none", put("campaign", "year", 26)),
        ("a Week that ends before it begins", put("campaign", "week_to", "2026-09-30")),
        ("a Week of a year", put("campaign", "week_to", "2027-09-30")),
        ("a theme in two lines", put("campaign", "themes", ["a\nb"])),
        ("forms as a text", put("forms", "")),
        ("a form that is no form", put("forms", [{"hash": "ab" * 32, "id": "report", "text": "x = 1", "version": 2}])),
    ):
        made = partial(_bent, PackageKind.CAMPAIGN, campaign, ANSWERS, change)
        yield Case("down", f"campaign: {name}", Code.BAD_CONTENT, made)


@functools.cache
def cases() -> tuple[Case, ...]:
    """Every case of a file alone."""
    return (*_every_kind(), *_of_replies(), *_of_rosters(), *_of_campaigns())


def orders() -> dict[str, tuple[tuple[Make, Code | None], ...]]:
    """Files one after another with what each gets: the same, older, another of one number, a gap, a fork."""
    same, old, fork = Code.ALREADY_RECEIVED, Code.OLD_REVISION_NEW_CONTENT, Code.FORKED_REVISION
    later = partial(reply, act=ReplyAct.APPROVED, decided_at=NOW + timedelta(hours=2), words="", remarks=())
    between = partial(reply, decided_at=NOW + timedelta(hours=1), words="Khác")
    return {
        "reply: the same twice": ((reply, None), (reply, same)),
        "reply: an older word after a later one": ((reply, None), (later, None), (between, Code.REPLY_OLDER)),
        "reply: the first again after a later one": ((reply, None), (later, None), (reply, same)),
        "reply: for another package of a number used here": (
            (partial(reply, package_id="cd" * 32), Code.REPLY_UNKNOWN),
            (reply, None),
        ),
        "roster: the same twice": ((roster, None), (roster, same)),
        "roster: an older one": ((partial(roster, 3), None), (roster, old)),
        "roster: two of one number": ((roster, None), (partial(roster, epoch=2), fork)),
        "roster: with a gap": ((roster, None), (partial(roster, 9), None)),
        "campaign: the same twice": ((campaign, None), (campaign, same)),
        "campaign: an older one": ((partial(campaign, 3), None), (campaign, old)),
        "campaign: two of one number": ((campaign, None), (partial(campaign, theme="Khác"), fork)),
        "campaign: with a gap": ((campaign, None), (partial(campaign, 9), None)),
    }


def _other() -> Any:
    return dataclasses.replace(UPPER, code="05830-THCS", short_name="Trường THCS Cù Vân")


def _behind(make: Make) -> bytes:
    return make() + b"\0"


def _cut(make: Make) -> bytes:
    return make()[:-30]


def _other_content(make: Make) -> bytes:
    return rewritten(make(), lambda entries: entries.update({ANSWERS: entries[ANSWERS][:-1] + b" }"}))


def _stripped(make: Make) -> bytes:
    return rewritten(make(), lambda entries: entries.update({SIGNATURE: b"0\0"}))


def _with_a_print(kind: PackageKind, make: Make) -> bytes:
    def add(entries: dict[str, bytes]) -> None:
        kept = dict(entries)
        entries.clear()
        entries.update({PACKAGE: kept[PACKAGE], ANSWERS: kept[ANSWERS], "print/bao-cao.pdf": PDF})

    return forge(add, upper_key(), kind, make(), at=NOW)
