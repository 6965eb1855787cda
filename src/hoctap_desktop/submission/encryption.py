"""Encrypting a sealed file whole, and opening it again: AES-256-GCM, its key given to two certificates.

P-256: ephemeral-static ECDH, X9.63 derivation with SHA-256, AES-256 key wrap. RSA: OAEP with SHA-256. What is inside is
the signed file byte for byte; whose it is, only its seal says.
"""

import os
from collections.abc import Sequence

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.submission import wrapper
from hoctap_desktop.submission.certificate import Certificate, read_certificate
from hoctap_desktop.submission.der import NotDer
from hoctap_desktop.submission.signature import signs_with
from hoctap_desktop.submission.signer import Opener
from hoctap_desktop.submission.wrapper import Slot, Wrapped, is_encrypted, names_words, who


def can_be_encrypted_to(certificate: bytes) -> bool:
    """True when the certificate lets its key be used so: P-256 with keyAgreement, RSA with keyEncipherment.

    A certificate that says nothing of uses (a token's) allows them all. One made by a program that could not open
    encrypted files says that it only signs.
    """
    from cryptography import x509

    try:
        kind = signs_with(read_certificate(certificate))
        uses = x509.load_der_x509_certificate(certificate).extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return bool(kind)
    except (NotDer, ValueError, x509.DuplicateExtension):
        return False
    return bool(kind) and bool(uses.key_agreement if kind == "ecdsa" else uses.key_encipherment)


def encrypt(data: bytes, readers: Sequence[Certificate]) -> bytes:
    """`data` for two certificates of different keys, which can_be_encrypted_to. Raises UserError(TOO_LARGE)."""
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import GCM

    if len({one.key_hash for one in readers}) != 2:
        raise AssertionError("an encrypted file is for two different keys")
    key, nonce = os.urandom(wrapper.KEK), os.urandom(wrapper.NONCE)
    slots = [_slot(one, key) for one in readers]
    cipher = Cipher(AES(key), GCM(nonce)).encryptor()
    ciphertext = cipher.update(data) + cipher.finalize()
    return wrapper.write(slots, nonce, ciphertext, cipher.tag)


def decrypt(data: bytes, file_name: str, keys: Sequence[Opener]) -> bytes:
    """What was encrypted, byte for byte. Nothing is said of whether it is a package.

    Raises UserError: all of wrapper.read; ENCRYPTED (for none of `keys`), DAMAGED_ENCRYPTION (not what was
    encrypted), TOKEN_…
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import GCM

    file_name = clean_line(file_name)
    found = wrapper.read(data, file_name)
    for key in keys:
        slot = slot_of(found, key.certificate)
        if slot is not None:
            break
    else:
        raise UserError(Code.ENCRYPTED, file=file_name, readers=names_words(found.slots))
    cipher = Cipher(AES(_content_key(slot, key, file_name)), GCM(found.nonce, found.tag)).decryptor()
    content = cipher.update(memoryview(data)[found.start : found.end])
    try:
        return content + cipher.finalize()  # nobody sees the content before the tag was found to fit
    except InvalidTag as cause:
        raise UserError(Code.DAMAGED_ENCRYPTION, file=file_name) from cause


def check_opens(key: Opener) -> None:
    """Tries whether a key opens what is encrypted to it: tokens differ in what they can do.

    Raises UserError TOKEN_CANNOT_OPEN, TOKEN_…
    """
    made = os.urandom(wrapper.KEK)
    if _content_key(_slot(read_certificate(key.certificate), made), key, "") != made:
        raise UserError(Code.TOKEN_CANNOT_OPEN)


def slot_of(found: Wrapped, certificate: bytes) -> Slot | None:
    """The slot for the key of a certificate, None when the file is not for it."""
    details = read_certificate(certificate)
    slot = next((one for one in found.slots if one.who == who(details)), None)
    fits = slot is not None and bool(slot.point) is (signs_with(details) == "ecdsa")
    return slot if fits else None


def refuse_encrypted(data: bytes, file_name: str) -> None:
    """For readers of what is not encrypted. Raises UserError ENCRYPTED, and all of wrapper.read."""
    if is_encrypted(data):
        found = wrapper.read(data, file_name)
        raise UserError(Code.ENCRYPTED, file=file_name, readers=names_words(found.slots))


def _slot(reader: Certificate, key: bytes) -> Slot:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    public = serialization.load_der_public_key(reader.public_key)
    if isinstance(public, rsa.RSAPublicKey):
        from hoctap_desktop.submission.keys import oaep

        return Slot(who(reader), b"", public.encrypt(key, oaep()))
    assert isinstance(public, ec.EllipticCurvePublicKey)
    ephemeral = ec.generate_private_key(ec.SECP256R1())
    point = ephemeral.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return Slot(who(reader), point, _wrap(ephemeral.exchange(ec.ECDH(), public), key))


def _content_key(slot: Slot, key: Opener, file_name: str) -> bytes:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    try:
        if not slot.point:
            found = key.recover(slot.value)
        else:
            # a point off the curve, answered, would tell of the private key
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), slot.point)
            found = aes_key_unwrap(_derived(key.agree(slot.point)), slot.value)
    except (InvalidUnwrap, ValueError) as cause:
        raise UserError(Code.DAMAGED_ENCRYPTION, file=file_name) from cause
    if len(found) != wrapper.KEK:
        raise UserError(Code.DAMAGED_ENCRYPTION, file=file_name)
    return found


def _wrap(secret: bytes, key: bytes) -> bytes:
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap

    return aes_key_wrap(_derived(secret), key)


def _derived(secret: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF

    return X963KDF(hashes.SHA256(), wrapper.KEK, wrapper.shared_info()).derive(secret)
