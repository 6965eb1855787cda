"""Attaching files and taking them away: read them, decide, keep them; each change one durable commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hoctap_desktop.document.pdf_inside import is_active, signature_count
from hoctap_desktop.filing import attachment_rows, repository
from hoctap_desktop.filing.attachments import (
    Attachment,
    Offered,
    Refused,
    check_bytes,
    described,
    file_name,
    refusals,
)
from hoctap_desktop.filing.model import KIND_WORDS, Filing, Status
from hoctap_desktop.foundation.boundary import Outside, take_in
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.file_kind import extension_of
from hoctap_desktop.foundation.progress import Progress, silent
from hoctap_desktop.store.attached import fetch, keep
from hoctap_desktop.store.database import Store


@dataclass(frozen=True)
class Attached:
    """taken: those that stand there now and did not before; refused: the others, each with its reason."""

    taken: tuple[Attachment, ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True)
class Got:
    """A file that was read, its bytes what its name says. name: as it is kept."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Beside:
    """The files of the newest revision of a filing. open: some may still be added; why: the sentence when not.

    fixed: numbers of those that stand for good, since the paper was made final with them.
    """

    files: tuple[Attachment, ...]
    open: bool
    why: str = ""
    fixed: frozenset[int] = frozenset()


def beside(store: Store, filing_id: str, number: int | None = None) -> Beside:
    """What stands beside a revision, the newest when none is named. Raises UserError FILING_UNKNOWN, STORE_DAMAGED."""
    filing = _revision(store, filing_id, number)
    files = attachment_rows.attached(store, filing_id, filing.revision)
    fixed = frozenset(one.number for one in files if _is_fixed(filing, one))
    if attachment_rows.closed_at(store, filing_id, filing.revision) is None:
        return Beside(files, True, fixed=fixed)
    return Beside(files, False, str(_closed(filing)), frozenset(one.number for one in files))


def _revision(store: Store, filing_id: str, number: int | None) -> Filing:
    return repository.current(store, filing_id) if number is None else repository.revision(store, filing_id, number)


def read_outside(
    paths: Sequence[Path], standing: Sequence[Attachment], progress: Progress = silent
) -> tuple[Got | Refused, ...]:
    """Reads the files that may be attached beside `standing`, none of them by name and size alone too much.

    Needs no store and holds none up: a stick may not answer for a minute.
    """
    looked = [_look(path) for path in paths]
    offered = [one for one in looked if isinstance(one, Offered)]
    verdicts = dict(zip((id(one) for one in offered), refusals(offered, standing), strict=True))
    found: list[Got | Refused] = []
    for done, (path, one) in enumerate(zip(paths, looked, strict=True)):
        progress(done, len(paths), path.name)
        why = one if isinstance(one, UserError) else verdicts[id(one)]
        if why is None:
            try:
                data = take_in(Outside.ATTACHMENT, path)
                check_bytes(path.name, data)
                found.append(Got(file_name(path.name), data))
            except UserError as refusal:
                why = refusal
        if why is not None:
            found.append(Refused(file_name(path.name), why))
    progress(len(paths), len(paths))
    return tuple(found)


def _look(path: Path) -> Offered | UserError:
    try:
        if path.is_dir():
            return UserError(Code.ATTACHMENT_KIND, file=file_name(path.name), found=" (đây là thư mục)")
        if not path.is_file():
            return UserError(Code.FILE_UNREADABLE, file=path.name)
        return Offered(path.name, path.stat().st_size)
    except OSError:
        return UserError(Code.FILE_UNREADABLE, file=path.name)


def attach(store: Store, filing_id: str, paths: Sequence[Path], progress: Progress = silent) -> Attached:
    """Attaches files to the newest revision, bytes as they are. A final paper still takes its signed scan.

    Raises UserError FILING_UNKNOWN, ATTACHMENTS_CLOSED (the revision was sealed), and those of a failing disk; a file
    that cannot be taken is no error but stands in `refused`.
    """
    revision = _open_revision(store, filing_id, None)
    return attach_to(store, filing_id, revision, paths, progress)


def attach_to(store: Store, owner: str, revision: int, paths: Sequence[Path], progress: Progress = silent) -> Attached:
    """As `attach`, for any owner whose list is open (an entry of the diary: revision 0)."""
    read = read_outside(paths, attachment_rows.attached(store, owner, revision), progress)
    return attach_read_to(store, owner, revision, read)


def attach_read(store: Store, filing_id: str, read: Sequence[Got | Refused], number: int | None = None) -> Attached:
    """As `attach`, of files that were read before; number: of a revision, None for the newest."""
    return attach_read_to(store, filing_id, _open_revision(store, filing_id, number), read)


