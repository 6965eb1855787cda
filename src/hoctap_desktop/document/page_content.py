"""What is drawn on one page, in PDF's notation, and which fonts the pages of a file use."""

import re

from hoctap_desktop.document import fonts
from hoctap_desktop.document.accents import clusters, drawn_letter, has_accents, place_accents
from hoctap_desktop.document.lines import Measure
from hoctap_desktop.document.pdf_file import Name, PdfFile, Ref, Value
from hoctap_desktop.document.pieces import Rule, Text
from hoctap_desktop.document.qr import Symbol
from hoctap_desktop.document.shaping import anchored

_WORDS = re.compile(r"[^ ]+ *| +")


class FontUse:
    """The font programs of one file: of each face that is used its usual letters, and what else the text needs."""

    def __init__(self) -> None:
        self._usual: set[tuple[bool, bool]] = set()
        self._others: dict[tuple[bool, bool], list[str]] = {}

    def coded(self, text: str, bold: bool, italic: bool) -> list[tuple[str, str]]:
        """`text` as pieces (font's name on the page, letters in that font's code, ready to stand in brackets)."""
        table = fonts.usual_codes()
        name = f"F{bold:d}{italic:d}"
        coded = text.translate(table)
        if coded.isascii() or not fonts.UNUSUAL.search(text):
            self._usual.add((bold, italic))
            return [(name, coded)]
        found: list[tuple[str, str]] = []
        for usual, letter in ((ord(letter) in table, letter) for letter in text):
            if usual:
                self._usual.add((bold, italic))
                font, code = name, letter.translate(table)
            else:
                font, code = self._other(letter, bold, italic)
            if found and found[-1][0] == font:
                found[-1] = font, found[-1][1] + code
            else:
                found.append((font, code))
        return found

    def _other(self, letter: str, bold: bool, italic: bool) -> tuple[str, str]:
        letters = self._others.setdefault((bold, italic), [])
        if letter not in letters:
            letters.append(letter)
        volume, code = divmod(letters.index(letter), fonts.MOST_OTHERS)
        return f"F{bold:d}{italic:d}x{volume}", f"\\{code + fonts.FIRST_OTHER:03o}"

    def add_to(self, file: PdfFile) -> dict[str, Value]:
        """Puts the fonts into the file; the fonts by name, as the pages call them."""
        found: dict[str, Value] = {}
        for bold, italic in sorted(self._usual):
            found[f"F{bold:d}{italic:d}"] = _add_font(file, fonts.usual_program(bold, italic))
        for (bold, italic), letters in sorted(self._others.items()):
            for volume, start in enumerate(range(0, len(letters), fonts.MOST_OTHERS)):
                program = fonts.other_program(bold, italic, tuple(letters[start : start + fonts.MOST_OTHERS]))
                found[f"F{bold:d}{italic:d}x{volume}"] = _add_font(file, program)
        return found


def _add_font(file: PdfFile, program: fonts.Program) -> Ref:
    packed: dict[str, Value] = {"Filter": Name("FlateDecode")}
    data = file.add_packed(program.packed, {**packed, "Length1": program.length})
    return file.add(
        {
            "Type": Name("Font"),
            "Subtype": Name("TrueType"),
            "BaseFont": Name(program.name),
            "FirstChar": 0,
            "LastChar": len(program.widths) - 1,
            "Widths": program.widths,
            "FontDescriptor": file.add({**program.descriptor, "FontFile2": data}),
            "ToUnicode": file.add_packed(program.to_unicode, packed),
        }
    )


class PageContent:
    """The drawing of one page. Places are given in points from a corner `left`, `top` of the page, y downwards."""

    def __init__(self, fonts_: FontUse, measure: Measure, height: float) -> None:
        self._fonts, self._measure, self._height = fonts_, measure, height
        self._parts: list[str] = []
        self._pen = -1.0
        self._ink = (0.0, False)

    def data(self) -> bytes:
        """All that was drawn."""
        return "\n".join(self._parts).encode("latin-1")

    def begin(self, tag: str, mark: int) -> None:
        """What follows until `end` is a part of the document."""
        self._parts.append(f"/{tag} <</MCID {mark}>> BDC")

    def begin_ornament(self) -> None:
        """What follows until `end` is not read aloud: page numbers, lines, the footer."""
        self._parts.append("/Artifact BMC")

    def end(self) -> None:
        """Ends what `begin` or `begin_ornament` began."""
        self._parts.append("EMC")

    def rule(self, rule: Rule, left: float, top: float) -> None:
        """A straight line."""
        if rule.width != self._pen:
            self._pen = rule.width
            self._parts.append(f"{rule.width:g} w")
        if (rule.grey, rule.dashed) != self._ink:
            self._ink = rule.grey, rule.dashed
            self._parts.append(f"{rule.grey:g} G {'[3 2]' if rule.dashed else '[]'} 0 d")
        down = self._height - top
        x1, y1, x2, y2 = left + rule.x1, down - rule.y1, left + rule.x2, down - rule.y2
        self._parts.append(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def symbol(self, found: Symbol, left: float, bottom: float, side: float) -> None:
        """A QR as one filled shape: squares painted one by one would show hair lines between them."""
        module = side / found.size
        for dark in found.dark:
            x, y = left + dark.column * module, bottom + side - (dark.row + 1) * module
            self._parts.append(f"{x:.3f} {y:.3f} {dark.width * module:.3f} {module:.3f} re")
        self._parts.append("f")

    def text(self, text: Text, left: float, top: float) -> None:
        """Text on its base line."""
        x, y = left + text.x, self._height - top - text.y
        if has_accents(text.text):
            self._accented(text, x, y)
        else:
            self._plain(text, text.text, x, y)

    def _plain(self, look: Text, text: str, x: float, y: float) -> None:
        shown = " ".join(
            f"/{font} {look.size:g} Tf ({code}) Tj" for font, code in self._fonts.coded(text, look.bold, look.italic)
        )
        if look.spacing:
            self._parts.append(f"BT {look.spacing:.3f} Tw {x:.2f} {y:.2f} Td {shown} 0 Tw ET")
        else:
            self._parts.append(f"BT {x:.2f} {y:.2f} Td {shown} ET")

    def _accented(self, look: Text, x: float, y: float) -> None:
        """Text with signs that have to be placed. A word with one says what it is read as: copying gives it back."""
        ink, slope = fonts.ink(look.bold, look.italic), fonts.slope(look.bold, look.italic)
        unit = look.size / 1000

        def width(text: str) -> float:
            return self._measure(text, look.bold, look.italic, look.size) + text.count(" ") * look.spacing

        for part in _WORDS.findall(look.text):
            word = part.rstrip(" ")
            if not has_accents(word):
                self._plain(look, part, x, y)
                x += width(part)
                continue
            self._parts.append(f"/Span <</ActualText <FEFF{word.encode('utf-16-be').hex()}>>> BDC")
            for cluster in clusters(word):
                letter = drawn_letter(cluster)
                self._plain(look, letter, x, y)
                signs = anchored(cluster, look.bold, look.italic) or place_accents(cluster, ink, slope)
                for accent in signs:
                    self._plain(look, accent.sign, x + accent.x * unit, y + accent.y * unit)
                x += width(letter)
            self.end()
            x += width(part[len(word) :])
