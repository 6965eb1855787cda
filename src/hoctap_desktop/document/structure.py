"""The order in which a page is read aloud: which marked part of which page is which part of the document. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hoctap_desktop.document.pdf_file import Name, PdfFile, Raw, Ref, Value
from hoctap_desktop.document.pieces import BULLET, HEAD_ROW, ROW, Piece

_ROOT = 0
_HEADS_COLUMN = b"/A<</O/Table/Scope/Column>>"


@dataclass
class _Element:
    tag: str
    parent: int
    # what is in it, in order: elements by their number, marked parts by page (from 0) and number on the page
    kids: list[int | tuple[int, int]] = field(default_factory=list)


@dataclass
class _List:
    """An open list: its depth in the document, its element, that of its last item's text."""

    depth: int
    element: int
    text: int


class Structure:
    """The tree of a document's parts, grown while its pages are drawn."""

    def __init__(self) -> None:
        self._elements = [_Element("Document", _ROOT)]
        self._known: dict[tuple[str, int, int], int] = {}
        self._pages: list[list[int]] = []
        self._lists: list[_List] = []  # those that are open, the deepest last

    def place(self, piece: Piece, number: int, cell: int, page: int) -> int:
        """The number on its page (from 0) of the next marked part. number: of the piece in the whole document."""
        while len(self._pages) <= page:
            self._pages.append([])
        if piece.tag == BULLET:
            element = self._part_of_item(piece, cell)
        elif piece.tag in (ROW, HEAD_ROW):
            self._lists = []
            table = self._element("Table", _ROOT, ("table", piece.block, 0))
            row = self._element("TR", table, ("row", number, 0))
            # an empty cell is a cell too, so that each stands under its head
            cells = [
                self._element("TH" if piece.tag == HEAD_ROW else "TD", row, ("cell", number, column))
                for column in range(piece.cells)
            ]
            element = cells[cell]
        else:
            self._lists = []
            element = self._element(piece.tag, _ROOT, ("block", piece.block, 0))
        self._pages[page].append(element)
        mark = len(self._pages[page]) - 1
        self._elements[element].kids.append((page, mark))
        return mark

    def _part_of_item(self, piece: Piece, cell: int) -> int:
        """The mark or the text of a list's item. A deeper list stands in the text of the item above it."""
        if ("item", piece.block, 0) not in self._known:
            while self._lists and self._lists[-1].depth > piece.depth:
                self._lists.pop()
            if not self._lists or self._lists[-1].depth < piece.depth:
                parent = self._lists[-1].text if self._lists else _ROOT
                self._lists.append(_List(piece.depth, self._element("L", parent, ("list", piece.block, 0)), _ROOT))
        item = self._element("LI", self._lists[-1].element, ("item", piece.block, 0))
        label = self._element("Lbl", item, ("label", piece.block, 0))
        text = self._element("LBody", item, ("text", piece.block, 0))
        self._lists[-1].text = text
        return text if cell else label

    def _element(self, tag: str, parent: int, key: tuple[str, int, int]) -> int:
        if key not in self._known:
            self._known[key] = len(self._elements)
            self._elements[parent].kids.append(len(self._elements))
            self._elements.append(_Element(tag, parent))
        return self._known[key]

    def add_to(self, file: PdfFile, pages: Sequence[Ref]) -> Ref:
        """The tree as objects of the file."""
        root = file.reserve()
        refs = [file.reserve() for _ in self._elements]
        for element, ref in zip(self._elements, refs, strict=True):
            parent = root if element is self._elements[_ROOT] else refs[element.parent]
            on = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), -1)
            kids = [
                b"%d 0 R" % refs[kid].number
                if isinstance(kid, int)
                else b"%d" % kid[1]
                if kid[0] == on
                else b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages[kid[0]].number, kid[1])
                for kid in element.kids
            ]
            at = b"/Pg %d 0 R" % pages[on].number if on >= 0 else b""
            head = b"<</Type/StructElem/S/%s/P %d 0 R" % (element.tag.encode(), parent.number)
            head += _HEADS_COLUMN if element.tag == "TH" else b""
            file.set(ref, Raw(head + at + b"/K[" + b" ".join(kids) + b"]>>"))
        numbers = b" ".join(
            b"%d[%s]" % (page, b" ".join(b"%d 0 R" % refs[element].number for element in elements))
            for page, elements in enumerate(self._pages)
        )
        parents = file.add(Raw(b"<</Nums[" + numbers + b"]>>"))
        entries: dict[str, Value] = {"Type": Name("StructTreeRoot"), "K": refs[_ROOT], "ParentTree": parents}
        return file.set(root, {**entries, "ParentTreeNextKey": len(pages)})
