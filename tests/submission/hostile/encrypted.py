"""Encrypted files, bent: what nobody's key has to be asked for, and what only shows when it is opened.

Their makers have our source and both certificates; anybody may encrypt to an office.
"""

import dataclasses
import functools
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.submission import der, wrapper
from hoctap_desktop.submission.der import integer, tlv
from hoctap_desktop.submission.encryption import encrypt
from hoctap_desktop.submission.wrapper import Slot
from tests.submission.hostile.forge import Case, plain
from tests.submission.packages import PDF, commune_key, other_key, rsa_key, upper_key

GROUP = "encryption"
_ENVELOPED = wrapper._oid("2a864886f70d010703")
_SIGNED = wrapper._oid("2a864886f70d010702")
_AES_256_CBC = wrapper._oid("60864801650304012a")
_AES_128_GCM = wrapper._oid("608648016503040106")
_AES_256_CCM = wrapper._oid("60864801650304012f")
_AES_128_WRAP = tlv(der.SEQUENCE, wrapper._oid("608648016503040105"))
_SHA1_KDF = tlv(der.SEQUENCE, wrapper._oid("2b81051086483f0002"), wrapper.AES_256_WRAP)
_RSA_PKCS1 = tlv(der.SEQUENCE, wrapper._oid("2a864886f70d010101"), b"\x05\x00")
_OAEP_SHA1 = tlv(der.SEQUENCE, wrapper._oid("2a864886f70d010107"), tlv(der.SEQUENCE))


@functools.cache
def good() -> bytes:
    """The good file of forge.py for the upper office and its unit."""
    return encrypt(plain(), (upper_key().details, commune_key().details))


@functools.cache
def for_rsa() -> bytes:
    """The same for a unit with an RSA key."""
    return encrypt(plain(), (upper_key().details, rsa_key().details))


@dataclass
class Bent:
    """An encrypted file in pieces, each of which may be another."""

    slots: list[bytes]
    nonce: bytes
    ciphertext: bytes
    tag: bytes
    kind: bytes = wrapper._AUTH_ENVELOPED
    version: bytes = field(default_factory=lambda: integer(0))
    algorithm: bytes = b""
    content_type: bytes = wrapper._DATA
    before_slots: bytes = b""
    before_tag: bytes = b""
    after_tag: bytes = b""
    sealed: bytes | None = None

    def bytes(self) -> bytes:
        parameters = tlv(der.SEQUENCE, tlv(der.OCTETS, self.nonce), integer(16))
        content = tlv(
            der.SEQUENCE,
            self.content_type,
            self.algorithm or tlv(der.SEQUENCE, wrapper._AES_256_GCM, parameters),
            tlv(0x80, self.ciphertext) if self.sealed is None else self.sealed,
        )
        body = tlv(
            der.SEQUENCE,
            self.version,
            self.before_slots,
            tlv(der.SET, *self.slots),
            content,
            self.before_tag,
            tlv(der.OCTETS, self.tag),
            self.after_tag,
        )
        return tlv(der.SEQUENCE, self.kind, tlv(der.CONTEXT_0, body))


def bent(change: Callable[[Bent], object], source: Callable[[], bytes] = good) -> Callable[[], bytes]:
    """A good file after `change`."""

    def make() -> bytes:
        data = source()
        found = wrapper.read(data, "")
        pieces = Bent(sorted(map(wrapper._slot, found.slots)), found.nonce, data[found.start : found.end], found.tag)
        change(pieces)
        return pieces.bytes()

    return make


def with_slots(change: Callable[[Slot], Slot], source: Callable[[], bytes] = good) -> Callable[[], bytes]:
    """Every slot changed, and the whole written as our own writer does."""

    def make() -> bytes:
        data = source()
        found = wrapper.read(data, "")
        return wrapper.write(
            [change(one) for one in found.slots], found.nonce, data[found.start : found.end], found.tag
        )

    return make


def set_to(**values: object) -> Callable[[Bent], None]:
    def change(pieces: Bent) -> None:
        for name, value in values.items():
            setattr(pieces, name, value)

    return change


def replaced(old: bytes, new: bytes) -> Callable[[Bent], None]:
    """`old` in the slots by `new`, lengths put right for equal lengths only: the slot is written anew otherwise."""

    def change(pieces: Bent) -> None:
        assert any(old in one for one in pieces.slots)
        pieces.slots = [_relength(one.replace(old, new)) for one in pieces.slots]

    return change


def _relength(element: bytes) -> bytes:
    start, _ = der.read_head(element, 0, element[0])
    return tlv(element[0], element[start:])


def _agreed(slot: Slot, sender: bytes = b"", more: bytes = b"", version: int = 3, keys: int = 1) -> bytes:
    """A KeyAgreeRecipientInfo as others may write it."""
    point = tlv(0xA1, wrapper._EC_KEY, tlv(der.BITS, b"\0", slot.point))
    key = tlv(der.SEQUENCE, slot.who, tlv(der.OCTETS, slot.value))
    return tlv(
        0xA1,
        integer(version),
        tlv(der.CONTEXT_0, sender or point),
        more,
        wrapper._ECDH_SHA256,
        tlv(der.SEQUENCE, key * keys),
    )