def attach_read_to(store: Store, owner: str, revision: int, read: Sequence[Got | Refused]) -> Attached:
    """As `attach_to`, of files that were read before."""
    standing = attachment_rows.attached(store, owner, revision)
    known = {one.kept for one in standing}
    got = [one for one in read if isinstance(one, Got)]
    verdicts = iter(refusals([Offered(one.name, len(one.data)) for one in got], standing))
    taken: list[Attachment] = []
    refused: list[Refused] = []
    for one in read:
        if isinstance(one, Refused):
            refused.append(one)
            continue
        try:
            if (why := next(verdicts)) is not None:
                raise why
            taken.append(_keep(store, owner, revision, one, known))
            known.add(taken[-1].kept)
        except UserError as refusal:
            if refusal.code in (Code.DISK_FULL, Code.FILE_UNWRITABLE, Code.READ_BACK_DIFFERS):
                # not by the name it is kept under
                raise UserError(refusal.code, **{**refusal.facts, "file": one.name}) from refusal
            refused.append(Refused(one.name, refusal))
    return Attached(tuple(taken), tuple(refused))


def _open_revision(store: Store, filing_id: str, number: int | None) -> int:
    filing = _revision(store, filing_id, number)
    if attachment_rows.closed_at(store, filing_id, filing.revision) is not None:
        raise _closed(filing)
    return filing.revision


def _keep(store: Store, owner: str, revision: int, got: Got, known: set[str]) -> Attachment:
    extension = extension_of(got.name)
    kept = keep(store, got.data, f".{extension}")
    if kept in known:
        raise UserError(Code.ATTACHED_ALREADY, file=got.name)
    pdf = extension == "pdf"
    new = Attachment(
        0,
        owner,
        revision,
        got.name,
        extension,
        kept,
        len(got.data),
        signature_count(got.data) if pdf else 0,
        pdf and is_active(got.data),
        store.clock(),
    )
    with store.atomic() as db:
        return attachment_rows.insert(db, new)


def remove(store: Store, number: int) -> Attachment:
    """Takes a file away into the trash; its bytes stay. One that is there already stays as it is.

    Raises UserError ATTACHMENT_UNKNOWN, ATTACHMENT_FIXED (the paper was made final with it), ATTACHMENTS_CLOSED.
    """
    one = _changeable(store, number)
    if one.removed_at is None:
        with store.atomic() as db:
            attachment_rows.set_removed(db, number, store.clock())
    return attachment_rows.one(store, number)


def put_back(store: Store, number: int) -> Attachment:
    """Takes a file out of the trash again. Raises UserError as `remove`."""
    _changeable(store, number)
    with store.atomic() as db:
        attachment_rows.set_removed(db, number, None)
    return attachment_rows.one(store, number)


def share(store: Store, number: int, filing_id: str) -> Attachment:
    """Attaches a file of the diary to a filing as well. Raises UserError ATTACHED_ALREADY and those of `attach`."""
    one = attachment_rows.one(store, number)
    filing = repository.current(store, filing_id)
    if attachment_rows.closed_at(store, filing_id, filing.revision) is not None:
        raise _closed(filing)
    standing = attachment_rows.attached(store, filing_id, filing.revision)
    if any(other.kept == one.kept for other in standing):
        raise UserError(Code.ATTACHED_ALREADY, file=one.name)
    if (why := refusals([Offered(one.name, one.size)], standing)[0]) is not None:
        raise why
    new = Attachment(0, filing_id, filing.revision, *_same_file(one), store.clock())
    with store.atomic() as db:
        return attachment_rows.insert(db, new)


def _same_file(one: Attachment) -> tuple[str, str, str, int, int, bool]:
    return one.name, one.extension, one.kept, one.size, one.signatures, one.active


def about(name: str, data: bytes) -> tuple[str, bool]:
    """A file that came in a package: kind, size and signatures in words; whether a PDF carries scripts or files."""
    extension = extension_of(name)
    active = extension == "pdf" and is_active(data)
    signatures = signature_count(data) if extension == "pdf" else 0
    return described(extension, len(data), signatures, active=active), active


def contents(store: Store, one: Attachment) -> bytes:
    """The bytes of an attachment, as they came. Raises UserError STORE_DAMAGED, naming the file."""
    return fetch(store, one.kept, f".{one.extension}")


def _changeable(store: Store, number: int) -> Attachment:
    one = attachment_rows.one(store, number)
    if one.revision == 0:
        return one
    filing = repository.revision(store, one.owner, one.revision)
    if attachment_rows.closed_at(store, one.owner, one.revision) is not None:
        raise _closed(filing)
    if _is_fixed(filing, one):
        raise UserError(Code.ATTACHMENT_FIXED, file=one.name, filing=_words(filing), revision=filing.revision)
    return one


def _is_fixed(filing: Filing, one: Attachment) -> bool:
    final = filing.status is Status.FINAL and filing.finalised_at is not None
    return final and filing.finalised_at is not None and one.added_at <= filing.finalised_at


def _closed(filing: Filing) -> UserError:
    return UserError(Code.ATTACHMENTS_CLOSED, filing=_words(filing), revision=filing.revision)


def _words(filing: Filing) -> str:
    return f"{KIND_WORDS[filing.kind]} {filing.campaign}"
