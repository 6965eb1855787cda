"""What the page «Xem hai bản» says of a later paper and the accepted one beside it. No Qt."""

from dataclasses import dataclass

from hoctap_desktop.consolidation.model import Submission
from hoctap_desktop.consolidation.side_by_side import FILE_WORDS, SideBySide, Standing
from hoctap_desktop.filing.model import KIND_WORDS
from hoctap_desktop.foundation.dates import print_date

CHIPS = {
    Standing.OPEN: ("history", "warn", "Chưa có quyết định"),
    Standing.TAKEN: ("circle-check", "ok", "Đã lấy bản mới"),
    Standing.PROPOSED: ("users", "warn", "Chờ người thứ hai"),
    Standing.KEPT: ("lock", "plain", "Giữ bản đã duyệt"),
    Standing.RETURNED: ("undo-2", "returned", "Trả lại bản mới"),
}


@dataclass(frozen=True)
class Heads:
    """Over the two columns."""

    old: str
    new: str


def heads(found: SideBySide) -> Heads:
    """ "Bản lần 1, đã duyệt" and "Bản lần 2, mới"."""
    accepted = found.accepted.named
    return Heads(f"{accepted[:1].upper()}{accepted[1:]}, đã duyệt", f"Bản lần {found.later.revision}, mới")


def title_words(found: SideBySide) -> str:
    """ "Trường THCS Hà Thượng, báo cáo 2022"."""
    return f"{found.later.unit_name}, {KIND_WORDS[found.later.kind].lower()} {found.later.campaign}"


def summary(found: SideBySide) -> str:
    """ "3 ô, 1 đoạn lời văn và 1 tệp kèm khác nhau. "."""
    parts = [
        f"{count} {words}"
        for count, words in (
            (len(found.changed), "ô"),
            (len(found.texts), "đoạn lời văn"),
            (len(found.changed_files), "tệp kèm"),
        )
        if count
    ]
    if not parts:
        return "Hai bản không khác nhau ở ô, lời văn hay tệp kèm nào."
    last = f" và {parts[-1]}" if len(parts) > 1 else parts[-1]
    said = f"{', '.join(parts[:-1])}{last} khác nhau."
    if found.other_form:
        said += " Hai bản làm trên hai biểu mẫu khác nhau; ô chỉ có ở một mẫu thì bản kia chưa được hỏi."
    return said


def file_rows(found: SideBySide) -> tuple[tuple[str, str], ...]:
    """Each attachment with what became of it, those that differ first."""
    ordered = (*found.changed_files, *(one for one in found.files if one not in found.changed_files))
    words = ((one.name, FILE_WORDS[one.state]) for one in ordered)
    return tuple((name, said[:1].upper() + said[1:]) for name, said in words)


def facts(paper: Submission) -> tuple[tuple[str, str], ...]:
    """What stands beside: label and value; what is not known is left out."""
    signed = f", ngày {print_date(paper.document_day)}" if paper.document_day else ""
    shown = (
        ("Ngày nhận", print_date(paper.received_on)),
        ("Số văn bản", f"{paper.document_number}{signed}" if paper.document_number else ""),
        ("Mã giấy", paper.paper_code),
    )
    return tuple((label, value) for label, value in shown if value)
