"""Encrypted files of an office: whom they can be for, the one made of a sealed file, which key opens one that came."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import key_rows, repository, wrapper
from hoctap_desktop.submission.certificate import Certificate, read_certificate
from hoctap_desktop.submission.encrypted_rows import Readers, encrypted_package, remember_encrypted
from hoctap_desktop.submission.encryption import can_be_encrypted_to, check_opens, decrypt, encrypt
from hoctap_desktop.submission.key_rows import TokenPlace
from hoctap_desktop.submission.keys import from_pkcs12
from hoctap_desktop.submission.repository import OwnKey
from hoctap_desktop.submission.seal import EXTENSION, Sealed
from hoctap_desktop.submission.sending import upper_unit
from hoctap_desktop.submission.signer import Opener, Signer
from hoctap_desktop.submission.tokens import TokenSigner, open_token
from hoctap_desktop.submission.wrapper import is_encrypted

# The token was pulled out, or does not answer: whoever holds its key has to ask for the PIN anew.
_LOGIN_GONE = frozenset({Code.TOKEN_MISSING, Code.TOKEN_SLOW, Code.TOKEN_BROKE, Code.TOKEN_REFUSED})
# In the name, so that both kinds of one package may lie on one stick.
_MARK = "-ma-hoa"


@dataclass(frozen=True)
class OwnReader:
    """A key of this office that files may be encrypted to, of today or of before. words: which one, for a person.

    pkcs12: under its passphrase, b"" on a token. token: where it is then. current: it is the one that signs.
    """

    key_hash: str
    certificate: bytes = field(repr=False)
    pkcs12: bytes = field(repr=False)
    words: str
    token: TokenPlace | None = None
    current: bool = False

    @property
    def who(self) -> bytes:
        """How a file names this key."""
        return wrapper.who(read_certificate(self.certificate))


def recipient(store: Store) -> Certificate:
    """The upper unit's key of today, as it was compared on paper.

    Raises UserError NO_UPPER_UNIT, RECIPIENT_KEY_UNKNOWN, RECIPIENT_KEY_ONLY_SIGNS, STORE_DAMAGED.
    """
    upper = upper_unit(store)
    name = upper.short_name or upper.name
    today = store.clock().astimezone(VIETNAM).date()
    known = [key for key in repository.roster(store).keys_of(upper.code) if not key.revoked and key.valid_to >= today]
    # a key that was replaced today is open until tonight: the one that runs longer follows it
    newest = max(known, key=lambda one: (one.accepted, one.valid_to), default=None)
    certificate = repository.roster_certificate(store, newest.key_hash) if newest else None
    if not certificate:
        raise UserError(Code.RECIPIENT_KEY_UNKNOWN, recipient=name)
    if not can_be_encrypted_to(certificate):
        raise UserError(Code.RECIPIENT_KEY_ONLY_SIGNS, recipient=name)
    return read_certificate(certificate)


def readers(store: Store, key: Opener | None = None) -> tuple[Certificate, Certificate]:
    """Whose keys open what this office encrypts: the upper unit's and its own, which is `key` where that signs.

    Raises UserError KEY_MISSING, OWN_KEY_ONLY_SIGNS, and those of recipient.
    """
    theirs, own = recipient(store), key or repository.own_key(store)
    if own is None:
        raise UserError(Code.KEY_MISSING)
    if not can_be_encrypted_to(own.certificate):
        raise UserError(Code.OWN_KEY_ONLY_SIGNS)
    return theirs, read_certificate(own.certificate)


def why_not(store: Store) -> UserError | None:
    """Why this office cannot encrypt what it sends today, None when it can (once it has a key). Writes nothing."""
    try:
        readers(store)
    except UserError as refusal:
        if refusal.code is Code.KEY_MISSING:  # made when the first package is sealed
            return None
        return refusal
    return None


def encrypted(store: Store, sealed: Sealed, at: datetime, key: Opener | None = None) -> Sealed:
    """The sealed file, encrypted to the upper unit and to this office; the one made before while the keys are the same.

    key: the one that signs, opened: the office's, or that of the unit which took its place. Needed when the office has
    none, and the first time when it lies on a token, to try whether that can open files.
    Raises UserError KEY_MISSING, TOO_LARGE, TOKEN_…, those of readers, and of a full disk.
    """
    theirs, own = readers(store, key)
    pair = Readers(theirs.key_hash, own.key_hash)
    known = encrypted_package(store, sealed.package_id, pair)
    if known is not None:
        return known
    if key_rows.token_place(store, own.key_hash) is not None:
        if key is None:
            raise UserError(Code.KEY_MISSING)
        check_opens(key)
    name = sealed.name.removesuffix(EXTENSION) + _MARK + EXTENSION
    made = Sealed(name, encrypt(sealed.data, (theirs, own)), sealed.package_id)
    remember_encrypted(store, made, pair, at)
    return made


def own_readers(store: Store) -> tuple[OwnReader, ...]:
    """Every key of this office, today's first. Raises UserError(STORE_DAMAGED)."""
    own = repository.own_key(store)
    found = [replace(_reader(store, own, "khóa đang dùng"), current=True)] if own is not None else []
    for one in reversed(key_rows.former_keys(store)):
        day = print_date(one.closed_at.astimezone(VIETNAM).date())
        found.append(_reader(store, one.key, f"khóa cũ, thay ngày {day}"))
    return tuple(found)


