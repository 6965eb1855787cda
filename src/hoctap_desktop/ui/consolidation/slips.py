"""The replies an upper office owes its units: how many of which kind, and their files. No Qt."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hoctap_desktop.consolidation.overview import current_board
from hoctap_desktop.consolidation.reviewing import replies_due, slip_page
from hoctap_desktop.document.joined import joined
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.replies import already_issued, issue_reply
from hoctap_desktop.submission.reply import Reply, ReplyAct
from hoctap_desktop.submission.signer import Signer

_ALL_PAGES = "tat-ca-phieu-de-in.pdf"
_ACTS = {
    ReplyAct.RETURNED: "{} phiếu trả lại",
    ReplyAct.APPROVED: "{} phiếu đã duyệt",
    ReplyAct.RECEIVED: "{} phiếu tiếp nhận",
}


@dataclass(frozen=True)
class Slip:
    """unit: who gets it. signed: its file was made before, no key is asked for."""

    unit: UnitName
    reply: Reply
    signed: bool


@dataclass(frozen=True)
class SlipFile:
    """A file to be written onto the stick."""

    name: str
    data: bytes


def read_slips(store: Store) -> tuple[Slip, ...]:
    """Every reply of the campaign, in the order of the board. Raises UserError NO_UNITS_BELOW, STORE_DAMAGED."""
    due = replies_due(store, current_board(store))
    return tuple(Slip(unit, reply, already_issued(store, reply) is not None) for unit, reply in due)


def files_of(store: Store, slips: Sequence[Slip], key: Signer | None, *, printed: bool) -> tuple[SlipFile, ...]:
    """The files of these replies; when `printed` each with its half page, and all pages in one file, to print at once.

    Raises UserError(KEY_MISSING).
    """
    made: list[SlipFile] = []
    pages: list[bytes] = []
    for slip in slips:
        sealed = already_issued(store, slip.reply)
        if sealed is None:
            if key is None:
                raise UserError(Code.KEY_MISSING)
            sealed = issue_reply(store, slip.unit, slip.reply, key, store.clock())
        made.append(SlipFile(sealed.name, sealed.data))
        if printed:
            pages.append(slip_page(store, slip.unit, slip.reply))
            made.append(SlipFile(Path(sealed.name).with_suffix(".pdf").name, pages[-1]))
    if len(pages) > 1:
        made.append(SlipFile(_ALL_PAGES, joined(pages)))
    return tuple(made)


def units_of(slips: Sequence[Slip]) -> tuple[UnitName, ...]:
    """The units that get something, each once."""
    return tuple(dict.fromkeys(slip.unit for slip in slips))


def counted(slips: Sequence[Slip]) -> str:
    """ "1 phiếu trả lại, 2 phiếu đã duyệt"."""
    counts = Counter(slip.reply.act for slip in slips)
    return ", ".join(words.format(counts[act]) for act, words in _ACTS.items() if counts[act])
