"""What this office made itself and dropped on its own desk: said what it is for, never taken for a stranger's."""

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.container import KIND_WORDS, PackageKind
from hoctap_desktop.submission.key_rows import former_keys
from hoctap_desktop.submission.model import Envelope, Verdict
from hoctap_desktop.submission.repository import own_key
from hoctap_desktop.submission.verdict import Known, manifest_if_readable

_DOWN = "Hãy chép xuống cho các đơn vị cấp dưới mở trên máy của mình."
_USE = {
    PackageKind.CAMPAIGN: _DOWN,
    PackageKind.ROSTER: _DOWN,
    PackageKind.REPLY: "Hãy chuyển cho «{recipient}» mở trên máy của mình.",
    PackageKind.ENROLMENT: "Hãy nộp «{recipient}» cùng phiếu đăng ký có dấu.",
    PackageKind.SUBMISSION: "Hãy nộp «{recipient}».",
}


def own_keys(store: Store) -> frozenset[str]:
    """The hashes of the office's key and of those it had before. Raises UserError(STORE_DAMAGED)."""
    own = own_key(store)
    return frozenset([*(one.key.key_hash for one in former_keys(store)), *([own.key_hash] if own is not None else [])])


def own_file(envelope: Envelope) -> Verdict:
    """The verdict on a file one of the office's own keys signed: quiet, it is handed on and not taken in."""
    known = Known(envelope)
    known.manifest = manifest_if_readable(envelope)
    recipient = known.manifest.recipient.name if known.manifest is not None else ""
    use = _USE[envelope.kind].format(recipient=recipient)
    said = UserError(Code.OWN_FILE_BACK, kind=KIND_WORDS[envelope.kind], use=use)
    return known.verdict(said.code, str(said))
