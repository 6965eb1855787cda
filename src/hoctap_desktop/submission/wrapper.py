"""The shape of an encrypted file: CMS AuthEnvelopedData (RFC 5083, 5084, 5753, 8017) in DER, for exactly two keys.

As with a signature, the reader takes the values out that differ from file to file, writes the rest again and compares
bytes: no general ASN.1 parser stands before a key is used. Pure: knows no key and opens nothing (encryption.py does).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.submission import der
from hoctap_desktop.submission.certificate import Certificate
from hoctap_desktop.submission.container import MAX_FILE
from hoctap_desktop.submission.der import NotDer, Walk, integer, tlv

NONCE, TAG, KEK = 12, 16, 32  # bytes
MAX_SLOTS = 16384
HEAD = MAX_SLOTS + 64  # bytes from the front that say whom a file is for
_AGREED_WITH = 0xA1  # [1] KeyAgreeRecipientInfo
_CIPHERTEXT = 0x80  # [0] IMPLICIT OCTET STRING
_POINT, _WRAPPED_KEY = 65, 40
_RSA_BYTES = range(256, 513)


def _oid(hex_content: str) -> bytes:
    return tlv(der.OID, bytes.fromhex(hex_content))


_AUTH_ENVELOPED = _oid("2a864886f70d0109100117")
_ENVELOPED = _oid("2a864886f70d010703")
_DATA = _oid("2a864886f70d010701")
_AES_256_GCM = _oid("60864801650304012e")
AES_256_WRAP = tlv(der.SEQUENCE, _oid("60864801650304012d"))
_SHA256 = tlv(der.SEQUENCE, _oid("608648016503040201"))
_MGF1_SHA256 = tlv(der.SEQUENCE, _oid("2a864886f70d010108"), _SHA256)
_OAEP_SHA256 = tlv(
    der.SEQUENCE,
    _oid("2a864886f70d010107"),
    tlv(der.SEQUENCE, tlv(der.CONTEXT_0, _SHA256), tlv(0xA1, _MGF1_SHA256)),
)
# dhSinglePass-stdDH-sha256kdf-scheme with AES-256 key wrap
_ECDH_SHA256 = tlv(der.SEQUENCE, _oid("2b8104010b01"), AES_256_WRAP)
_EC_KEY = tlv(der.SEQUENCE, _oid("2a8648ce3d0201"))
_COMMON_NAME = _oid("550403")
_TEXT_TAGS = (0x0C, 0x13)  # UTF8String, PrintableString


@dataclass(frozen=True)
class Slot:
    """One of the two who can open a file. who: issuer and serial number of the certificate, a whole DER element.

    point: the ephemeral public key (65 bytes) for a P-256 key, b"" for an RSA key. value: the content key, wrapped with
    what the two points agree on (40 bytes), or encrypted to the RSA key.
    """

    who: bytes
    point: bytes
    value: bytes


@dataclass(frozen=True)
class Wrapped:
    """An encrypted file taken apart. nonce: 12 bytes; tag: 16. start, end: where its ciphertext lies in the file."""

    slots: tuple[Slot, ...]
    nonce: bytes
    tag: bytes
    start: int
    end: int


def who(certificate: Certificate) -> bytes:
    """How a file names the key it is encrypted to."""
    return tlv(der.SEQUENCE, certificate.issuer, certificate.serial)


def is_encrypted(data: bytes) -> bool:
    """True for what begins as an encrypted file, in our shape or in another."""
    start = data[:24]
    return start[:1] == b"\x30" and any(one in start for one in (_AUTH_ENVELOPED, _ENVELOPED))


def write(slots: Sequence[Slot], nonce: bytes, ciphertext: bytes, tag: bytes) -> bytes:
    """The bytes of an encrypted file. Raises UserError(TOO_LARGE)."""
    front, back = _around(slots, nonce, len(ciphertext), tag)
    if len(front) + len(ciphertext) + len(back) > MAX_FILE:
        raise UserError(Code.TOO_LARGE, entry=f"cả gói, hơn {MAX_FILE // 2**20} MB")
    return b"".join((front, ciphertext, back))


def read(data: bytes, file_name: str) -> Wrapped:
    """An encrypted file taken apart; nothing is opened yet.

    Raises UserError: TOO_LARGE, NOT_A_PACKAGE (it ends too early), FOREIGN_ENCRYPTION (any other shape).
    """
    if len(data) > MAX_FILE:
        raise UserError(Code.TOO_LARGE, entry=file_name)
    try:
        _, end = der.read_head(data, 0, der.SEQUENCE)
        if end > len(data):
            raise UserError(Code.NOT_A_PACKAGE, file=file_name, found="thiếu phần cuối")
        found = _walk(data)
    except NotDer as cause:
        raise UserError(Code.FOREIGN_ENCRYPTION, file=file_name) from cause
    front, back = _around(found.slots, found.nonce, found.end - found.start, found.tag)
    if not data.startswith(front) or data[found.end :] != back or len(front) != found.start:
        raise UserError(Code.FOREIGN_ENCRYPTION, file=file_name)
    return found


def names(slots: Sequence[Slot]) -> tuple[str, ...]:
    """Whom the file says it is for: the names in their certificates, which nobody has checked. "" for none readable."""
    return tuple(_name(slot.who) for slot in slots)


def names_words(slots: Sequence[Slot]) -> str:
    """ "«UBND xã Hà Thượng» hoặc «Phòng GDĐT»"."""
    return " hoặc ".join(f"«{name}»" if name else "một khóa không ghi tên" for name in names(slots))


def shared_info() -> bytes:
    """ECC-CMS-SharedInfo of RFC 5753 for a 256-bit wrapping key: what the key derivation is told beside the secret."""
    return tlv(der.SEQUENCE, AES_256_WRAP, tlv(0xA2, tlv(der.OCTETS, (KEK * 8).to_bytes(4))))


def _around(slots: Sequence[Slot], nonce: bytes, size: int, tag: bytes) -> tuple[bytes, bytes]:
    """What stands before and behind `size` bytes of ciphertext."""
    algorithm = tlv(der.SEQUENCE, _AES_256_GCM, tlv(der.SEQUENCE, tlv(der.OCTETS, nonce), integer(TAG)))
    content = b"".join((_DATA, algorithm, der.head(_CIPHERTEXT, size)))
    inside = b"".join(
        (
            integer(0),
            tlv(der.SET, *sorted(_slot(one) for one in slots)),
            der.head(der.SEQUENCE, len(content) + size),
            content,
        )
    )
    back = tlv(der.OCTETS, tag)
    length = len(inside) + size + len(back)
    enveloped = der.head(der.SEQUENCE, length)
    explicit = der.head(der.CONTEXT_0, len(enveloped) + length)
    whole = len(_AUTH_ENVELOPED) + len(explicit) + len(enveloped) + length
    return b"".join((der.head(der.SEQUENCE, whole), _AUTH_ENVELOPED, explicit, enveloped, inside)), back


def _slot(slot: Slot) -> bytes:
    if not slot.point:
        return tlv(der.SEQUENCE, integer(0), slot.who, _OAEP_SHA256, tlv(der.OCTETS, slot.value))
    sender = tlv(der.CONTEXT_0, tlv(0xA1, _EC_KEY, tlv(der.BITS, b"\0", slot.point)))
    key = tlv(der.SEQUENCE, slot.who, tlv(der.OCTETS, slot.value))
    return tlv(_AGREED_WITH, integer(3), sender, _ECDH_SHA256, tlv(der.SEQUENCE, key))


def slots_in(head: bytes) -> tuple[Slot, ...]:
    """Whom a file is for, from its first HEAD bytes; () for what is no encrypted file of ours."""
    try:
        return _first_part(head)[0] if is_encrypted(head) else ()
    except NotDer:
        return ()


def _first_part(data: bytes) -> tuple[tuple[Slot, ...], int]:
    """The slots, and where they end. Raises NotDer."""
    at, _ = der.read_head(data, 0, der.SEQUENCE)
    at = _behind(data, at, der.OID)
    at, _ = der.read_head(data, at, der.CONTEXT_0)
    at, _ = der.read_head(data, at, der.SEQUENCE)
    at = _behind(data, at, der.INTEGER)
    start, at = der.read_head(data, at, der.SET)
    if at - start > MAX_SLOTS or at > len(data):
        raise NotDer
    return _slots(data[start:at]), at


def _walk(data: bytes) -> Wrapped:
    """The values of a file, found by its heads alone: 64 MB are not copied at every level. Raises NotDer."""
    slots, at = _first_part(data)
    at, _ = der.read_head(data, at, der.SEQUENCE)
    at = _behind(data, at, der.OID)
    start, at = der.read_head(data, at, der.SEQUENCE)
    algorithm = Walk(data[start : min(at, start + 64)])
    algorithm.whole(der.OID)
    nonce = algorithm.enter(der.SEQUENCE).content(der.OCTETS)
    start, end = der.read_head(data, at, _CIPHERTEXT)
    last, behind = der.read_head(data, end, der.OCTETS)
    if len(nonce) != NONCE or behind - last != TAG or behind != len(data):
        raise NotDer
    return Wrapped(slots, nonce, data[last:behind], start, end)


def _slots(data: bytes) -> tuple[Slot, ...]:
    walk = Walk(data)
    found: list[Slot] = []
    while not walk.done and len(found) < 3:
        element = walk.whole(der.SEQUENCE, _AGREED_WITH)
        found.append(_agreed(element) if element[0] == _AGREED_WITH else _transported(element))
    if len(found) != 2 or found[0].who == found[1].who:
        raise NotDer
    return tuple(found)


def _agreed(element: bytes) -> Slot:
    info = Walk(element).enter(_AGREED_WITH)
    info.whole(der.INTEGER)
    sender = info.enter(der.CONTEXT_0, 0xA1)
    sender.whole(der.SEQUENCE)
    point = sender.content(der.BITS)[1:]
    info.whole(der.SEQUENCE)
    key = info.enter(der.SEQUENCE, der.SEQUENCE)
    slot = Slot(key.whole(der.SEQUENCE), point, key.content(der.OCTETS))
    if len(point) != _POINT or point[0] != 4 or len(slot.value) != _WRAPPED_KEY:
        raise NotDer
    return slot


def _transported(element: bytes) -> Slot:
    info = Walk(element).enter(der.SEQUENCE)
    info.whole(der.INTEGER)
    named = info.whole(der.SEQUENCE)
    info.whole(der.SEQUENCE)
    slot = Slot(named, b"", info.content(der.OCTETS))
    if len(slot.value) not in _RSA_BYTES:
        raise NotDer
    return slot


def _behind(data: bytes, at: int, tag: int) -> int:
    return der.read_head(data, at, tag)[1]


def _name(named: bytes) -> str:
    """The common name in an issuer's name, made fit for a line of text; "" when there is none."""
    try:
        parts = Walk(named).enter(der.SEQUENCE, der.SEQUENCE)
        while not parts.done:
            pair = parts.enter(der.SET, der.SEQUENCE)
            if pair.whole(der.OID) == _COMMON_NAME:
                text = pair.whole(*_TEXT_TAGS)
                content = Walk(text).content(text[0])
                return re.sub(r"[«»]", "", clean_line(content.decode("utf-8", errors="replace")))[:120].strip()
    except NotDer:
        pass
    return ""
