"""From whole lines of a plan's text to the blocks of its body: numbers, bullets, tables. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from hoctap_desktop.document.model import Run, Runs
from hoctap_desktop.document.numbering import numbers
from hoctap_desktop.plan.headings import is_appendix_line
from hoctap_desktop.plan.numerals import KINDS, Numeral, follows, numeral, with_letters
from hoctap_desktop.plan.outline import (
    DEEPEST_BULLET,
    DEEPEST_HEADING,
    Block,
    bullet,
    heading,
    paragraph,
    parse_runs,
    table,
    tidy,
    without_first,
    write_runs,
)
from hoctap_desktop.plan.source_lines import Doubt, Line, joined

# "**\* Riêng …" and "- **Cấp huyện:**": the mark may stand inside the bold.
_BULLET = re.compile(r"(\*{0,3})(\\?\*(?!\*)|[-+–—•·●○▪‣◦])\s*(?=\S)(.*)", re.DOTALL)
_SECOND_MARK = re.compile(r"(\\?\*(?!\*)|[-+])\s+(?=\S)(.*)", re.DOTALL)
_TAB_NUMBER = re.compile(r"\s*(?:[-+*•–]|\(?[\dIVXLCa-zA-ZđĐ.]{1,6}[.)/:]|)\s*")
_MOST_COUNTED = 150
_LONE_NUMBER = re.compile(r"(?:Phần|PHẦN|Chương|CHƯƠNG)\s+(?:[IVXLC]+|\d{1,2})\s*[.:]?|(?:[IVXLC]{1,7}|\d{1,2})\.")
BULLET_ORDER = "-+*"


def read_body(lines: Sequence[Line], width: int) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """The blocks that print the same text, every number as written: see with_computed_numbers.

    width: of a wrapped line (source_lines.wrap_width). Every line's words are in some block. Doubts: lines joined,
    numbers out of their order, marks changed.
    """
    whole, doubts = joined(_with_lone_numbers(lines), begins_block, width)
    found = with_letters([None if line.cells or _bulleted(line) else numeral(line.bare) for line in whole])
    kinds = [kind for kind in KINDS if any(n and n.kind == kind for n in found)]
    blocks: list[Block] = []
    sources: list[tuple[Line, Numeral | None]] = []
    more: list[Doubt] = []
    marks: list[str] = []
    index = 0
    while index < len(whole):
        line, number = whole[index], found[index]
        rows = _table_rows(whole[index:])
        if rows:
            blocks.append(table(rows))
            sources.append((line, None))
            marks.clear()
            index += len(rows)
            continue
        index += 1
        sources.append((line, number))
        mark = _bulleted(line)
        if mark:
            block, doubt = _bullet(line, mark, marks)
            blocks.append(block)
            more += doubt
            continue
        marks.clear()
        if number:
            level = min(kinds.index(number.kind) + 1, DEEPEST_HEADING)
            blocks.append(_heading(line, number, level))
        elif line.marked:
            blocks.append(heading(min(_level_here(blocks), DEEPEST_HEADING), _unbold(parse_runs(_spaced(line))), ""))
            more.append(Doubt(line.number, line.bare, "Đề mục không có số thứ tự, giữ nguyên không đánh số."))
        else:
            blocks.append(paragraph(parse_runs(_spaced(line))))
    more += _order_doubts(blocks, sources)
    return tuple(blocks), (*doubts, *more)


def _with_lone_numbers(lines: Sequence[Line]) -> list[Line]:
    """A number alone in its line ("Phần I") is put before the heading in the next one."""
    result: list[Line] = []
    for line in lines:
        before = result[-1] if result else None
        lone = before is not None and not before.cells and not line.cells and _LONE_NUMBER.fullmatch(before.bare)
        if before and lone and not _bulleted(line) and not numeral(line.bare):
            text = f"**{before.bare} {line.bare}**" if before.bold and line.bold else f"{before.bare} {line.text}"
            result[-1] = replace(before, text=text, marked=before.marked or line.marked)
        else:
            result.append(line)
    return result


def begins_block(line: Line) -> bool:
    """True for a line that begins a numbered heading, a bullet, a table row, or a note in brackets of its own."""
    words = line.bare
    return (
        bool(_bulleted(line))
        or numeral(words) is not None
        or _cells(line) is not None
        or line.marked
        or words.startswith(("Trên đây là", "Nơi nhận"))
        or (words.startswith("(") and words.endswith(")") and "thay" in words)
    )


# --- tables ------------------------------------------------------------------------------------------------------


def _cells(line: Line) -> list[str] | None:
    """The cells of a table row: a real one, or set apart by tabs, or by | as in Markdown; None for other lines."""
    if line.cells is not None:
        return list(line.cells) or None
    if line.raw.strip().startswith("|") and line.raw.strip().endswith("|") and line.raw.count("|") > 2:
        return [cell.strip() for cell in line.raw.strip().strip("|").split("|")]
    if "\t" not in line.raw:
        return None
    cells = [cell.strip() for cell in line.raw.split("\t")]
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 and not (len(cells) > 2 and filled):
        return None
    if len(cells) == 2 and _TAB_NUMBER.fullmatch(cells[0]):
        return None
    return cells


def _table_rows(lines: Sequence[Line]) -> list[list[str]]:
    """The rows of the table that begins with the first line; two cells in one row alone are no table."""
    rows: list[list[str]] = []
    for line in lines:
        cells = _cells(line)
        if cells is None or (rows and line.cells is not None and line.gap):
            break
        rows.append([write_runs(parse_runs(cell)) for cell in cells])
    if len(rows) == 1 and not lines[0].cells and len([cell for cell in rows[0] if cell]) < 3:
        return []
    if len(rows) > 1 and all(re.fullmatch(r"[-: ]*", cell) for cell in rows[1]):
        return [rows[0], [], *rows[2:]] if len(rows) > 2 else []
    return rows


def _spaced(line: Line) -> str:
    return re.sub(r"\s*\t\s*", " ", line.text)


# --- bullets -----------------------------------------------------------------------------------------------------


def _bulleted(line: Line) -> re.Match[str] | None:
    """The parts of a bulleted line (bold before the mark, mark, text), or None."""
    found = _BULLET.fullmatch(line.text)
    if not found or _cells(line) is not None:
        return None
    spaced = line.text[found.end(2) : found.end(2) + 1].isspace()
    if found[2] == "*" and (found[1] or not spaced):
        return None  # italics, not a mark
    if not spaced and not found[3].lstrip("*")[:1].isalpha():
        return None  # "-5", "---"
    if found[2] in "-–+" and re.match(r"\d{4}\b", found[3]):
        return None  # "2021 - 2030", cut in two
    return found


def _bullet(line: Line, found: re.Match[str], marks: list[str]) -> tuple[Block, list[Doubt]]:
    mark, rest = found[2].lstrip("\\"), found[1] + found[3].strip()
    doubts: list[Doubt] = []
    second = _SECOND_MARK.fullmatch(rest)
    if second:
        mark, rest = second[1].lstrip("\\"), second[2]
        doubts.append(Doubt(line.number, line.bare, f"Hai dấu đầu dòng liền nhau, lấy dấu «{mark}»."))
    if mark not in BULLET_ORDER:
        doubts.append(Doubt(line.number, line.bare, f"Dấu đầu dòng «{mark}» được in thành «-»."))
        mark = "-"
    if mark in marks:
        del marks[marks.index(mark) + 1 :]
    else:
        deeper = [m for m in marks if BULLET_ORDER.index(m) < BULLET_ORDER.index(mark)]
        marks[:] = [*deeper, mark]
    return bullet(min(len(marks), DEEPEST_BULLET), mark, parse_runs(rest.replace("\t", " "))), doubts


# --- headings ----------------------------------------------------------------------------------------------------


def _heading(line: Line, number: Numeral, level: int) -> Block:
    runs = without_first(parse_runs(_spaced(line)), number.length)
    whole = all(run.bold for run in runs if run.text.strip())
    return heading(level, _unbold(runs) if whole and level <= 2 else runs, number.text)


def _unbold(runs: Runs) -> Runs:
    return tidy(tuple(Run(run.text, italic=run.italic and not _all_italic(runs)) for run in runs))


def _all_italic(runs: Runs) -> bool:
    return all(run.italic for run in runs if run.text.strip())


def _level_here(blocks: Sequence[Block]) -> int:
    return next((b.level for b in reversed(blocks) if b.kind == "heading"), 1)


def with_computed_numbers(blocks: Sequence[Block], scheme: str) -> tuple[Block, ...]:
    """Numbers the scheme prints by itself are left to it; the others stay as written, set by hand."""
    levels: list[tuple[int, str | None]] = []
    result: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            computed: str | None = None
            if block.number and len(levels) < _MOST_COUNTED:
                computed = numbers([*levels, (block.level, None)], scheme)[-1]
            block = replace(block, number=None if block.number and computed == block.number else block.number)
            levels.append((block.level, block.number))
        elif is_appendix_line(block):
            levels = []
        result.append(block)
    return tuple(result)


def _order_doubts(blocks: Sequence[Block], sources: Sequence[tuple[Line, Numeral | None]]) -> list[Doubt]:
    doubts: list[Doubt] = []
    before: dict[int, Numeral] = {}
    for block, (line, found) in zip(blocks, sources, strict=True):
        if not found:
            continue
        for level in [level for level in before if level > block.level]:
            del before[level]
        last = before.get(block.level)
        if last and last.text == found.text:
            doubts.append(Doubt(line.number, line.bare, f"Số «{found.text}» lặp lại, giữ như bản gốc."))
        elif not follows(last, found):
            after = f" sau «{last.text}»" if last else ""
            doubts.append(
                Doubt(line.number, line.bare, f"Số «{found.text}»{after} không theo thứ tự, giữ như bản gốc.")
            )
        before[block.level] = found
    return doubts
