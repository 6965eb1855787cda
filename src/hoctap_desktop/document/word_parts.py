"""What a page is made of the way Word holds it: paragraphs, grids of cells, sections. Pure."""

from dataclasses import dataclass

from hoctap_desktop.document import word_styles as styles
from hoctap_desktop.document.layout import PageSize
from hoctap_desktop.document.model import Runs


@dataclass(frozen=True)
class WordParagraph:
    """A paragraph. lines: broken where we say, each in runs; a tab in a text is a tab stop.

    None: as its style says. size: of its letters; before, after: free space; pitch: of its lines; first, left, right:
    indents; over, under: width of a rule along its upper or lower edge, as long as the paragraph between its indents.
    Points.
    """

    style: str
    lines: tuple[Runs, ...] = ()
    size: float | None = None
    before: float | None = None
    after: float | None = None
    pitch: float | None = None
    first: float | None = None
    left: float | None = None
    right: float | None = None
    align: styles.Align | None = None
    over: float = 0.0
    under: float = 0.0
    tabs: tuple[tuple[str, float], ...] = ()
    new_page: bool = False
    keep: bool = False


@dataclass(frozen=True)
class WordCell:
    """paragraphs: at least one. right: free at the right edge, points; middle: in the middle of the row's height."""

    paragraphs: tuple[WordParagraph, ...]
    right: float = 0.0
    middle: bool = False


@dataclass(frozen=True)
class WordRow:
    """height: at least; head: again on each page; whole: never split; keep: on the page of what follows.

    group: a heading inside a table.
    """

    cells: tuple[WordCell, ...]
    height: float = 0.0
    head: bool = False
    whole: bool = True
    keep: bool = False
    group: bool = False


@dataclass(frozen=True)
class WordGrid:
    """Cells side by side; widths of the columns in points; bordered: a table, else only an arrangement."""

    widths: tuple[float, ...]
    rows: tuple[WordRow, ...]
    bordered: bool = False


@dataclass(frozen=True)
class WordSection:
    """Pages of one size. parts: never empty, the last one a paragraph, as Word wants it."""

    page: PageSize
    parts: tuple[WordParagraph | WordGrid, ...]
