"""The letter that reminds, and the list to call by, on paper and as a sheet."""

from collections.abc import Iterator, Mapping, Sequence

from hoctap_desktop.consolidation.reminder_desk import Call
from hoctap_desktop.consolidation.reminders import Awaited, Reminder, papers_words, stands_in_letter
from hoctap_desktop.consolidation.status import Board
from hoctap_desktop.document.model import (
    Addressees,
    AppendixTitle,
    Block,
    Column,
    Document,
    Metadata,
    Paragraph,
    Table,
    TableRow,
    Title,
    plain,
)
from hoctap_desktop.document.sheet import Sheet, SheetColumn
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.filing.printed import office_head, office_signature, recipients, with_end_marks
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.units.model import Unit

_LISTED = (
    Column("TT", 0.07, "center"),
    Column("Đơn vị", 0.43),
    Column("Còn thiếu", 0.33),
    Column("Hạn cuối", 0.17, "center"),
)
_CALLED = (
    Column("TT", 0.05, "center"),
    Column("Đơn vị", 0.29),
    Column("Liên hệ", 0.13),
    Column("Điện thoại", 0.15),
    Column("Còn thiếu", 0.19),
    Column("Đã gọi, hẹn gì", 0.19),
)


def reminder_document(written: Reminder, own: Unit) -> Document:
    """The letter on A4. Keys: "to", "before.0" …, "units", "after.0" …, "recipients", "signature"."""
    listed = Table(_LISTED, _listed_rows(written), key="units")
    short = stands_in_letter(len(written.units))
    blocks: list[Block] = [Addressees(with_end_marks(written.to) if len(written.to) > 1 else written.to, key="to")]
    blocks += [Paragraph(plain(text), key=f"before.{at}") for at, text in enumerate(written.before)]
    if short and written.units:
        blocks.append(listed)
    blocks += [Paragraph(plain(text), key=f"after.{at}") for at, text in enumerate(written.after)]
    papers = papers_words(written.kinds).upper()
    attached = f"(Kèm theo Công văn số /{own.symbol} ngày /{written.as_of:%m/%Y} của {own.name})"
    appendix: tuple[Block, ...] = ()
    if not short:
        appendix = (AppendixTitle("", f"DANH SÁCH ĐƠN VỊ CHƯA NỘP {papers}", attached), listed)
    return Document(
        letterhead=office_head(own, written.as_of, "", about=f"V/v {written.about}"),
        title=None,
        blocks=tuple(blocks),
        recipients=recipients(written.recipients),
        signature=office_signature(written.signer),
        metadata=Metadata(f"Công văn: {written.about}", own.name, created=written.as_of),
        appendix=appendix,
    )


def _listed_rows(written: Reminder) -> tuple[TableRow, ...]:
    return tuple(
        TableRow(
            tuple(plain(words) for words in (str(number), one.name, one.words, one.due)),
            key=f"unit.{one.code}",
        )
        for number, one in enumerate(written.units, 1)
    )


def call_words(called: Sequence[Call]) -> str:
    """ "14/10 hẹn nộp ngày 17; 13/10": newest first."""
    said = (f"{call.at.astimezone(VIETNAM):%d/%m} {call.note}".strip() for call in called)
    return "; ".join(said)


def _owing(rows: Sequence[Awaited], kinds: Sequence[Kind]) -> Iterator[tuple[Awaited, str]]:
    """Each with what it owes; where the title names the one kind asked for, not in each line again."""
    for one in rows:
        yield one, one.states if len(kinds) == 1 else one.words


def call_document(
    found: Board, rows: Sequence[Awaited], kinds: Sequence[Kind], called: Mapping[str, Sequence[Call]], own: Unit
) -> Document:
    """The list to call by on A4, with room to write. Keys of rows: "unit.<code>"."""
    table = tuple(
        TableRow(
            tuple(
                plain(words)
                for words in (
                    str(number),
                    one.unit.short_name,
                    one.unit.contact,
                    one.unit.phone,
                    owed[:1].upper() + owed[1:],
                    call_words(called.get(one.unit.code, ())),
                )
            ),
            key=f"unit.{one.unit.code}",
        )
        for number, (one, owed) in enumerate(_owing(rows, kinds), 1)
    )
    subject = f"Các đơn vị chưa nộp {papers_words(kinds)}, {found.campaign.name}"
    said = f"Tính đến ngày {print_date(found.as_of)}: {print_count(len(rows))} đơn vị."
    return Document(
        letterhead=office_head(own, found.as_of, "DS"),
        title=Title("DANH SÁCH GỌI ĐIỆN", subject),
        blocks=(Paragraph(plain(said)), Table(_CALLED, table, key="calls")),
        recipients=None,
        signature=None,
        metadata=Metadata(f"Danh sách gọi điện: {subject}", own.name, created=found.as_of),
    )


def call_sheets(
    found: Board, rows: Sequence[Awaited], kinds: Sequence[Kind], called: Mapping[str, Sequence[Call]], own: Unit
) -> tuple[Sheet, ...]:
    """The same as one sheet; telephone numbers are text, so that no zero is lost."""
    columns = (
        SheetColumn("TT", 6),
        SheetColumn("Mã đơn vị", 16),
        SheetColumn("Đơn vị", 36),
        SheetColumn("Liên hệ", 26),
        SheetColumn("Điện thoại", 16),
        SheetColumn("Còn thiếu", 40),
        SheetColumn("Quá hạn (ngày)", 12),
        SheetColumn("Đã gọi, hẹn gì", 48),
    )
    body = tuple(
        (
            number,
            one.unit.code,
            one.unit.short_name,
            one.unit.contact,
            one.unit.phone,
            owed,
            one.overdue,
            call_words(called.get(one.unit.code, ())),
        )
        for number, (one, owed) in enumerate(_owing(rows, kinds), 1)
    )
    above = (
        f"DANH SÁCH GỌI ĐIỆN: ĐƠN VỊ CHƯA NỘP {papers_words(kinds).upper()}",
        f"{own.name}. {found.campaign.name}, tính đến ngày {print_date(found.as_of)}: {print_count(len(rows))} đơn vị.",
    )
    return (Sheet("Gọi điện", columns, body, above, landscape=True),)
