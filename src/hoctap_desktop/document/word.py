"""Documents as Word files (docx) that can be edited: real styles, tables and fields. The only user of python-docx.

The order of elements inside an element is the standard's (ISO/IEC 29500-1): Word refuses a file with another one.
"""

import zipfile
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

from hoctap_desktop.document import fonts
from hoctap_desktop.document import word_styles as styles
from hoctap_desktop.document.layout import Layout, PageSize, official
from hoctap_desktop.document.lines import printable
from hoctap_desktop.document.model import Document, Metadata, Run
from hoctap_desktop.document.word_flow import footer_paragraph, word_flow
from hoctap_desktop.document.word_parts import WordCell, WordGrid, WordParagraph, WordRow, WordSection

LANGUAGE = "vi-VN"
NO_DAY = date(2000, 1, 1)
_LONGEST_PROPERTY = 255
_TWIPS = 20  # a point
_EIGHTHS = 8  # of a point: widths of lines
_HALVES = 2  # of a point: sizes of letters
_EXACT_BASELINE = 0.8  # where Word and LibreOffice set the base line in a line of exact height
# Parts of python-docx's template that say something of its author or nothing at all.
_UNWANTED = ("/thumbnail", "/extended-properties", "/customXml", "/stylesWithEffects", "/webSettings", "/numbering")


def render_word(document: Document, layout: Layout | None = None) -> bytes:
    """The document as A4 docx for Word and LibreOffice, the same bytes for the same input.

    Lines of the body break where the program that opens it breaks them; what is centred breaks as in the PDF. Letters
    are Times New Roman, not embedded; LibreOffice without it takes Liberation Serif, as wide.
    """
    import docx

    layout = layout or official()
    known = {style.id: style for style in styles.styles(layout)}
    made = docx.Document()
    _leave_out(made)
    _set_styles(made, layout)
    _set_settings(made)
    _describe(made, document.metadata)
    sections = word_flow(document, layout, fonts.measure())
    _write(made.element.body, sections, known, layout)
    for found, section in zip(made.sections, sections, strict=True):
        _set_section(found, section.page, known, layout)
        _set_footer(found, footer_paragraph(document.footer, layout, section.page.text_width), known)
    _set_head(made.sections[0], known)
    data = BytesIO()
    made.save(data)
    return _timeless(data.getvalue())


