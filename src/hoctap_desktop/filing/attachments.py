"""Files attached to a filing: which may be, and why not, said before a byte is copied. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.file_kind import TRAVELLING, begins_as, extension_of, what_is
from hoctap_desktop.foundation.text import clean_line

# What a sealed file can carry (package-format.md), less the room its own entries and pages take.
LARGEST = 32 * 2**20
MOST_BYTES = 56 * 2**20
MOST = 190
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
# A copy that is looked at lies in a folder of passing things, whose path Windows counts too (260 letters).
_LONGEST_NAME, _MOST_BYTES_OF_A_NAME, _LONGEST_ENDING = 140, 240, 8
_NO_NAMES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d) *", re.IGNORECASE)  # devices of Windows, with any ending
_MB = 2**20
_NAMED = 3


@dataclass(frozen=True)
class Attachment:
    """One file beside a filing or an entry of the diary; its bytes are kept as they came.

    number: its name in the store. owner: filing id, or "diary-<number>"; revision: of the filing, 0 for the diary.
    name: as it was called. kept: SHA-256 of its bytes. size: bytes. signatures: how many a PDF bears.
    active: a PDF that carries scripts or files, opened only after a question.
    """

    number: int
    owner: str
    revision: int
    name: str
    extension: str
    kept: str
    size: int
    signatures: int
    active: bool
    added_at: datetime
    removed_at: datetime | None = None


@dataclass(frozen=True)
class Offered:
    """A file somebody wants to attach, before it is read. size: bytes."""

    name: str
    size: int


@dataclass(frozen=True)
class Refused:
    """A file that was not taken, and why."""

    name: str
    why: UserError


def refusals(offered: Sequence[Offered], standing: Sequence[Attachment]) -> tuple[UserError | None, ...]:
    """For each file in turn why it cannot be taken, by name and size alone; None: it may be read.

    Those that may be taken count for the ones after them. Codes: ATTACHMENT_KIND, ATTACHMENT_TOO_LARGE,
    ATTACHMENTS_FULL, ATTACHMENTS_MANY.
    """
    count, room = len(standing), MOST_BYTES - sum(one.size for one in standing)
    found: list[UserError | None] = []
    for one in offered:
        why = _refusal(one, count, room, standing)
        found.append(why)
        if why is None:
            count, room = count + 1, room - one.size
    return tuple(found)


def _refusal(one: Offered, count: int, room: int, standing: Sequence[Attachment]) -> UserError | None:
    name = file_name(one.name)
    if extension_of(one.name) not in TRAVELLING:
        return UserError(Code.ATTACHMENT_KIND, file=name, found="")
    if one.size > LARGEST:
        return UserError(Code.ATTACHMENT_TOO_LARGE, file=name, size=size_words(one.size), limit=size_words(LARGEST))
    if count >= MOST:
        return UserError(Code.ATTACHMENTS_MANY, file=name, limit=MOST)
    if one.size > room:
        facts = {"size": size_words(one.size), "room": size_words(max(0, room)), "limit": size_words(MOST_BYTES)}
        most = heaviest((there.name, there.size) for there in standing)
        facts["heaviest"] = f" Đang kèm, nặng nhất: {most}." if most else ""
        return UserError(Code.ATTACHMENTS_FULL, file=name, **facts)
    return None


def check_bytes(name: str, data: bytes) -> None:
    """Passes when the bytes are what the name says. Raises UserError(ATTACHMENT_KIND) saying what they are."""
    if not begins_as(extension_of(name), data):
        raise UserError(Code.ATTACHMENT_KIND, file=file_name(name), found=f" ({what_is(data)})")


def file_name(name: str, extension: str = "") -> str:
    """The name of a file as it is kept and offered again: one clean line that every system takes as a name.

    extension: what the bytes are. A name somebody else gave ("Giấy mời.bat") then ends in it whatever it says, else
    opening the file would run it.
    """
    clean = _NOT_IN_NAMES.sub("_", clean_line(name))
    stem, _, ending = clean.rpartition(".")
    if not extension_of(clean) or len(ending) > _LONGEST_ENDING:
        stem, ending = clean, ""
    if extension and extension_of(clean) != extension:
        stem, ending = clean, extension
    ending = f".{ending}" if ending else ""
    stem = stem.strip(". ")
    while len(stem) > _LONGEST_NAME or len(f"{stem}{ending}".encode()) > _MOST_BYTES_OF_A_NAME:
        stem = stem[:-1].rstrip(". ")
    if _NO_NAMES.fullmatch(stem.partition(".")[0]):
        stem = f"_{stem}"
    return f"{stem or 'tep'}{ending}"


def size_words(size: int) -> str:
    """ "12 KB", "3,4 MB"."""
    if size < _MB:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / _MB:.1f} MB".replace(".0 ", " ").replace(".", ",")


def heaviest(files: Iterable[tuple[str, int]]) -> str:
    """ "«quét.pdf» 30 MB, «ảnh.jpg» 12 MB": the three largest of (name, bytes); "" for none."""
    most = sorted(files, key=lambda file: -file[1])[:_NAMED]
    return ", ".join(f"«{name}» {size_words(size)}" for name, size in most)


def kind_words(one: Attachment) -> str:
    """ "PDF, 340 KB, có 2 chữ ký số trong tệp"."""
    return described(one.extension, one.size, one.signatures, active=one.active)


def described(extension: str, size: int, signatures: int, *, active: bool) -> str:
    """As kind_words, of any file that travels beside a paper."""
    parts = [_KINDS[extension], size_words(size)]
    if signatures:
        parts.append(f"có {signatures} chữ ký số trong tệp")
    if active:
        parts.append("có đoạn lệnh hoặc tệp bên trong")
    return ", ".join(parts)


_KINDS = {"pdf": "PDF", "jpg": "Ảnh JPG", "png": "Ảnh PNG", "xlsx": "Bảng Excel", "docx": "Văn bản Word"}
