"""The boundary: every file that comes from outside is taken in here and nowhere else (docs/security.md).

One row for each kind of file: how large it may be, asked before it is read, and where it is read. Files in formats of
others (Excel, Word, PDF) are read in a process of their own, under limits of time and memory (bounded.py). Files in
formats of our own have strict readers of one shape, linear in a size that is limited here: those run where they are
asked for. Nothing here or in a reader writes anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from hoctap_desktop.foundation.bounded import run_bounded
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import decoded, read_into, read_limited

_KB, _MB = 2**10, 2**20


class Outside(StrEnum):
    """Every kind of file that a person or another office may hand to the program."""

    PACKAGE = "package"
    FILLED = "filled"
    FORM = "form"
    CAMPAIGN = "campaign"
    OFFICE = "office"
    ENTRIES = "entries"
    PASSPHRASE = "passphrase"
    KEY = "key"
    PLAN = "plan"
    WORD = "word"
    WORKBOOK = "workbook"
    ATTACHMENT = "attachment"
    PDF_WORDS = "pdf_words"
    PDF_PICTURE = "pdf_picture"
    PDF_PAGES = "pdf_pages"
    PDF_LETTERS = "pdf_letters"


@dataclass(frozen=True)
class Passage:
    """most: bytes. apart: "module:function" that reads it in a process of its own, "" for a reader of our own format.

    seconds: how long it may take there.
    """

    most: int
    apart: str = ""
    seconds: int = 30


PASSAGES: Mapping[Outside, Passage] = MappingProxyType(
    {
        Outside.PACKAGE: Passage(64 * _MB),
        Outside.FILLED: Passage(4 * _MB),
        Outside.FORM: Passage(1 * _MB),
        Outside.CAMPAIGN: Passage(1 * _MB),
        Outside.OFFICE: Passage(4 * _MB),
        Outside.ENTRIES: Passage(4 * _MB),
        Outside.PASSPHRASE: Passage(64 * _KB),
        Outside.KEY: Passage(64 * _KB),  # read here: its passphrase goes to no other process
        Outside.PLAN: Passage(20 * _MB),  # a Word file or a text: which, its bytes tell
        Outside.WORD: Passage(20 * _MB, "hoctap_desktop.plan.docx_reader:read_in_child"),
        Outside.WORKBOOK: Passage(8 * _MB, "hoctap_desktop.document.sheet_cells:read_in_child"),
        Outside.ATTACHMENT: Passage(32 * _MB),  # looked through for marks, never parsed
        Outside.PDF_WORDS: Passage(32 * _MB, "hoctap_desktop.document.pdf_outside:words_in_child", 10),
        Outside.PDF_PICTURE: Passage(32 * _MB, "hoctap_desktop.document.pdf_outside:picture_in_child", 10),
        Outside.PDF_PAGES: Passage(32 * _MB, "hoctap_desktop.document.pdf_outside:pages_in_child"),
        Outside.PDF_LETTERS: Passage(32 * _MB, "hoctap_desktop.document.pdf_outside:letters_in_child"),
    }
)


def take_in(kind: Outside, path: Path) -> bytes:
    """The bytes of a file from outside. Raises UserError FILE_UNREADABLE, FILE_TOO_LARGE (nothing past it is read)."""
    return read_limited(path, PASSAGES[kind].most)


def take_in_into(kind: Outside, path: Path, room: bytearray) -> bytearray:
    """As take_in, into memory used before (files.read_into). Raises also BufferError."""
    return read_into(path, PASSAGES[kind].most, room)


def take_in_text(kind: Outside, path: Path) -> str:
    """The text of a UTF-8 file from outside. Raises UserError also NOT_TEXT."""
    return decoded(take_in(kind, path), path.name)


def read_apart(kind: Outside, data: bytes, name: str, **options: JsonValue) -> JsonValue:
    """What the reader of this kind makes of the bytes, in a process of its own. name: of the file, for sentences.

    Raises UserError: the reader's own refusals, READ_FAILED, READ_TOO_SLOW, READ_TOO_LARGE. Never anything else.
    """
    passage = PASSAGES[kind]
    if len(data) > passage.most:
        raise UserError(Code.FILE_TOO_LARGE, file=name, limit=f"{passage.most // _MB} MB")
    return run_bounded(passage.apart, data, name, seconds=passage.seconds, options=options)