def _slots_as(write: Callable[[Slot], bytes]) -> Callable[[], bytes]:
    """Each slot written by `write`."""

    def change(pieces: Bent) -> None:
        pieces.slots = sorted(write(one) for one in wrapper.read(good(), "").slots)

    return bent(change)


def _three(pieces: Bent) -> None:
    third = wrapper.read(encrypt(b"", (other_key().details, upper_key().details)), "").slots
    pieces.slots = sorted([*pieces.slots, *(wrapper._slot(one) for one in third)][:3])


def _huge(slot: Slot) -> Slot:
    issuer = tlv(der.SEQUENCE, tlv(der.SET, tlv(der.SEQUENCE, wrapper._COMMON_NAME, tlv(0x0C, b"A" * 9000))))
    return dataclasses.replace(slot, who=tlv(der.SEQUENCE, issuer, integer(len(slot.who))))


def closed() -> Iterator[Case]:
    """Refused, or told whom it is for, before any key is asked."""
    foreign, cut = Code.FOREIGN_ENCRYPTION, Code.NOT_A_PACKAGE

    def case(name: str, make: Callable[[], bytes], code: Code = foreign) -> Case:
        return Case(GROUP, name, code, make)

    yield case("for two other keys", lambda: encrypt(plain(), (rsa_key().details, other_key().details)), Code.ENCRYPTED)
    yield case("cut in the head", lambda: good()[:60], cut)
    yield case("cut in the ciphertext", lambda: good()[:2000], cut)
    yield case("cut before the last byte", lambda: good()[:-1], cut)
    yield case("a length of 4 GB", lambda: b"\x30\x84\xff\xff\xff\xff" + good()[4:], cut)
    yield case("a length of five bytes", lambda: b"\x30\x85\x00\x00\x00\x10\x00" + good()[4:])
    yield case("a byte behind", lambda: good() + b"\0")
    yield case("two of them", lambda: good() * 2)
    yield case("BER: no length", lambda: b"\x30\x80" + good()[4:] + b"\0\0")
    yield case("BER: a length spelled long", lambda: b"\x30\x83\x00" + good()[2:])
    yield case("BER: ciphertext in chunks", _chunks)
    yield case("EnvelopedData", bent(set_to(kind=_ENVELOPED)))
    yield case("EnvelopedData with AES-CBC", bent(set_to(kind=_ENVELOPED, algorithm=_cbc())))
    yield case("AES-CBC in AuthEnvelopedData", bent(set_to(algorithm=_cbc())))
    yield case("AES-128-GCM", bent(_algorithm(_AES_128_GCM)))
    yield case("AES-256-CCM", bent(_algorithm(_AES_256_CCM)))
    yield case("a nonce of 16 bytes", bent(set_to(nonce=bytes(16))))
    yield case("a nonce of 8 bytes", bent(set_to(nonce=bytes(8))))
    yield case("a tag of 12 bytes", bent(lambda one: set_to(tag=one.tag[:12])(one)))
    yield case("a tag of 12 bytes, as parameters leave out", bent(_short_tag))
    yield case("no tag", bent(set_to(tag=b"")))
    yield case("no ciphertext", bent(set_to(sealed=b"")))
    yield case("signed data inside by its type", bent(set_to(content_type=_SIGNED)))
    yield case("version 1", bent(set_to(version=integer(1))))
    yield case("an originator's certificates", bent(set_to(before_slots=tlv(der.CONTEXT_0))))
    yield case("authenticated attributes", bent(set_to(before_tag=tlv(0xA1, tlv(der.SEQUENCE)))))
    yield case("attributes nobody authenticates", bent(set_to(after_tag=tlv(0xA2, tlv(der.SEQUENCE)))))
    yield case("one reader", bent(lambda one: set_to(slots=one.slots[:1])(one)))
    yield case("no reader", bent(set_to(slots=[])))
    yield case("three readers", bent(_three))
    yield case("the same reader twice", bent(lambda one: set_to(slots=one.slots[:1] * 2)(one)))
    yield case("readers in another order", bent(lambda one: set_to(slots=one.slots[::-1])(one)))
    yield case("a head of 18 KB", with_slots(_huge))
    yield case("key agreement of another version", _slots_as(lambda one: _agreed(one, version=2)))
    yield case("user keying material", _slots_as(lambda one: _agreed(one, more=tlv(0xA1, tlv(der.OCTETS, b"x")))))
    yield case("a static sender's key", _slots_as(lambda one: _agreed(one, sender=one.who)))
    yield case("two keys in one agreement", _slots_as(lambda one: _agreed(one, keys=2)))
    yield case("SHA-1 in the derivation", bent(replaced(wrapper._ECDH_SHA256[2:13], _SHA1_KDF[2:15])))
    yield case("an AES-128 key wrap", bent(replaced(wrapper.AES_256_WRAP, _AES_128_WRAP)))
    yield case("a compressed point", with_slots(lambda one: dataclasses.replace(one, point=b"\2" + one.point[1:33])))
    yield case("the point at infinity", with_slots(lambda one: dataclasses.replace(one, point=b"\0")))
    yield case("a wrapped key of 16 bytes", with_slots(lambda one: dataclasses.replace(one, value=one.value[:24])))
    yield case("RSA with PKCS#1 v1.5", bent(replaced(wrapper._OAEP_SHA256, _RSA_PKCS1), for_rsa))
    yield case("OAEP with SHA-1", bent(replaced(wrapper._OAEP_SHA256, _OAEP_SHA1), for_rsa))
    yield case("an RSA value of 128 bytes", with_slots(_short_rsa, for_rsa))
    yield case("a password instead of a key", _other_info(0xA3))
    yield case("a key both know", _other_info(0xA2))
    yield case("another kind of reader", _other_info(0xA4))


