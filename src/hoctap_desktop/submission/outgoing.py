"""Files on their way up: what may go, writing it onto a stick stage by stage, and why a stick did not take it."""

import errno
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.attachment_rows import attached
from hoctap_desktop.filing.model import KIND_WORDS as FILING_WORDS
from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import Stage, read_limited, replace_whole
from hoctap_desktop.foundation.volumes import on_stick
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import key_rows, repository, wrapper
from hoctap_desktop.submission.container import KIND_WORDS, MAX_FILE, PackageKind
from hoctap_desktop.submission.encrypted_files import encrypted, why_not
from hoctap_desktop.submission.encrypted_rows import encrypted_written, note_encrypted_written
from hoctap_desktop.submission.enrolment import Request
from hoctap_desktop.submission.examine import describe
from hoctap_desktop.submission.key_rows import TokenPlace
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.model import Verdict
from hoctap_desktop.submission.seal import Sealed
from hoctap_desktop.submission.sending import already_sealed, seal, upper_unit
from hoctap_desktop.submission.signer import Signer
from hoctap_desktop.submission.verdict import subject
from hoctap_desktop.submission.wrapper import is_encrypted
from hoctap_desktop.units.model import Unit

Told = Callable[[Stage], None]
_GONE = (errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO, errno.ENOTDIR, errno.ESTALE, errno.EBADF)
_ROOM_LEFT = 64 * 2**10  # for the folder's own entries and a file system's blocks
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


@dataclass(frozen=True)
class Outgoing:
    """A final revision that can go up. sealed: its file, made before. same_as_paper: the data gives its paper code.

    written_at, written_to: when and where (in words) the file was last written and read back the same. recipient: whom
    the sealed file is for; the office may have moved to another upper unit since. attachments: how many go along.
    """

    filing: Filing
    sealed: Sealed | None
    sealed_at: datetime | None
    same_as_paper: bool
    written_at: datetime | None = None
    written_to: str = ""
    recipient: UnitName | None = None
    attachments: int = 0

    @property
    def parts(self) -> str:
        """What the file holds: "báo cáo, bản in PDF và 2 tệp kèm"."""
        what = FILING_WORDS[self.filing.kind].lower()
        return f"{what}, bản in PDF và {self.attachments} tệp kèm" if self.attachments else f"{what} và bản in PDF"


@dataclass(frozen=True)
class Outbox:
    """upper: whom this office sends to, None when none is named. fingerprint: of the office's key, "" before one.

    token: where the key is when it lies on a token. cannot_encrypt: why what goes up cannot be encrypted, "" if it can.
    """

    upper: Unit | None
    outgoing: tuple[Outgoing, ...]
    fingerprint: str
    token: TokenPlace | None = None
    cannot_encrypt: str = ""

    def of(self, filing_id: str) -> Outgoing | None:
        """The newest final revision of a filing, or None while it has none."""
        return next((one for one in self.outgoing if one.filing.id == filing_id), None)


def outbox(store: Store) -> Outbox:
    """What this office could hand in now, the report before the plan. Raises UserError STORE_DAMAGED."""
    from hoctap_desktop.document.code import paper_code

    found = []
    for newest in filings.all_filings(store):
        finals = [one for one in filings.versions(store, newest.id) if one.status is Status.FINAL]
        if not finals:
            continue
        filing = finals[-1]
        frozen = filings.frozen(store, filing.id, filing.revision)
        sent = repository.sent_package(store, filing.id, filing.revision)
        along = len(attached(store, filing.id, filing.revision))
        same = paper_code(frozen.answers_json) == filing.paper_code
        if sent is None:
            found.append(Outgoing(filing, None, None, same, attachments=along))
        else:
            row, sealed = sent
            if row.written_at is not None:  # the file that went out last, in the form it went out
                sealed = encrypted_written(store, row.package_id, row.written_at) or sealed
            found.append(
                Outgoing(filing, sealed, row.sealed_at, same, row.written_at, row.written_to, row.recipient, along)
            )
    found.sort(key=lambda one: (one.filing.campaign, one.filing.kind.value), reverse=True)
    try:
        upper = upper_unit(store)
    except UserError:
        upper = None
    key = repository.own_key(store)
    place = key_rows.token_place(store, key.key_hash) if key else None
    return Outbox(upper, tuple(found), key.fingerprint if key else "", place, str(why_not(store) or ""))


def sealed_file(store: Store, filing_id: str, key: Signer | None, at: datetime, *, encrypt: bool = False) -> Sealed:
    """The sealed file of the newest final revision: the one made before, byte for byte, else one made with `key`.

    encrypt: whole, to the upper unit's key and the own one; then nothing is sealed unless that can be done.
    Raises UserError KEY_MISSING (none made before and no key given), all of sending.seal, and of
    encrypted_files.encrypted.
    """
    if encrypt and (refusal := why_not(store)):
        raise refusal
    known = already_sealed(store, filing_id)
    if known is None and key is None:
        raise UserError(Code.KEY_MISSING)
    if known is not None:
        return encrypted(store, known, at, key) if encrypt else known
    assert key is not None
    with store.atomic():  # a token that cannot open what it is to encrypt leaves nothing sealed
        sealed = seal(store, filing_id, key, at)
        return encrypted(store, sealed, at, key) if encrypt else sealed


