"""The receipt and the return slip on paper: half an A4 page (document.layout.slip), for the unit's file."""

from hoctap_desktop.document.model import (
    Block,
    Column,
    Document,
    Metadata,
    Paragraph,
    Run,
    Runs,
    Signature,
    Table,
    TableRow,
    Title,
    plain,
)
from hoctap_desktop.filing.printed import office_head
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.validation import place_of
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.reply import Reply, ReplyAct
from hoctap_desktop.submission.verdict import series_words
from hoctap_desktop.units.model import Unit

_TITLES = {
    ReplyAct.RECEIVED: ("PHIẾU TIẾP NHẬN", "gói dữ liệu đã nhận"),
    ReplyAct.APPROVED: ("PHIẾU TIẾP NHẬN", "gói dữ liệu đã nhận và duyệt"),
    ReplyAct.RETURNED: ("PHIẾU TRẢ LẠI", "đề nghị sửa và nộp lại; bản này chưa tính vào tổng hợp"),
}


def reply_paper(
    office: Unit, recipient: UnitName, reply: Reply, form: FormDefinition | None, fingerprint: str = ""
) -> Document:
    """The page of a reply of `office`. form: of the paper answered, to name its fields; None when not known here.

    fingerprint: of the key that signs the reply: a unit compares it once, on its first slip.
    """
    kind, subject = _TITLES[reply.act]
    decided = reply.decided_at.astimezone(VIETNAM).date()
    late = f" (muộn {print_count(reply.days_late)} ngày)" if reply.days_late else ""
    paper = f"{series_words(reply.series)}, lần {reply.revision}, nhận ngày {print_date(reply.received_on)}{late}"
    codes = f"; mã giấy {reply.paper_code}" if reply.paper_code else ""
    blocks: list[Block] = [
        _fact("Kính gửi", recipient.name),
        _fact("Văn bản", paper),
        _fact("Mã gói", f"{reply.package_id[:12]}{codes}"),  # no footer: the lower half of the sheet may be cut off
    ]
    if reply.words:
        blocks.append(_fact("Lý do" if reply.act is ReplyAct.RETURNED else "Ý kiến", reply.words.replace("\n", " ")))
    if reply.remarks:
        rows = tuple(
            TableRow((plain(_place(form, one.field)), plain(one.words.replace("\n", " ")))) for one in reply.remarks
        )
        blocks.append(Table((Column("Mục cần sửa", 0.34), Column("Nhận xét", 0.66)), rows))
    if fingerprint:
        blocks.append(_fact("Dãy số khóa của cơ quan tiếp nhận", fingerprint))
    return Document(
        letterhead=office_head(office, decided, dated=True),
        title=Title(kind, subject),
        blocks=tuple(blocks),
        recipients=None,
        signature=Signature(("NGƯỜI TIẾP NHẬN",), "", note="(ký, ghi rõ họ tên)"),
        metadata=Metadata(kind.capitalize(), office.name, created=decided),
    )


def _place(form: FormDefinition | None, field: str) -> str:
    words = place_of(form, field) if form is not None else field
    return words[:1].upper() + words[1:]


def _fact(label: str, words: str) -> Paragraph:
    runs: Runs = (*plain(f"{label}: "), Run(words, bold=True))
    return Paragraph(runs)
