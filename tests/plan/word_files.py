"""Word files of plans, made with python-docx the way offices make them: numbers typed, or counted by Word."""

import io
import re
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from hoctap_desktop.document.model import Run, Runs
from hoctap_desktop.document.numbering import numbers
from hoctap_desktop.filing.fields import field_values, fill_runs, scheme_of
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.filing.printed import recipients, signature
from hoctap_desktop.form.answers import lines, text
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.office.paper import campaign_of
from hoctap_desktop.plan.headings import points_of
from hoctap_desktop.plan.outline import Block, Outline, parse, parse_runs

_KINDS = (
    (r"([IVX]+)\.", "upperRoman", "%1."),
    (r"(\d+)\.", "decimal", "%1."),
    (r"([a-z])\)", "lowerLetter", "%1)"),
)


class WordFile:
    """A .docx being written. counted: numbers and bullets are Word's lists; else they are typed."""

    def __init__(self, *, counted: bool = False) -> None:
        self.document: Any = docx.Document()
        self.counted = counted
        self._lists: dict[tuple[int, str], tuple[int, int]] = {}
        self._bullets: dict[tuple[str, int], int] = {}
        heading = self.document.styles.add_style("Muc", 1)
        heading.font.bold = True

    def data(self) -> bytes:
        """The bytes of the file."""
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def paragraph(self, runs: Runs, where: Any = None, *, align: str = "", style: str | None = None) -> Any:
        made = (where or self.document).add_paragraph(style=style)
        for run in runs:
            added = made.add_run(run.text)
            added.bold = run.bold or None
            added.italic = run.italic or None
        if align == "center":
            made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return made

    def columns(self, left: Sequence[Runs], right: Sequence[Runs]) -> None:
        """Two blocks side by side, in a table without lines."""
        table = self.document.add_table(rows=1, cols=2)
        for cell, block in zip(table.rows[0].cells, (left, right), strict=True):
            for index, runs in enumerate(block):
                if index:
                    self.paragraph(runs, cell)
                else:
                    for run in runs:
                        added = cell.paragraphs[0].add_run(run.text)
                        added.bold = run.bold or None
                        added.italic = run.italic or None

    def outline(self, blocks: Outline, scheme: str) -> None:
        """The blocks of a body; where Word counts, a number it would not reach is typed."""
        printed = iter(numbers([(b.level, b.number) for b in blocks if b.kind == "heading"], scheme))
        points = points_of(blocks)
        self._lists.clear()
        for index, block in enumerate(blocks):
            match block.kind:
                case "heading":
                    self._heading(block, next(printed), index in points)
                case "bullet":
                    self._bullet(block)
                case "table":
                    self.table(block.rows)
                case _:
                    self.paragraph(block.runs)

    def _heading(self, block: Block, number: str, point: bool) -> None:
        plain = not any(run.bold for run in block.runs)
        bold = plain and not point and block.level <= 2
        for deeper in [key for key in self._lists if key[0] > block.level]:
            del self._lists[deeper]
        counted = self._list_for(block.level, number) if self.counted else None
        if counted is None:
            runs: Runs = (
                Run(f"{number} " if number else "", bold),
                *(Run(r.text, bold or r.bold, r.italic) for r in block.runs),
            )
            self.paragraph(runs)
            return
        made = self.paragraph(block.runs, style="Muc" if bold else None)
        _set_number(made, counted, 0)

    def _list_for(self, level: int, number: str) -> int | None:
        two = re.fullmatch(r"((?:\d+\.)+)(\d+)\.", number)
        kinds = (*_KINDS, (re.escape(two[1]) + r"(\d+)\.", "decimal", f"{two[1]}%1.")) if two else _KINDS
        for pattern, style, shown in kinds:
            found = re.fullmatch(pattern, number)
            if not found:
                continue
            said = found[1]
            value = int(said) if said.isdigit() else "abcdefghij".find(said) + 1 or _roman(said)
            list_id, last = self._lists.get((level, shown), (0, 0))
            if value == last + 1:
                if value == 1:
                    list_id = self._new_list([(style, shown)])
                self._lists[level, shown] = (list_id, value)
                return list_id
        self._lists = {key: kept for key, kept in self._lists.items() if key[0] < level}
        return None

    def _bullet(self, block: Block) -> None:
        if not self.counted:
            self.paragraph((Run(f"{block.mark} "), *block.runs))
            return
        key = (block.mark, block.level)
        if key not in self._bullets:
            self._bullets[key] = self._new_list([("bullet", block.mark)] * 3)
        _set_number(self.paragraph(block.runs), self._bullets[key], block.level - 1)

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        made = self.document.add_table(rows=len(rows), cols=len(rows[0]))
        made.style = "Table Grid"
        for cells, texts in zip(made.rows, rows, strict=True):
            for cell, words in zip(cells.cells, texts, strict=True):
                for run in parse_runs(words):
                    cell.paragraphs[0].add_run(run.text).bold = run.bold or None

    def _new_list(self, levels: Sequence[tuple[str, str]]) -> int:
        """A list of its own in the numbering part; its id (w:numId)."""
        root = self.document.part.numbering_part.element
        id = 500 + len(root.findall(qn("w:num")))
        abstract = _element("w:abstractNum", abstractNumId=id)
        for depth, (style, shown) in enumerate(levels):
            level = _element("w:lvl", ilvl=depth)
            for name, value in (("start", 1), ("numFmt", style), ("lvlText", shown)):
                level.append(_element(f"w:{name}", val=value))
            abstract.append(level)
        root.insert(0, abstract)
        number = _element("w:num", numId=id)
        number.append(_element("w:abstractNumId", val=id))
        root.append(number)
        return id


