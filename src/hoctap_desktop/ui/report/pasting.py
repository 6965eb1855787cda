"""A block from a spreadsheet on its way into the table: which cell goes where, and a verdict on each. No Qt."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hoctap_desktop.form.answers import Missing as MissingCell
from hoctap_desktop.form.answers import NoNumber, cell_json
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.numbers import parse_count, print_count
from hoctap_desktop.foundation.text import fold, to_nfc, without_marks
from hoctap_desktop.ui.report.grid_rows import SHORT, Box, GridRow

# What an office writes where it has no number, without accents and in small letters.
_WORDS: Mapping[str, NoNumber] = {
    "k": NoNumber.NOT_HELD,
    "khong to chuc": NoNumber.NOT_HELD,
    "c": NoNumber.UNKNOWN,
    "chua co so": NoNumber.UNKNOWN,
    "chua co so lieu": NoNumber.UNKNOWN,
    "a": NoNumber.NOT_APPLICABLE,
    "khong ap dung": NoNumber.NOT_APPLICABLE,
}
_DASHES = ("-", "–", "—")
_HEADS = ("so luong", "ket qua", "ghi chu", "noi dung", "noi dung hoat dong", "tt", "stt")
_DECIMAL = re.compile(r"\d+,\d+")
_FORMULA = ("=", "+", "-", "@")
NOTE_LENGTH = 200


@dataclass(frozen=True)
class Pasted:
    """One cell of the block and what becomes of it.

    where: row and number in words; now: what stands there; text: what was pasted.
    verdict: "new" (the cell was blank), "over" (another number or note stands there), "same", "refused", "outside"
    (no row of the table is left for it). why: for refused and outside. field, value: what is stored for new and over.
    """

    where: str
    now: str
    text: str
    verdict: str
    why: str = ""
    field: str = ""
    value: JsonValue | None = None

    @property
    def taken(self) -> bool:
        return self.verdict in ("new", "over")


def cells_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The lines and cells of a text from the clipboard: split by tabs as Excel gives it, else by ";" or ",".

    A comma splits only lines that all have as many of them and are no number with a decimal: "1,5" stays whole, so
    that it can be refused.
    """
    whole = to_nfc(text).replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if not whole.strip():
        return ()
    lines = [line for line in whole.split("\n") if line.strip()]
    comma = all(line.count(",") == lines[0].count(",") > 0 for line in lines)
    if "\t" in whole:
        split = "\t"
    elif all(line.count(";") == lines[0].count(";") > 0 for line in lines):
        split = ";"
    elif comma and not all(_DECIMAL.fullmatch(line.strip()) for line in lines):
        split = ","
    else:
        split = "\0"
    rows = csv.reader(io.StringIO(whole), delimiter=split, quotechar='"') if split != "\0" else _alone(whole)
    return tuple(tuple(" ".join(cell.split()) for cell in row) or ("",) for row in rows)


def _alone(whole: str) -> list[list[str]]:
    """One column; a cell of several lines comes in quotation marks."""
    if '"' not in whole:
        return [[line] for line in whole.split("\n")]
    return list(csv.reader(io.StringIO(whole), delimiter="\t", quotechar='"'))


def judge(block: Sequence[Sequence[str]], rows: Sequence[GridRow], first: int, *, notes: bool = False) -> list[Pasted]:
    """What becomes of each cell of a block pasted at row `first`; notes: it was pasted into the column Ghi chú.

    A block that carries the words of the column Nội dung goes by them, whatever row it was pasted at; any other goes
    down from `first`, leaving out the group rows unless it has empty lines there.
    """
    column, by_label = _by_label(block, rows)
    if by_label:
        found: list[Pasted] = []
        for line, row in by_label:
            found += _line(line[column + 1 :], row, notes=False)
        return found
    lines = list(block)
    if lines and all(without_marks(cell) in _HEADS for cell in lines[0] if cell) and any(lines[0]):
        lines = lines[1:]
    places = list(range(first, len(rows)))
    heads = [at for at in places[: len(lines)] if rows[at].group]
    if not heads or any(any(cell for cell in lines[at - first]) for at in heads):
        places = [at for at in places if not rows[at].group]
    found = []
    for number, line in enumerate(lines):
        if number >= len(places):
            words = " · ".join(cell for cell in line if cell)
            if words:
                found.append(Pasted("", "", words, "outside", "Bảng không còn dòng nào cho ô này."))
        elif not rows[places[number]].group:
            found += _line(line, rows[places[number]], notes=notes)
    return found


def _by_label(
    block: Sequence[Sequence[str]], rows: Sequence[GridRow]
) -> tuple[int, list[tuple[Sequence[str], GridRow]]]:
    """The column of the block that holds the words of Nội dung, and its lines with their rows; [] when there is none.

    Two rows with the same words are told apart by their order.
    """
    best: tuple[int, list[tuple[Sequence[str], GridRow]]] = (0, [])
    for column in range(max((len(line) for line in block), default=0)):
        left: dict[str, list[GridRow]] = {}
        for row in rows:
            if not row.group:
                left.setdefault(_bare(row.label), []).append(row)
        found = []
        for line in block:
            same = left.get(_bare(line[column])) if column < len(line) else None
            if same:
                found.append((line, same.pop(0)))
        if len(found) > len(best[1]):
            best = (column, found)
    return best


