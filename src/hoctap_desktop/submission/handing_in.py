"""Giấy giao nộp: that paper and file were handed in together, for whoever takes them to sign. Half an A4 page."""

from datetime import date

from hoctap_desktop.document.model import Document, Metadata, Paragraph, Run, Signature, Title, plain
from hoctap_desktop.filing.model import KIND_WORDS, Filing
from hoctap_desktop.filing.printed import office_head
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.seal import Sealed


def handing_in_paper(filing: Filing, sealed: Sealed, recipient: UnitName, holds: str, day: date) -> Document:
    """The page for a filing whose file was written. holds: size and content of the file, in words; day: of today."""
    what = f"{KIND_WORDS[filing.kind].lower()} {filing.campaign}, lần {filing.revision}"
    number = f"số {filing.document_number}/{filing.unit.symbol}" if filing.document_number else ""
    signed = f"ký ngày {print_date(filing.document_day)}" if filing.document_day else ""
    paper = ", ".join(part for part in ("01 bản có chữ ký, đóng dấu", number, signed) if part)
    facts = (
        ("Kính gửi", recipient.name),
        ("Văn bản", f"{what}; mã giấy {filing.paper_code}"),
        ("Bản giấy", paper),
        ("Tệp", sealed.name),
        ("Dung lượng", holds),
        ("Mã gói", sealed.package_id[:12]),
    )
    ask = "Xin mở thử tệp, so mã giấy trên màn hình với mã ở chân trang rồi ký nhận."
    return Document(
        letterhead=office_head(filing.unit, day, dated=True),
        title=Title("GIẤY GIAO NỘP", "bản giấy và tệp"),
        blocks=(
            *(Paragraph((*plain(f"{name}: "), Run(words, bold=True))) for name, words in facts),
            Paragraph(plain(ask)),
        ),
        recipients=None,
        signature=Signature(("NGƯỜI NHẬN",), "", note="(ký, ghi rõ họ tên, ngày nhận)"),
        metadata=Metadata("Giấy giao nộp", filing.unit.name, created=day),
    )