def note_out(store: Store, sealed: Sealed, place: str, at: datetime) -> None:
    """Remembers that a file of sealed_file was written out and read back the same. place: see note_written."""
    with store.atomic():
        repository.note_written(store, sealed.package_id, place, at)
        note_encrypted_written(store, sealed.package_id, sealed.name, at)


def quiet(_stage: Stage) -> None:
    """The listener of one who does not ask."""


def write_to(folder: Path, name: str, data: bytes, told: Told = quiet) -> Path:
    """Writes a file into a folder or onto a stick and reads it back; `told` after each stage. Deletes nothing.

    What can be known is asked before the first byte: is the stick there, may it be written, is there room. Raises
    UserError STICK_GONE, STICK_READ_ONLY, STICK_FULL, FILE_IN_THE_WAY, DISK_FULL, READ_BACK_DIFFERS, FILE_UNWRITABLE.
    Only after it returned "có thể rút USB" may be said (read_back_words).
    """
    # A stick that was pulled leaves its folder behind on some systems; making a new one there would write to the disk.
    if not folder.is_dir():
        raise UserError(Code.STICK_GONE, file=name)
    path = folder / name
    _refuse_another(path, data)
    _check_stick(folder, name, len(data))
    try:
        replace_whole(path, data, told)
    except UserError as refusal:
        raise _stick_refusal(refusal, folder, name) from refusal
    return path


def read_back_words(folder: Path) -> str:
    """What is said after write_to; that a stick may be pulled only where there is one. May wait for a disk."""
    return "Đã đọc lại thấy đúng, có thể rút USB." if on_stick(folder) else "Đã đọc lại thấy đúng."


def _check_stick(folder: Path, name: str, size: int) -> None:
    """Raises UserError STICK_READ_ONLY or STICK_FULL. A volume that does not answer is left to the writing itself."""
    try:
        if sys.platform != "win32" and os.statvfs(folder).f_flag & os.ST_RDONLY:
            raise UserError(Code.STICK_READ_ONLY, file=name)
        free = shutil.disk_usage(folder).free
    except OSError:
        return
    # the old file stays until the new one is whole: room is needed for both
    if free < size + _ROOM_LEFT:
        raise UserError(Code.STICK_FULL, file=name, needed=_megabytes(size + _ROOM_LEFT), free=_megabytes(free))


def _megabytes(size: int) -> str:
    """ "1,2 MB"."""
    return f"{size / 2**20:.1f} MB".replace(".", ",")


def made_folder(folder: Path) -> Path:
    """The folder, made when it is not there: for one who typed its path. A stick's folder is never made.

    Raises UserError(FILE_UNWRITABLE).
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise UserError(Code.FILE_UNWRITABLE, file=str(folder)) from cause
    return folder


def write_enrolment(asked: Request, folder: Path, told: Told = quiet) -> tuple[Path, Path]:
    """Writes the enrolment request and, beside it, the sheet to be printed, signed and stamped.

    Raises as write_to; a file in the way of the request keeps the sheet off the stick too.
    """
    from hoctap_desktop.document.pdf import render  # here: sealing draws no page

    _refuse_another(folder / asked.sealed.name, asked.sealed.data)
    sheet = write_to(folder, Path(asked.sealed.name).with_suffix(".pdf").name, render(asked.sheet).data)
    return write_to(folder, asked.sealed.name, asked.sealed.data, told), sheet


def _refuse_another(path: Path, data: bytes) -> None:
    """Raises UserError(FILE_IN_THE_WAY) when a whole package that is not this one lies where `data` is to go.

    A broken copy may be written over, and a unit's own older request for a key.
    """
    try:
        there = read_limited(path, MAX_FILE)
    except UserError:
        return  # none, or one the system will refuse to replace and say why
    if there == data:
        return
    if is_encrypted(data) and is_encrypted(there):
        _refuse_whole(there, path.name)
        return
    old, new = describe(there, path.name), describe(data, path.name)
    if old.manifest is None or new.manifest is None:
        return
    if old.manifest.kind is new.manifest.kind is PackageKind.ENROLMENT and old.manifest.unit == new.manifest.unit:
        return
    raise UserError(Code.FILE_IN_THE_WAY, file=path.name, found=_whose(old))


def _refuse_whole(there: bytes, name: str) -> None:
    """Nobody here can see what another encrypted file holds; a broken copy may be written over."""
    try:
        wrapper.read(there, name)
    except UserError:
        return
    raise UserError(Code.FILE_IN_THE_WAY, file=name, found="một tệp mã hóa, không xem được bên trong")


def _whose(verdict: Verdict) -> str:
    assert verdict.manifest is not None
    what = subject(verdict.opened) if verdict.opened else KIND_WORDS[verdict.manifest.kind]
    return f"{what} của «{verdict.manifest.unit.name}» (mã {verdict.manifest.unit.code})"


def _stick_refusal(refusal: UserError, folder: Path, name: str) -> UserError:
    cause = refusal.__cause__
    number = cause.errno if isinstance(cause, OSError) else None
    if refusal.code is not Code.FILE_UNWRITABLE:
        return refusal
    if not folder.is_dir() or number in _GONE:
        return UserError(Code.STICK_GONE, file=name)
    if number in _READ_ONLY:
        return UserError(Code.STICK_READ_ONLY, file=name)
    return refusal