def wanted(store: Store, files: Sequence[bytes]) -> tuple[OwnReader, ...]:
    """The keys of this office that open encrypted files, each once; `files`: their bytes, or as many as HEAD."""
    named = {slot.who for one in files for slot in wrapper.slots_in(one)}
    return tuple(one for one in own_readers(store) if one.who in named) if named else ()


def unlock(readers: Sequence[OwnReader], passphrase: str) -> tuple[Signer, ...]:
    """Those of the keys that `passphrase` opens; one on a token only when it is asked for alone (a PIN is tried once).

    Raises UserError WRONG_PASSPHRASE (it opens none), TOKEN_…
    """
    if len(readers) == 1 and readers[0].token is not None:
        return (open_token(readers[0].token, passphrase),)
    found: list[Signer] = []
    for one in readers:
        if one.pkcs12:
            try:
                found.append(from_pkcs12(one.pkcs12, passphrase))
            except UserError as refusal:
                if refusal.code is not Code.WRONG_PASSPHRASE:
                    raise
    if not found:
        raise UserError(Code.WRONG_PASSPHRASE)
    return tuple(found)


class Unlocker:
    """Gives the signed file inside an encrypted one, for readers of files of both kinds. keys: those that are open."""

    def __init__(self, store: Store, keys: Sequence[Opener] = ()) -> None:
        self._store, self._keys = store, tuple(keys)
        self._own: tuple[OwnReader, ...] | None = None

    def plain(self, data: bytes, file_name: str) -> bytes:
        """`data` itself when it is not encrypted.

        Raises UserError ENCRYPTED_LOCKED (for a key of this office that is not open), and those of encryption.decrypt.
        """
        if not is_encrypted(data):
            return data
        data = bytes(data)  # a group of files is read into rooms that are used again
        try:
            return decrypt(data, file_name, self._keys)
        except UserError as refusal:
            if refusal.code in _LOGIN_GONE:
                for key in self._keys:
                    if isinstance(key, TokenSigner):
                        key.close()
            if refusal.code is not Code.ENCRYPTED:
                raise
            if self._own is None:
                self._own = own_readers(self._store)
            named = {slot.who for slot in wrapper.slots_in(data)}
            closed = next((one for one in self._own if one.who in named), None)
            if closed is None:
                raise
            raise UserError(Code.ENCRYPTED_LOCKED, file=refusal.facts["file"], key=closed.words) from refusal


def _reader(store: Store, key: OwnKey, words: str) -> OwnReader:
    place = key_rows.token_place(store, key.key_hash)
    made = OwnReader(key.key_hash, key.certificate, key.pkcs12, words, place)
    return replace(made, words=f"{words}, trên thiết bị ký «{place.label}»") if place is not None else made
