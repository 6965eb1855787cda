"""What plan and report have alike on paper: letterhead, signature, recipients, footer, the data about the file."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.document.code import PaperFacts, qr_text, read_code
from hoctap_desktop.document.letterhead import day_text, number_text
from hoctap_desktop.document.model import (
    AppendixTitle,
    Block,
    Document,
    Footer,
    Letterhead,
    Metadata,
    Recipients,
    Signature,
    Title,
)
from hoctap_desktop.filing.model import KIND_WORDS, Filing, Status
from hoctap_desktop.form.answers import cell, text
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.units.model import Signer, Unit

ILLUSTRATIVE = "Số liệu minh họa"
DRAFT = "Bản nháp"
REPRINT = "Bản in lại, đã điền"


def reserved_values(unit: Unit, campaign: Campaign) -> dict[str, str]:
    """The fields every text may use ({{year}} …), as printed."""
    return {
        "year": str(campaign.year),
        "unit.name": unit.name,
        "unit.short_name": unit.short_name,
        "unit.place": unit.place,
        "campaign.theme": "; ".join(campaign.themes),
        "campaign.week.from": print_date(campaign.week_from),
        "campaign.week.to": print_date(campaign.week_to),
    }


def letterhead(filing: Filing, form: FormDefinition, campaign: Campaign) -> Letterhead:
    """Cells 1–4; number and day stay gaps until the filing has them (domain.md §2)."""
    day = filing.document_day
    month = re.fullmatch(r"(\d{4})-(\d{2})", text(filing.answers, "document.month"))
    return Letterhead(
        governing=filing.unit.governing,
        issuing=filing.unit.issuing,
        number=filing.document_number,
        symbol="-".join(part for part in (form.symbol, filing.unit.symbol) if part),
        place=filing.unit.place,
        year=day.year if day else int(month[1]) if month else campaign.year,
        month=day.month if day else int(month[2]) if month else None,
        day=day.day if day else None,
    )


def office_head(unit: Unit, day: date, kind: str | None = None, *, about: str = "", dated: bool = False) -> Letterhead:
    """Cells 1–5b of a paper that is no filing: a list, a letter, a slip. Its number stays a gap.

    kind: how its symbol begins ("DS"), "" for a letter, None for a paper without number. dated: the day is printed too.
    """
    return Letterhead(
        governing=unit.governing,
        issuing=unit.issuing or (unit.name.upper(),),
        number="",
        symbol="" if kind is None else "-".join(part for part in (kind, unit.symbol) if part),
        place=unit.place,
        year=day.year,
        month=day.month,
        day=day.day if dated else None,
        about=about,
    )


def office_document(
    own: Unit, as_of: date, title: Title, blocks: tuple[Block, ...], *, symbol: str, illustrative: bool
) -> Document:
    """A table of an office on paper. illustrative: the footer says that figures are made up."""
    return Document(
        letterhead=office_head(own, as_of, symbol),
        title=title,
        blocks=blocks,
        recipients=None,
        signature=office_signature(own.signer),
        metadata=Metadata(f"{title.kind}: {title.subject}", own.name, created=as_of),
        footer=Footer(center=ILLUSTRATIVE if illustrative else ""),
    )


def office_signature(signer: Signer, note: str = "") -> Signature:
    """Cells 7a, 7b of such a paper, by the office's own signer."""
    capacity = tuple(line for line in (signer.collective, signer.authority, signer.title) if line)
    return Signature(capacity or ("THỦ TRƯỞNG ĐƠN VỊ",), signer.name, note=note, key="signature")


def signature(filing: Filing) -> Signature | None:
    """Cells 7a, 7b: as answered; the unit's own signer where nothing was answered."""
    said = [text(filing.answers, f"signer.{part}") for part in ("collective", "authority", "title", "name")]
    if not any(said):
        own = filing.unit.signer
        said = [own.collective, own.authority, own.title, own.name]
    if not any(said):
        return None
    return Signature(tuple(line for line in said[:3] if line), said[3], key="signature")


def recipients(given: Sequence[str]) -> Recipients | None:
    """One list, or several: a line that ends with ":" is the heading of the lines after it."""
    groups: list[tuple[str, list[str]]] = []
    for line in given:
        if line.endswith(":"):
            groups.append((line, []))
        elif groups:
            groups[-1][1].append(line)
        else:
            groups.append(("", [line]))
    if not groups:
        return None
    return Recipients(tuple((head, with_end_marks(items)) for head, items in groups), "recipients")


def with_end_marks(items: Sequence[str]) -> tuple[str, ...]:
    """Items as typed; where not one has an end mark, ";" after each and "." after the last (domain.md §2)."""
    if any(item.rstrip().endswith((";", ".", ",", ":")) for item in items):
        return tuple(items)
    return tuple(item + (";" if index < len(items) - 1 else ".") for index, item in enumerate(items))


def metadata(filing: Filing, campaign: Campaign, subject: str) -> Metadata:
    """Of the PDF; the day is the document's own, else the one it was made final: the same filing, the same bytes."""
    kind = KIND_WORDS[filing.kind]
    finalised = filing.finalised_at.date() if filing.finalised_at else None
    return Metadata(
        title=f"{kind}: {subject}" if subject else kind,
        author=filing.unit.name,
        subject=campaign.name,
        created=filing.document_day or finalised,
        identifier=(read_code(filing.paper_code) or "") if filing.status is Status.FINAL else "",
    )


def with_number(document: Document, filing: Filing) -> Document:
    """The page printed again after number and day were filled in: it says so, and fills them in at the appendix too."""
    said = [word for word, known in (("số", filing.document_number), ("ngày", filing.document_day)) if known]
    foot = document.footer
    right = ". ".join(part for part in (foot.right, f"{REPRINT} {' và '.join(said)}") if part)
    appendix = tuple(
        replace(block, attached_to=_attached(block.attached_to, filing)) if isinstance(block, AppendixTitle) else block
        for block in document.appendix
    )
    return replace(document, footer=replace(foot, right=right), appendix=appendix)


def _attached(words: str, filing: Filing) -> str:
    """ "Kèm theo Kế hoạch số /KH-UBND ngày /10/2022" with the number and the day in their places."""
    if filing.document_number:
        words = re.sub(r"(số:?)\s*(?=/)", rf"\1 {number_text(filing.document_number)}", words)
    if filing.document_day:
        day = day_text(filing.document_day.day)
        words = re.sub(r"(ngày)\s*(?=/)", rf"\1 {day}", words)
        words = re.sub(r"(ngày)\s*(?=tháng)", rf"\1 {day} ", words)
    return words


def footer(filing: Filing, form: FormDefinition) -> Footer:
    """Paper code, revision and QR of what is final; the mark of invented figures on every print."""
    mark = ILLUSTRATIVE if filing.illustrative else ""
    code = read_code(filing.paper_code)
    if filing.status is not Status.FINAL or code is None:
        # a filled file printed without a store is nobody's draft: it never was, and never will be, made final
        return Footer(center=mark, right=DRAFT if filing.changed_at else "")
    figures = tuple(cell(filing.answers, field.id) for field in form.indicators())
    facts = PaperFacts(code, filing.unit.code, form.id, form.version, filing.revision, figures)
    return Footer(f"Mã giấy: {code}", mark, f"Lần {filing.revision}", qr_text(facts))