def _roman(said: str) -> int:
    return ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"].index(said) + 1


def _element(name: str, **attributes: object) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def _set_number(paragraph: Any, list_id: int, depth: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    number = _element("w:numPr")
    number.append(_element("w:ilvl", val=depth))
    number.append(_element("w:numId", val=list_id))
    properties.append(number)


def bold(words: str) -> Runs:
    """One bold run."""
    return (Run(words, bold=True),)


def word_file(filing: Filing, *, counted: bool) -> bytes:
    """The .docx of a plan. counted: no letterhead, lists of Word; else letterhead and signature in tables, typed."""
    form = form_by_id(filing.form.id, filing.form.version)
    values = field_values(form, filing.answers, filing.unit, campaign_of(filing))
    scheme = scheme_of(form, filing.answers)

    def filled(id: str) -> Outline:
        blocks = parse(text(filing.answers, id))
        return tuple(Block(b.kind, b.level, fill_runs(b.runs, values, form), b.mark, b.number, b.rows) for b in blocks)

    made = WordFile(counted=counted)
    if not counted:
        unit = filing.unit
        year, month = text(filing.answers, "document.month").split("-")
        date = (Run(f"{unit.place}, ngày      tháng {int(month)} năm {year}", italic=True),)
        motto = bold("Độc lập - Tự do - Hạnh phúc")
        left = [*(bold(line) for line in unit.issuing), (Run(f"Số:      /{form.symbol}-{unit.symbol}"),)]
        made.columns(left, [bold("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), motto, date])
    made.paragraph(bold(form.title), align="center")
    made.paragraph(bold(text(filing.answers, "subject")), align="center")
    for basis in lines(filing.answers, "legal_bases"):
        made.paragraph((Run(basis, italic=True),))
    made.outline(filled("body"), scheme)
    special = text(filing.answers, "special_line")
    if special:
        made.paragraph(bold(special), align="center")
    listed = recipients(lines(filing.answers, "recipients"))
    signed = signature(filing)
    assert listed is not None
    assert signed is not None
    left = [(Run("Nơi nhận:", True, True),)]
    for head, items in listed.groups:
        left += [(Run(head, italic=True),)] if head else []
        left += [(Run(f"- {item}"),) for item in items]
    right = [*(bold(line) for line in signed.capacity), (), (), bold(signed.name)]
    if counted:
        for runs in (*left, *right):
            made.paragraph(runs)
    else:
        made.columns(left, right)
    appendix = filled("appendix")
    if appendix:
        made.document.add_page_break()
        made.outline(appendix, scheme)
    return made.data()


def pasted(source: str) -> bytes:
    """Text copied into Word line by line, as it stood in a text file."""
    made = WordFile()
    for line in source.split("\n"):
        made.paragraph((Run(re.sub(r"</?b>|^#+ ", "", line.strip())),))
    return made.data()