def _bare(words: str) -> str:
    return fold(words).strip(" -+.:;")


def _line(cells: Sequence[str], row: GridRow, *, notes: bool) -> list[Pasted]:
    """The numbers of a row, then its note."""
    rest = list(cells)
    if notes:
        return [_note(" ".join(cell for cell in rest if cell), row)] if any(rest) else []
    found: list[Pasted] = []
    if len(row.cells) == 2 and rest:
        parts = [part.strip() for part in rest[0].split(";")]
        if len(parts) == 2 and all(parts):
            rest[0:1] = parts
        elif len(rest) < 2 or not _is_figure(rest[1]):
            rest.insert(1, "")
    for place, field in enumerate(row.cells):
        if place < len(rest) and rest[place]:
            found.append(_figure(rest[place], row, place, field))
    note = " ".join(cell for cell in rest[len(row.cells) :] if cell)
    if note:
        found.append(_note(note, row))
    return found


def _is_figure(text: str) -> bool:
    return not text or text[0].isdigit() or without_marks(text) in _WORDS or text in _DASHES


def _figure(text: str, row: GridRow, place: int, field: str) -> Pasted:
    merged = len(row.boxes) < len(row.cells)
    box = row.boxes[0 if merged else place]
    where = row.label if len(row.cells) == 1 else f"{row.label} ({'số thứ nhất' if place == 0 else 'số thứ hai'})"
    now = _now(box)
    if not row.editable or not box.editable or box.counted:
        return Pasted(where, now, text, "refused", box.why or "Ô này không nhập được.")
    if text in _DASHES:
        return Pasted(where, now, text, "refused", "Dấu gạch không nói rõ là 0 hay không có. Hãy nhập ở ô.")
    kind = _WORDS.get(without_marks(text))
    if kind is not None:
        value: JsonValue = cell_json(MissingCell(kind))
        same = box.kind == kind.value
    else:
        bare, unit = text, row.units[place] if place < len(row.units) else ""
        if unit and fold(text).endswith(" " + fold(unit)):
            bare = text[: -len(unit)].strip()  # "3 tờ", as it is printed in a row of two numbers
        try:
            number = parse_count(bare)
        except UserError as refusal:
            return Pasted(where, now, text, "refused", str(refusal))
        value, same = number, now == print_count(number)
    verdict = "same" if same else "over" if now else "new"
    return Pasted(where, now, text, verdict, "", field, value)


def _note(text: str, row: GridRow) -> Pasted:
    where = f"Ghi chú: {row.label}"
    if text[:1] == "'" and text[1:2] in _FORMULA:
        text = text[1:]  # as `copied` gave it away
    if not row.editable:
        return Pasted(where, row.note_typed, text, "refused", "Ô này không nhập được.")
    if len(text) > NOTE_LENGTH:
        why = f"Ghi chú dài {len(text)} chữ, nhiều nhất {NOTE_LENGTH}. Hãy rút ngắn."
        return Pasted(where, row.note_typed, text, "refused", why)
    verdict = "same" if text == row.note_typed else "over" if row.note_typed else "new"
    return Pasted(where, row.note_typed, text, verdict, "", f"note.{row.id}", text)


def _now(box: Box) -> str:
    return SHORT.get(box.kind, box.text)


def copied(rows: Sequence[GridRow], places: Sequence[tuple[int, bool, bool]]) -> str:
    """Rows as a spreadsheet takes them: a line a row, tabs between. places: row, with its numbers, with its note."""
    lines = []
    for at, with_numbers, with_note in places:
        row = rows[at]
        cells = []
        if with_numbers:
            boxes = list(row.boxes) if len(row.boxes) == len(row.cells) else [row.boxes[0]] * len(row.cells)
            cells += [copied_box(box) for box in boxes]
        if with_note:
            cells.append(row.note_typed)
        lines.append("\t".join(_safe(cell) for cell in cells))
    return "\n".join(lines)


def copied_box(box: Box) -> str:
    """A number bare, as a spreadsheet counts with it; a "no number" in its words."""
    return box.text.replace(".", "") if box.text else _now(box)


def _safe(cell: str) -> str:
    """Text that begins like a formula stays text in a spreadsheet."""
    return f"'{cell}" if cell[:1] in _FORMULA else cell


def words_of(found: Sequence[Pasted]) -> str:
    """ "Lấy 16 ô (3 ô đang có số khác), 1 ô không lấy được"."""
    taken = sum(one.taken for one in found)
    over = sum(one.verdict == "over" for one in found)
    same = sum(one.verdict == "same" for one in found)
    bad = sum(one.verdict in ("refused", "outside") for one in found)
    parts = [f"Lấy {taken} ô" + (f", trong đó {over} ô đang có nội dung khác" if over else "")]
    parts += [f"{same} ô đã giống sẵn"] * bool(same) + [f"{bad} ô không lấy được"] * bool(bad)
    return "; ".join(parts) + "."
