"""The order in which a page is read aloud: which marked part of which page is which part of the document. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hoctap_desktop.document.pdf_file import Name, PdfFile, Raw, Ref, Value
from hoctap_desktop.document.pieces import HEAD_ROW, ROW, Piece

_ROOT = 0


@dataclass
class _Element:
    tag: str
    parent: int
    below: list[int] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)  # page from 0, number on the page


class Structure:
    """The tree of a document's parts, grown while its pages are drawn."""

    def __init__(self) -> None:
        self._elements = [_Element("Document", _ROOT)]
        self._known: dict[tuple[str, int, int], int] = {}
        self._pages: list[list[int]] = []

    def place(self, piece: Piece, number: int, cell: int, page: int) -> int:
        """The number on its page (from 0) of the next marked part. number: of the piece in the whole document."""
        while len(self._pages) <= page:
            self._pages.append([])
        if piece.tag in (ROW, HEAD_ROW):
            table = self._element("Table", _ROOT, ("table", piece.block, 0))
            row = self._element("TR", table, ("row", number, 0))
            # an empty cell is a cell too, so that each stands under its head
            cells = [
                self._element("TH" if piece.tag == HEAD_ROW else "TD", row, ("cell", number, column))
                for column in range(piece.cells)
            ]
            element = cells[cell]
        else:
            element = self._element(piece.tag, _ROOT, ("block", piece.block, 0))
        self._pages[page].append(element)
        mark = len(self._pages[page]) - 1
        self._elements[element].marks.append((page, mark))
        return mark

    def _element(self, tag: str, parent: int, key: tuple[str, int, int]) -> int:
        if key not in self._known:
            self._known[key] = len(self._elements)
            self._elements[parent].below.append(len(self._elements))
            self._elements.append(_Element(tag, parent))
        return self._known[key]

    def add_to(self, file: PdfFile, pages: Sequence[Ref]) -> Ref:
        """The tree as objects of the file."""
        root = file.reserve()
        refs = [file.reserve() for _ in self._elements]
        for element, ref in zip(self._elements, refs, strict=True):
            parent = root if element is self._elements[_ROOT] else refs[element.parent]
            kids = [b"%d 0 R" % refs[number].number for number in element.below]
            on = element.marks[0][0] if element.marks else -1
            kids += [
                b"%d" % mark if page == on else b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages[page].number, mark)
                for page, mark in element.marks
            ]
            at = b"/Pg %d 0 R" % pages[on].number if on >= 0 else b""
            head = b"<</Type/StructElem/S/%s/P %d 0 R" % (element.tag.encode(), parent.number)
            file.set(ref, Raw(head + at + b"/K[" + b" ".join(kids) + b"]>>"))
        numbers = b" ".join(
            b"%d[%s]" % (page, b" ".join(b"%d 0 R" % refs[element].number for element in elements))
            for page, elements in enumerate(self._pages)
        )
        parents = file.add(Raw(b"<</Nums[" + numbers + b"]>>"))
        entries: dict[str, Value] = {"Type": Name("StructTreeRoot"), "K": refs[_ROOT], "ParentTree": parents}
        return file.set(root, {**entries, "ParentTreeNextKey": len(pages)})
