"""What an old key says of the one that follows it: a CMS of §5's one shape, over the new certificate's bytes.

A certificate is DER and SEAL/SHA256SUMS is text: no endorsement passes for a seal, and no seal for an endorsement.
"""

from datetime import datetime

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.typed_json import bad
from hoctap_desktop.submission import signature
from hoctap_desktop.submission.certificate import Certificate
from hoctap_desktop.submission.container import ANSWERS
from hoctap_desktop.submission.endorsement_field import FIELD
from hoctap_desktop.submission.signer import Signer


def endorse(old: Signer, certificate: bytes, at: datetime) -> bytes:
    """`old` says that the key of `certificate` (DER) follows it. Raises UserError, see Signer.sign."""
    return signature.sign(certificate, old, at)


def endorser(endorsement: bytes) -> Certificate | None:
    """The certificate of the key that said so, None for b"". Ask `check` first whether it did."""
    return signature.read(endorsement).certificate if endorsement else None


def check(endorsement: bytes, new: Certificate) -> None:
    """Passes when `endorsement` is b"", or a signature of another key over `new`. Raises UserError(BAD_CONTENT)."""
    where = f"{ANSWERS} › {FIELD}"
    if not endorsement:
        return
    try:
        parts = signature.read(endorsement)
        signature.verify(parts, new.data)
    except UserError as cause:
        if cause.code in (Code.ALTERED, Code.WEAK_OR_FOREIGN_SIGNATURE):
            raise bad(where) from cause
        raise
    if parts.certificate.key_hash == new.key_hash:
        raise bad(where)
