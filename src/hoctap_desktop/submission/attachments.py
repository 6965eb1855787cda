"""Files that travel inside a sealed file: are they what their name says, and is there more in a PDF than pages."""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.messages import sentence
from hoctap_desktop.submission.container import Entry

_MAGIC: Mapping[str, bytes] = {
    "pdf": b"%PDF-",
    "jpg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
    "xlsx": b"PK\x03\x04",
    "docx": b"PK\x03\x04",
}
_OFFICE_PART: Mapping[str, bytes] = {"xlsx": b"xl/workbook", "docx": b"word/document"}
# Each with what must follow it: three letters alone turn up by chance in a few megabytes of a scan.
_ACTIVE = re.compile(
    rb"/(?:JS|AA|XFA|Encrypt|Launch)\s*(?:[(<\[/>]|\d+\s+\d+\s+R)"
    rb"|/(?:JavaScript|EmbeddedFiles?|RichMedia|SubmitForm|Launch)(?![A-Za-z0-9])"
)
_HEX_LETTER = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT_STREAM = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_SIGNED = re.compile(rb"/ByteRange\s*\[")
# Far more than any print or scan has; past it a file is not looked through but asked about.
_LARGEST_UNPACKED = 32 * 2**20
_MOST_STREAMS = 400


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
    extension = entry.name.rpartition(".")[2]
    part = _OFFICE_PART.get(extension, b"")
    if not entry.data.startswith(_MAGIC[extension]) or part not in entry.data:
        raise UserError(Code.FORBIDDEN_FILE, entry=entry.name)


def file_notes(entries: Iterable[Entry]) -> tuple[Note, ...]:
    """PDFs that carry scripts or files, and PDFs that bear signatures of an office (kept byte for byte)."""
    found: list[Note] = []
    for entry in entries:
        if entry.name.endswith(".pdf"):
            if is_active(entry.data):
                found.append(note(Code.ACTIVE_PDF, entry=entry.name))
            if count := len(_SIGNED.findall(entry.data)):
                found.append(note(Code.SIGNED_PDF, entry=entry.name, count=count))
    return tuple(found)


def is_active(pdf: bytes) -> bool:
    """True when a PDF names scripts, actions that start something, or files inside it, also within object streams.

    Looks for names, does not parse: a false alarm costs one question before the file is opened. What nobody can look
    into (encrypted, packed in an unusual way, packed out of all proportion) counts as well.
    """
    if pdf.count(b"/ObjStm") > _MOST_STREAMS or _names_action(pdf):
        return True
    room = _LARGEST_UNPACKED
    for start in _OBJECT_STREAM.finditer(pdf):
        stream = zlib.decompressobj()
        try:
            inside = stream.decompress(memoryview(pdf)[start.end() :], room)
        except zlib.error:
            return True
        room -= len(inside)
        if room <= 0 or not stream.eof or _names_action(inside):
            return True
    return False


def _names_action(data: bytes) -> bool:
    # a name may spell any letter as #xx: /J#61vaScript
    spelled = _HEX_LETTER.sub(lambda letter: bytes.fromhex(letter[1].decode()), data) if b"#" in data else data
    return _ACTIVE.search(spelled) is not None