def _element(tag: str, *children: Any, **attributes: str | float) -> Any:
    """An element of Word's own namespace; numbers as whole numbers."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    element: Any = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value if isinstance(value, str) else str(round(value)))
    element.extend(children)
    return element


def _write(body: Any, sections: Sequence[WordSection], known: dict[str, styles.Style], layout: Layout) -> None:
    """All parts; the properties of each section stand in its last paragraph, those of the last one at the very end."""
    properties = body[-1]
    for section in sections:
        for part in section.parts:
            element = _grid(part, known, layout) if isinstance(part, WordGrid) else _paragraph(part, known)
            properties.addprevious(element)
        if section is not sections[-1]:
            properties.getprevious()[0].append(deepcopy(properties))


# --- paragraphs --------------------------------------------------------------------------------------------------


def _paragraph(paragraph: WordParagraph, known: dict[str, styles.Style], *, keep: bool = False) -> Any:
    style = known[paragraph.style]
    element = _element("p", _paragraph_properties(paragraph, style, keep=keep))
    for number, runs in enumerate(paragraph.lines):
        if number:
            element.append(_element("r", _element("br")))
        element.extend(_run(run, style, paragraph.size) for run in runs)
    return element


def _paragraph_properties(paragraph: WordParagraph, style: styles.Style, *, keep: bool) -> Any:
    found = [_element("pStyle", val=style.id)]
    if (paragraph.keep or keep) and not style.keep:
        found.append(_element("keepNext"))
    if paragraph.new_page:
        found.append(_element("pageBreakBefore"))
    if paragraph.over or paragraph.under:
        found.append(_element("pBdr", *_borders(paragraph)))
    if paragraph.tabs:
        found.append(_element("tabs", *(_element("tab", val=kind, pos=at * _TWIPS) for kind, at in paragraph.tabs)))
    spacing = {"before": paragraph.before, "after": paragraph.after, "line": paragraph.pitch}
    found += _lengths("spacing", spacing, {"lineRule": "exact"} if paragraph.pitch is not None else {})
    found += _lengths("ind", {"left": paragraph.left, "right": paragraph.right, "firstLine": paragraph.first})
    if paragraph.align and paragraph.align != style.align:
        found.append(_element("jc", val=paragraph.align))
    return _element("pPr", *found)


def _borders(paragraph: WordParagraph) -> Iterable[Any]:
    for side, width in (("top", paragraph.over), ("bottom", paragraph.under)):
        if width:
            yield _element(side, val="single", sz=width * _EIGHTHS, space=1 if side == "top" else 0, color="000000")


def _lengths(tag: str, points: dict[str, float | None], more: dict[str, str] | None = None) -> list[Any]:
    """One element with the lengths that are set, none when there is not one."""
    found = {name: value * _TWIPS for name, value in points.items() if value is not None}
    return [_element(tag, **found, **(more or {}))] if found else []


def _run(run: Run, style: styles.Style, size: float | None) -> Any:
    """A run; it says of its look what differs from the paragraph's style. A plain run looks as the style does."""
    found = []
    if run.bold and not style.bold:
        found += [_element("b"), _element("bCs")]
    if run.italic and not style.italic:
        found += [_element("i"), _element("iCs")]
    if size is not None and size != style.size:
        found += [_element("sz", val=size * _HALVES), _element("szCs", val=size * _HALVES)]
    element = _element("r", *([_element("rPr", *found)] if found else []))
    for number, text in enumerate(run.text.split("\t")):
        if number:
            element.append(_element("tab"))
        if text:
            element.append(_text(text))
    return element


def _text(text: str) -> Any:
    from docx.oxml.ns import qn

    element = _element("t")
    element.text = text
    element.set(qn("xml:space"), "preserve")
    return element


# --- grids -------------------------------------------------------------------------------------------------------


def _grid(grid: WordGrid, known: dict[str, styles.Style], layout: Layout) -> Any:
    properties = _element(
        "tblPr",
        _element("tblStyle", val="TableGrid" if grid.bordered else "TableNormal"),
        _element("tblW", w=sum(grid.widths) * _TWIPS, type="dxa"),
        _element("tblInd", w=0, type="dxa"),
        _element("tblLayout", type="fixed"),
        _padding(grid, layout),
        _element("tblLook", val="0420" if grid.bordered else "0000"),
    )
    columns = _element("tblGrid", *(_element("gridCol", w=width * _TWIPS) for width in grid.widths))
    return _element("tbl", properties, columns, *(_row(row, grid.widths, known) for row in grid.rows))


def _padding(grid: WordGrid, layout: Layout) -> Any:
    look = layout.table
    if not grid.bordered:
        return _cell_margins(0.0, 0.0, 0.0)
    # a rule adds to the height of its row, and takes from the width of its cell what a word may need
    return _cell_margins(look.padding_y, look.padding_x - look.rule_width, look.padding_y - look.rule_width)


def _cell_margins(top: float, side: float, bottom: float) -> Any:
    sides = (("top", top), ("left", side), ("bottom", bottom), ("right", side))
    return _element("tblCellMar", *(_element(name, w=width * _TWIPS, type="dxa") for name, width in sides))


def _row(row: WordRow, widths: Sequence[float], known: dict[str, styles.Style]) -> Any:
    found = []
    if row.whole:
        found.append(_element("cantSplit"))
    if row.height:
        found.append(_element("trHeight", val=row.height * _TWIPS, hRule="atLeast"))
    if row.head:
        found.append(_element("tblHeader"))
    cells = (_cell(cell, width, known, keep=row.keep) for cell, width in zip(row.cells, widths, strict=True))
    return _element("tr", *([_element("trPr", *found)] if found else []), *cells)


