"""What a sealed file is once it has been read, and what is said of it. Pure: knows no keys, no store."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from hoctap_desktop.document.code import paper_code
from hoctap_desktop.filing.content import Content
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.submission.attachments import Note
from hoctap_desktop.submission.campaign_file import CampaignFile
from hoctap_desktop.submission.certificate import Certificate
from hoctap_desktop.submission.container import ANSWERS, Container, Entry, PackageKind, identity_of
from hoctap_desktop.submission.fingerprint import fingerprint
from hoctap_desktop.submission.ledger import Taken
from hoctap_desktop.submission.manifest import Manifest
from hoctap_desktop.submission.reply import Reply
from hoctap_desktop.submission.roster import Roster
from hoctap_desktop.units.model import Unit

# Whose sentences leave nothing to do: a line with one of these stands among what changed nothing.
NOTHING_TO_DO = frozenset({Code.ALREADY_RECEIVED, Code.OLD_REVISION, Code.REPLY_OLDER, Code.OWN_FILE_BACK})


@dataclass(frozen=True)
class Envelope:
    """A sealed file whose bytes are those that were signed, by somebody. Its content has not been read.

    package_id: SHA-256 of SEAL/SHA256SUMS, hex. signed_at: by the signer's clock, +07:00. untouched: the names of
    prints that are, byte for byte, as a program like this one wrote them (document/pdf_file.as_written).
    """

    file_name: str
    container: Container
    package_id: str
    signer: Certificate
    signed_at: datetime
    untouched: frozenset[str] = frozenset()

    @property
    def kind(self) -> PackageKind:
        return self.container.kind

    @cached_property
    def fingerprint(self) -> str:
        """Of the key that signed it, as on paper."""
        return fingerprint(self.signer.key_hash)

    @property
    def identity(self) -> str:
        """What the file it was read from is known by (unseal.identity)."""
        return identity_of(self.container, self.package_id)


@dataclass(frozen=True)
class Enrolment:
    """The content of an enrolment request: who asks, with which certificate (DER).

    endorsement: what the unit's key before this one says of it (endorsement.py), b"" for nothing.
    """

    unit: Unit
    certificate: bytes
    endorsement: bytes = b""


@dataclass(frozen=True)
class Opened:
    """A sealed file read whole. body: the content of answers.json, by kind. notes: about files inside."""

    envelope: Envelope
    manifest: Manifest
    body: Content | Enrolment | Roster | Reply | CampaignFile
    notes: tuple[Note, ...]

    @property
    def package_id(self) -> str:
        return self.envelope.package_id

    @property
    def answers_json(self) -> bytes:
        """The frozen bytes the paper code is drawn from."""
        return self.envelope.container.get(ANSWERS)

    @cached_property
    def paper_code(self) -> str:
        """What stands at the foot of the paper, when paper and file are one."""
        return paper_code(self.answers_json)

    @property
    def filing(self) -> Content:
        """The filing inside. Only for kind submission."""
        assert isinstance(self.body, Content)
        return self.body

    @property
    def prints(self) -> tuple[Entry, ...]:
        return self.envelope.container.prints

    @property
    def attachments(self) -> tuple[Entry, ...]:
        return self.envelope.container.attachments


@dataclass(frozen=True)
class Verdict:
    """The answer to "may this file be taken in, and if not, why".

    code: None when it may, or (without a roster) when nothing is wrong with the file itself. sentence: for a person.
    intact: the bytes are those that were signed. signer_known: the key is in our roster. may_speak_for_unit: it is the
    key of the unit named inside. is_for_us: we are the recipient named inside. The last three are False when not asked.
    manifest: as far as it could be read; believe it only when acceptable. opened: the content, when read whole.
    epoch: of the key by our roster, to be kept with what is taken in. older: what this replaces.
    """

    file_name: str
    code: Code | None
    sentence: str
    notes: tuple[Note, ...] = ()
    intact: bool = False
    signer_known: bool = False
    may_speak_for_unit: bool = False
    is_for_us: bool = False
    package_id: str = ""
    fingerprint: str = ""
    manifest: Manifest | None = None
    opened: Opened | None = None
    epoch: int = 0
    older: Taken | None = None

    @property
    def acceptable(self) -> bool:
        """Take it in."""
        return self.code is None and self.intact and self.signer_known and self.may_speak_for_unit and self.is_for_us

    @property
    def quiet(self) -> bool:
        """Nothing to do and nothing wrong."""
        return self.code in NOTHING_TO_DO