def opened() -> Iterator[Case]:
    """For the upper office's key: what shows only when that is asked."""
    damaged = Code.DAMAGED_ENCRYPTION

    def case(name: str, make: Callable[[], bytes], code: Code = damaged) -> Case:
        return Case(GROUP, name, code, make)

    def inside(data: bytes) -> Callable[[], bytes]:
        return lambda: encrypt(data, (upper_key().details, commune_key().details))

    yield case("another wrapped key", with_slots(lambda one: dataclasses.replace(one, value=os.urandom(40))))
    yield case("another point", with_slots(lambda one: dataclasses.replace(one, point=_another_point())))
    yield case("a point off the curve", with_slots(lambda one: dataclasses.replace(one, point=b"\4" + bytes(64))))
    yield case("slots exchanged", _exchanged)
    yield case("another nonce", bent(lambda one: set_to(nonce=one.nonce[::-1])(one)))
    yield case("a ciphertext that is shorter", bent(lambda one: set_to(ciphertext=one.ciphertext[:-1])(one)))
    yield case("a ciphertext with zeros at its end", bent(_zeros))
    yield case("another tag", bent(lambda one: set_to(tag=one.tag[::-1])(one)))
    yield case("nothing inside", inside(b""), Code.NOT_A_PACKAGE)
    yield case("a PDF inside", inside(PDF), Code.NOT_A_PACKAGE)
    yield case("noise inside", inside(bytes(range(256)) * 40), Code.NOT_A_PACKAGE)
    yield case("encrypted twice", inside(good()), Code.ENCRYPTED)
    yield case("half a package inside", inside(plain()[:-30]), Code.NOT_A_PACKAGE)
    yield case("a zip bomb inside", inside(_bomb()), Code.NOT_A_PACKAGE)
    yield case("a package zipped again inside", inside(_zipped_again()), Code.FOREIGN_LAYOUT)


def _cbc() -> bytes:
    return tlv(der.SEQUENCE, _AES_256_CBC, tlv(der.OCTETS, bytes(16)))


def _algorithm(oid: bytes) -> Callable[[Bent], None]:
    def change(pieces: Bent) -> None:
        parameters = tlv(der.SEQUENCE, tlv(der.OCTETS, pieces.nonce), integer(16))
        pieces.algorithm = tlv(der.SEQUENCE, oid, parameters)

    return change


def _short_tag(pieces: Bent) -> None:
    pieces.algorithm = tlv(der.SEQUENCE, wrapper._AES_256_GCM, tlv(der.SEQUENCE, tlv(der.OCTETS, pieces.nonce)))
    pieces.tag = pieces.tag[:12]


def _chunks() -> bytes:
    def change(pieces: Bent) -> None:
        half = len(pieces.ciphertext) // 2
        parts = tlv(der.OCTETS, pieces.ciphertext[:half]), tlv(der.OCTETS, pieces.ciphertext[half:])
        pieces.sealed = tlv(0xA0, *parts)

    return bent(change)()


def _other_info(tag: int) -> Callable[[], bytes]:
    def change(pieces: Bent) -> None:
        pieces.slots = [pieces.slots[0], tlv(tag, integer(0), tlv(der.OCTETS, bytes(40)))]

    return bent(change)


def _short_rsa(slot: Slot) -> Slot:
    return slot if slot.point else dataclasses.replace(slot, value=slot.value[:128])


def _another_point() -> bytes:
    return commune_key().details.public_key[-65:]


def _exchanged() -> bytes:
    data = good()
    found = wrapper.read(data, "")
    first, second = found.slots
    slots = (dataclasses.replace(first, who=second.who), dataclasses.replace(second, who=first.who))
    return wrapper.write(slots, found.nonce, data[found.start : found.end], found.tag)


def _zeros(pieces: Bent) -> None:
    pieces.ciphertext = pieces.ciphertext[:-512] + bytes(512)


def _bomb() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("answers.json", bytes(20_000_000))
    return made.getvalue()


def _zipped_again() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(plain())) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return made.getvalue()