def _cell(cell: WordCell, width: float, known: dict[str, styles.Style], *, keep: bool) -> Any:
    found = [_element("tcW", w=width * _TWIPS, type="dxa")]
    if cell.right:
        found.append(_element("tcMar", _element("right", w=cell.right * _TWIPS, type="dxa")))
    if cell.middle:
        found.append(_element("vAlign", val="center"))
    return _element("tc", _element("tcPr", *found), *(_paragraph(p, known, keep=keep) for p in cell.paragraphs))


# --- page --------------------------------------------------------------------------------------------------------


def _set_section(section: Any, page: PageSize, known: dict[str, styles.Style], layout: Layout) -> None:
    """Size, margins, where the page number and the footer stand."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    section.orientation = WD_ORIENT.LANDSCAPE if page.width > page.height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Pt(page.width), Pt(page.height)
    section.top_margin, section.bottom_margin = Pt(page.top), Pt(page.bottom)
    section.left_margin, section.right_margin = Pt(page.left), Pt(page.right)
    number, foot = known[styles.HEADER], known[styles.FOOTER]
    section.header_distance = Pt(layout.page_number.baseline - number.pitch * _EXACT_BASELINE)
    section.footer_distance = Pt(layout.footer.baseline - foot.pitch * (1 - _EXACT_BASELINE))


def _set_head(section: Any, known: dict[str, styles.Style]) -> None:
    """The page number above, not on the first page; later sections go on with it."""
    section.different_first_page_header_footer = True
    _fill(section.header, _element("p", _element("pPr", _element("pStyle", val=styles.HEADER)), _page_field()))
    _fill(section.first_page_header, _paragraph(WordParagraph(styles.HEADER), known))


def _set_footer(section: Any, line: WordParagraph | None, known: dict[str, styles.Style]) -> None:
    """On the section's first page as on all others; nothing when there is nothing to say."""
    if line:
        for place in (section.footer, section.first_page_footer):
            _fill(place, _paragraph(line, known))


def _page_field() -> Any:
    return _element("fldSimple", _element("r", _text("2")), instr=" PAGE ")


def _fill(place: Any, paragraph: Any) -> None:
    place.is_linked_to_previous = False
    element = place.part.element
    for child in list(element):
        element.remove(child)
    element.append(paragraph)


# --- styles, settings, properties --------------------------------------------------------------------------------


def _leave_out(made: Any) -> None:
    package = made.part.package
    for owner in (package, made.part):
        for id, relation in list(owner.rels.items()):
            if relation.reltype.endswith(_UNWANTED):
                del owner.rels[id]


def _set_styles(made: Any, layout: Layout) -> None:
    """Our styles in place of the template's."""
    from docx.oxml.ns import qn

    element = made.styles.element
    for child in list(element):
        if child.tag != qn("w:latentStyles"):
            element.remove(child)
    element.insert(0, _defaults())
    first, *others = styles.styles(layout)
    element.append(_style(first, first, default=True))
    element.append(_default_style("character", "DefaultParagraphFont", "Default Paragraph Font"))
    nothing = _element("tblInd", w=0, type="dxa")
    element.append(
        _default_style("table", "TableNormal", "Normal Table", _element("tblPr", nothing, _cell_margins(0.0, 0.0, 0.0)))
    )
    element.append(_default_style("numbering", "NoList", "No List"))
    element.extend(_style(style, first) for style in others)
    element.append(_table_grid(layout))


def _defaults() -> Any:
    """What is so for all text: Times New Roman, Vietnamese, nothing between paragraphs."""
    font = styles.FONT
    run = _element(
        "rPr",
        _element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font),
        _element("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"),
    )
    return _element("docDefaults", _element("rPrDefault", run), _element("pPrDefault"))


