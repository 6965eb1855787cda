"""Files that travel inside a sealed file: are they what their name says, and is there more in a PDF than pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from hoctap_desktop.document.pdf_inside import is_active, is_plain, signature_count
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.file_kind import begins_as
from hoctap_desktop.foundation.messages import sentence
from hoctap_desktop.submission.container import Entry


@dataclass(frozen=True)
class Note:
    """Something a person should know about a package that may be taken all the same."""

    code: Code
    sentence: str


def note(code: Code, **facts: object) -> Note:
    """A note with its sentence from the catalogue."""
    return Note(code, sentence(code, **facts))


def check_file(entry: Entry) -> None:
    """Passes when the first bytes match the extension. Raises UserError(FORBIDDEN_FILE)."""
    if not begins_as(entry.name.rpartition(".")[2], entry.view):
        raise UserError(Code.FORBIDDEN_FILE, entry=entry.name)


def file_notes(entries: Iterable[Entry]) -> tuple[Note, ...]:
    """PDFs that carry scripts or files, and PDFs that bear signatures of an office (kept byte for byte)."""
    found: list[Note] = []
    for entry in entries:
        if entry.name.endswith(".pdf") and not is_plain(entry.view):
            if is_active(entry.data):
                found.append(note(Code.ACTIVE_PDF, entry=entry.name))
            if count := signature_count(entry.data):
                found.append(note(Code.SIGNED_PDF, entry=entry.name, count=count))
    return tuple(found)
