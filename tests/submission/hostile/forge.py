"""A good file, its pieces, and the seal written anew over whatever stands there."""

import dataclasses
import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.model import FormRef
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.submission import signature
from hoctap_desktop.submission.container import MIMETYPE, SIGNATURE, SUMS, unpack
from hoctap_desktop.submission.keys import Key
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.seal import Attachment, seal_filing
from tests.offices import NOW
from tests.pages import page_saying
from tests.submission import packages
from tests.submission.packages import PNG, commune_key
from tests.submission.zips import Piece

MIME = b"application/vnd.hoctap.goi+zip;v=1;kind=submission"


@dataclass(frozen=True)
class Case:
    """group: of the list in docs/package-format.md. code: of the refusal; None when the file is good."""

    group: str
    name: str
    code: Code
    make: Callable[[], bytes]


@functools.cache
def known_form() -> FormRef:
    """The report form of today: what is wrong with a file shall never be its form."""
    found = form_by_id("report", 1)
    return FormRef(found.id, found.version, found.hash)


def good(
    revision: int = 1,
    previous: str | None = None,
    key: Key | None = None,
    attachments: tuple[Attachment, ...] = (),
    participants: int = 1248,
    at: datetime = NOW,
    recipient: UnitName = packages.UPPER,
    form: FormRef | None = None,
) -> bytes:
    """A report of Hà Thượng that any office would take."""
    filing = dataclasses.replace(
        packages.FILING,
        form=form or known_form(),
        revision=revision,
        answers={**packages.FILING.answers, "participants": participants},
    )
    return seal_filing(
        filing,
        filing_json(filing),
        page_saying(packages.code_of(filing)),
        key or commune_key(),
        recipient,
        at,
        previous=previous,
        attachments=attachments,
    ).data


@functools.cache
def plain() -> bytes:
    """The good file."""
    return good()


@functools.cache
def with_files() -> bytes:
    """The good file with two attachments."""
    return good(attachments=(Attachment("Anh 1.png", PNG), Attachment("Anh 2.png", PNG + b"2")))


def pieces(data: bytes | None = None) -> list[Piece]:
    """The entries of a good file, ready to be bent."""
    container = unpack(data or plain())
    listed = [(MIMETYPE, MIME), *((entry.name, entry.data) for entry in container.entries)]
    return [Piece(name.encode(), content) for name, content in listed]


def named(found: list[Piece], name: str) -> Piece:
    """The piece called `name`."""
    return next(piece for piece in found if piece.name == name.encode())


def resealed(found: list[Piece], key: Key | None = None, listed: bytes | None = None, cms: bytes | None = None) -> None:
    """Writes the seal over `found` anew: sums and signature fit what stands there."""
    body = [piece for piece in found if not piece.name.startswith(b"SEAL/")]
    text = listed
    if text is None:
        text = b"".join(hashlib.sha256(one.data).hexdigest().encode() + b"  " + one.name + b"\n" for one in body)
    named(found, SUMS).data = text
    named(found, SIGNATURE).data = signature.sign(text, key or commune_key(), NOW) if cms is None else cms