def _default_style(kind: str, id: str, name: str, *properties: Any) -> Any:
    return _element(
        "style", _element("name", val=name), _element("uiPriority", val=99), _element("semiHidden"),
        _element("unhideWhenUsed"), *properties, type=kind, default=1, styleId=id,
    )  # fmt: skip


def _style(style: styles.Style, base: styles.Style, *, default: bool = False) -> Any:
    paragraph = []
    if style.keep:
        paragraph += [_element("keepNext"), _element("keepLines")]
    if default:
        paragraph.append(_element("widowControl"))
    paragraph.append(
        _element("spacing", before=style.before * _TWIPS, after=0, line=style.pitch * _TWIPS, lineRule="exact")
    )
    if style.first:
        paragraph.append(_element("ind", firstLine=style.first * _TWIPS))
    paragraph.append(_element("jc", val=style.align))
    if style.outline is not None:
        paragraph.append(_element("outlineLvl", val=style.outline))
    letters = [_element(tag) for tag, on in (("b", style.bold), ("bCs", style.bold)) if on]
    letters += [_element(tag) for tag, on in (("i", style.italic), ("iCs", style.italic)) if on]
    letters += [_element("sz", val=style.size * _HALVES), _element("szCs", val=style.size * _HALVES)]
    kind = [_element("name", val=style.name)]
    if not default:
        kind.append(_element("basedOn", val=base.id))
    if style.after:
        kind.append(_element("next", val=style.after))
    return _element(
        "style", *kind, _element("qFormat"), _element("pPr", *paragraph), _element("rPr", *letters),
        type="paragraph", **({"default": 1} if default else {}), styleId=style.id,
    )  # fmt: skip


def _table_grid(layout: Layout) -> Any:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    width = layout.table.rule_width * _EIGHTHS
    borders = [_element(side, val="single", sz=width, space=0, color="000000") for side in sides]
    return _element(
        "style", _element("name", val="Table Grid"), _element("basedOn", val="TableNormal"),
        _element("tblPr", _element("tblBorders", *borders)), type="table", styleId="TableGrid",
    )  # fmt: skip


def _set_settings(made: Any) -> None:
    """Layout as of Word 2013 and later: tables begin at the margin, no "compatibility mode" over the window."""
    from docx.oxml.ns import qn

    element = made.settings.element
    for child in list(element):
        element.remove(child)
    uri = "http://schemas.microsoft.com/office/word"
    wanted = {"compatibilityMode": 15, "overrideTableStyleFontSizeAndJustification": 1, "enableOpenTypeFeatures": 1}
    compat = (_element("compatSetting", name=name, uri=uri, val=value) for name, value in wanted.items())
    element.extend(
        [
            _element("zoom", percent=100),
            _element("defaultTabStop", val=720),
            _element("characterSpacingControl", val="doNotCompress"),
            _element("compat", *compat),
            _element("themeFontLang", val=LANGUAGE),
            _element("decimalSymbol", val=","),
            _element("listSeparator", val=";"),
        ]
    )
    assert element.tag == qn("w:settings")


def _describe(made: Any, metadata: Metadata) -> None:
    moment = datetime.combine(metadata.created or NO_DAY, time(), UTC)
    properties = made.core_properties
    properties.title = _property(metadata.title)
    properties.author = properties.last_modified_by = _property(metadata.author)
    properties.subject = _property(metadata.subject)
    properties.language = LANGUAGE
    properties.comments = ""
    properties.revision = 1
    properties.created = properties.modified = moment


def _property(text: str) -> str:
    return printable(text)[:_LONGEST_PROPERTY]


def _timeless(data: bytes) -> bytes:
    """The same file without the moment it was written, which the library puts into the zip."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            info = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o600 << 16
            after.writestr(info, before.read(entry), zipfile.ZIP_DEFLATED)
    return made.getvalue()
