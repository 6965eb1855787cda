"""A verdict on any bytes whatever: with the roster of an office, or without any store."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hoctap_desktop.document.pdf_outside import carries_code
from hoctap_desktop.filing.content import Content
from hoctap_desktop.foundation.boundary import Outside, take_in
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.submission.attachments import note
from hoctap_desktop.submission.container import PackageKind
from hoctap_desktop.submission.contents import read_contents, read_manifest
from hoctap_desktop.submission.model import Envelope, Verdict
from hoctap_desktop.submission.unseal import open_seal, open_seals
from hoctap_desktop.submission.verdict import Known, Receiver, judge, subject

# What to do next with a whole file, by what it is.
_TO_DO = {
    PackageKind.SUBMISSION: "Cấp trên: so dãy số với phiếu đăng ký có dấu, rồi tiếp nhận gói.",
    PackageKind.ENROLMENT: "Cấp trên: so dãy số với phiếu đăng ký có dấu, khớp thì nhận khóa.",
    PackageKind.REPLY: "Đơn vị nhận phiếu: mở tệp trên máy mình; lần đầu thì so dãy số với phiếu giấy của cấp trên.",
    PackageKind.ROSTER: "Đơn vị cấp dưới: mở tệp trên máy của mình; lần đầu thì so dãy số với phiếu giấy của cấp trên.",
    PackageKind.CAMPAIGN: "Đơn vị cấp dưới: mở tệp trên máy của mình để nhận ngày, hạn nộp, biểu mẫu của đợt.",
}


def examine(data: bytes, file_name: str, receiver: Receiver) -> Verdict:
    """The verdict on any bytes whatever. Never raises UserError."""
    opened = opened_seal(data, file_name)
    return opened if isinstance(opened, Verdict) else examine_opened(opened, receiver)


def opened_seal(data: bytes, file_name: str) -> Envelope | Verdict:
    """A file whose seal holds, or the verdict on one whose does not. Never raises UserError."""
    return opened_seals([(data, file_name)])[0]


def opened_seals(files: Sequence[tuple[bytes, str]]) -> list[Envelope | Verdict]:
    """As opened_seal, of several files."""
    return [
        Verdict(clean_line(name), found.code, str(found)) if isinstance(found, UserError) else found
        for (_, name), found in zip(files, open_seals(files), strict=True)
    ]


def examine_opened(envelope: Envelope, receiver: Receiver) -> Verdict:
    """As examine, of a file whose seal was found to hold."""
    return _with_print_looked_at(judge(envelope, receiver))


def describe_file(path: Path) -> Verdict:
    """As describe, for a file on a disk; one that cannot be read is a verdict too. Never raises UserError."""
    try:
        return describe(take_in(Outside.PACKAGE, path), path.name)
    except UserError as refusal:
        return Verdict(clean_line(path.name), refusal.code, str(refusal))


def describe(data: bytes, file_name: str) -> Verdict:
    """What a file is, without a store: who, which, whether it is whole. Whether to trust the key is left open."""
    try:
        envelope = open_seal(data, file_name)
    except UserError as refusal:
        return Verdict(clean_line(file_name), refusal.code, str(refusal))
    known = Known(envelope)
    try:
        known.manifest = read_manifest(envelope)
        known.opened = read_contents(envelope, known.manifest)
    except UserError as refusal:
        return known.verdict(refusal.code, str(refusal))
    known.notes = list(known.opened.notes)
    signed = f"{envelope.signed_at:%d/%m/%Y lúc %H:%M}"
    verdict = known.verdict(
        None,
        f"{subject(known.opened)} của «{known.manifest.unit.name}», gửi «{known.manifest.recipient.name}», "
        f"ký ngày {signed}. Còn nguyên vẹn từ khi ký. Dãy số khóa: {envelope.fingerprint}. "
        f"{_TO_DO[envelope.kind]}",
    )
    return _with_print_looked_at(verdict)


def _with_print_looked_at(verdict: Verdict) -> Verdict:
    """Paper equals data: a note when the print inside does not show the code of the data it lies beside."""
    opened = verdict.opened
    if verdict.code is not None or opened is None or not isinstance(opened.body, Content):
        return verdict
    page = opened.prints[0]
    if carries_code(page.view, opened.paper_code, page.name, untouched=page.name in opened.envelope.untouched):
        return verdict
    return replace(verdict, notes=(*verdict.notes, note(Code.PRINT_DIFFERS, paper=opened.paper_code)))
