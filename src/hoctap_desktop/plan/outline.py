"""The body of a plan as blocks, and as the readable text it is kept in (a Markdown subset).

The grammar, line by line; markdown-it-py does the parsing, with every other rule of Markdown off:

- `# ` … `#### ` heading; its number is computed, unless the line ends in `{III.}` (that number) or `{}` (none);
- `- `, `+ `, `* ` bullet, the mark written is the mark printed, two spaces of indent a level;
- `| a | b |` rows of a table, the second line being `| --- | --- |`;
- anything else: a paragraph; its lines are one text. "1) …", "2.1 …", "> …", "[x]", "<b>" are plain words.
- In text `**` begins and ends bold, `*` italics, `***` both. A mark without partner is a plain star.
- `{{week.from}}` is a field (filing/fields.py). A backslash takes the meaning from one of \\ * # - + | { }.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from hoctap_desktop.document.model import Run, Runs, runs_text

Kind = Literal["heading", "paragraph", "bullet", "table", "basis", "recipient"]
DEEPEST_HEADING = 4
DEEPEST_BULLET = 3
BULLET_MARKS = "-+*"
_SPECIAL = r"\*#-+|{}"
_BULLET_LINE = re.compile(r"( *)([-+*])(?:\s+(.*))?")
_DELIMITER_LINE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_NUMBER_AT_END = re.compile(r"(?:^|(?<=\s))\{((?:[^{}\\]|\\.)*)\}$")
_STARS = re.compile(r"\\([\\*#\-+|{}])|(\*+)")


@dataclass(frozen=True)
class Block:
    """One block of the body.

    level: heading 1–4, bullet depth 1–3, else 0. runs: text, may hold "{{field}}"; heading runs carry no bold unless
    only a part of the line is bold. mark: "-", "+" or "*" of a bullet. number: of a heading, None when computed,
    "" when none is printed. rows: of a table, all of one length, the head first; a cell is text with ** and *.

    basis, recipient: a line of a list of its own that stands on one page with a body, never in it (page_text.py).
    """

    kind: Kind
    level: int = 0
    runs: Runs = ()
    mark: str = ""
    number: str | None = None
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        return runs_text(self.runs)


Outline = tuple[Block, ...]


def heading(level: int, runs: Runs, number: str | None = None) -> Block:
    """A heading, tidied."""
    return Block("heading", level, tidy(runs), number=number)


def paragraph(runs: Runs) -> Block:
    """A paragraph, tidied."""
    return Block("paragraph", 0, tidy(runs))


def bullet(depth: int, mark: str, runs: Runs) -> Block:
    """A bullet, tidied."""
    return Block("bullet", depth, tidy(runs), mark=mark)


def table(rows: Sequence[Sequence[str]]) -> Block:
    """A table; short rows are filled up with empty cells, so that nothing written is lost."""
    width = max((len(row) for row in rows), default=1) or 1
    cells = tuple(tuple(_one_line(c).strip() for c in row) + ("",) * (width - len(row)) for row in rows)
    return Block("table", rows=cells or (("",),))


# --- text in runs ------------------------------------------------------------------------------------------------


def without_first(runs: Runs, letters: int) -> Runs:
    """Runs without their first letters."""
    kept: list[Run] = []
    for run in runs:
        kept.append(replace(run, text=run.text[letters:]))
        letters = max(0, letters - len(run.text))
    return tidy(tuple(kept))


def tidy(runs: Runs) -> Runs:
    """The one way to write these runs: no empty or like neighbours, no style that begins or ends at a space."""
    letters = [(c, run.bold, run.italic) for run in runs for c in _one_line(run.text)]
    start, end = 0, len(letters)
    while start < end and letters[start][0].isspace():
        start += 1
    while end > start and letters[end - 1][0].isspace():
        end -= 1
    after: list[tuple[bool, bool]] = []  # backwards: the style of the next letter that is no space
    for letter, bold, italic in reversed(letters[start:end]):
        after.append(after[-1] if letter.isspace() else (bold, italic))
    styles: list[tuple[bool, bool]] = []
    before = (False, False)
    for letter, bold, italic in letters[start:end]:
        then = after.pop()
        if not letter.isspace():
            before = (bold, italic)
        styles.append((before[0] and then[0], before[1] and then[1]))
    pairs = zip((letter for letter, _, _ in letters[start:end]), styles, strict=True)
    return tuple(
        Run("".join(letter for letter, _ in group), *style) for style, group in groupby(pairs, key=lambda pair: pair[1])
    )


def parse_runs(text: str) -> Runs:
    """One line of text with ** and * as tidy runs."""
    pieces: list[str | int] = []  # words, or the number of stars
    at = 0
    for found in _STARS.finditer(text):
        pieces.append(text[at : found.start()])
        pieces.append(found[1] if found[1] is not None else len(found[2]))
        at = found.end()
    pieces.append(text[at:])
    pieces = [p for p in pieces if p != ""]
    partners = {bit: _pairs(pieces, bit) for bit in (2, 1)}
    bold = italic = False
    runs: list[Run] = []
    for index, piece in enumerate(pieces):
        if isinstance(piece, str):
            runs.append(Run(piece, bold, italic))
            continue
        lone = piece if piece > 3 else sum(bit for bit in (2, 1) if piece & bit and index not in partners[bit])
        if lone:
            runs.append(Run("*" * lone, bold, italic))
        if piece <= 3:
            bold ^= bool(piece & 2) and index in partners[2]
            italic ^= bool(piece & 1) and index in partners[1]
    return tidy(tuple(runs))


def _pairs(pieces: Sequence[str | int], bit: int) -> set[int]:
    """Indexes of the star pieces that really begin or end bold (bit 2) or italics (bit 1)."""
    paired: set[int] = set()
    opened: int | None = None
    for index, piece in enumerate(pieces):
        if not isinstance(piece, int) or piece > 3 or not piece & bit:
            continue
        before = pieces[index - 1] if index else " "
        after = pieces[index + 1] if index + 1 < len(pieces) else " "
        if opened is None:
            if not (isinstance(after, str) and after[0].isspace()):
                opened = index
        elif not (isinstance(before, str) and before[-1].isspace()):
            paired |= {opened, index}
            opened = None
    return paired


def write_runs(runs: Runs) -> str:
    """The text of runs with ** and *, with as few backslashes as make it come back the same."""
    runs = tidy(runs)
    bare = _styled(runs, "")
    return bare if parse_runs(bare) == runs else _styled(runs, "\\*")


def write_every_star(runs: Runs) -> str:
    """As write_runs, with a backslash before every star that is a letter: a bullet then cannot pass for italics."""
    return _styled(tidy(runs), "\\*")


def _styled(runs: Runs, escaped: str) -> str:
    pieces: list[str] = []
    bold = italic = False
    for run in (*runs, Run("")):
        pieces.append("*" * (2 * (run.bold != bold) + (run.italic != italic)))
        pieces.append("".join("\\" + c if c in escaped else c for c in run.text))
        bold, italic = run.bold, run.italic
    return "".join(pieces)


def _one_line(text: str) -> str:
    return re.sub(r"[\r\n\t\x00]", " ", text)


# --- from text ---------------------------------------------------------------------------------------------------


def _bullet_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    found = _BULLET_LINE.fullmatch(_line(state, start))
    if not found:
        return False
    if silent:
        return True
    last = start + 1
    enders = state.md.block.ruler.getRules("paragraph")
    while last < end and not state.isEmpty(last) and not any(rule(state, last, end, True) for rule in enders):
        last += 1
    words = [found[3] or "", *(_line(state, line) for line in range(start + 1, last))]
    token = state.push("bullet", "", 0)
    token.content = " ".join(word.strip() for word in words)
    token.markup = found[2]
    token.meta = {"depth": min(len(found[1]) // 2 + 1, DEEPEST_BULLET)}
    state.line = last
    return True


def _table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    # Markdown's own table rule drops cells beyond the head's width: here no word may be lost.
    if start + 1 >= end or not _line(state, start).lstrip().startswith("|"):
        return False
    if not _DELIMITER_LINE.fullmatch(_line(state, start + 1).strip()):
        return False
    if silent:
        return True
    last = start + 2
    while last < end and _line(state, last).lstrip().startswith("|"):
        last += 1
    token = state.push("table", "", 0)
    token.meta = {"rows": [_cells(_line(state, line)) for line in (start, *range(start + 2, last))]}
    state.line = last
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] : state.eMarks[line]].expandtabs(4).rstrip()


def _cells(line: str) -> list[str]:
    inner = line.strip()[1:]
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def _markdown() -> MarkdownIt:
    md = MarkdownIt("zero").enable("heading")
    md.core.ruler.enableOnly(["normalize", "block"])
    md.block.ruler.before("paragraph", "bullet", _bullet_rule, {"alt": ["paragraph"]})
    md.block.ruler.before("bullet", "table", _table_rule, {"alt": ["paragraph"]})
    return md


_MARKDOWN = _markdown()


def parse(text: str) -> Outline:
    """The blocks of a body's text. Every text is a body: what is no heading, bullet or table is a paragraph."""
    return tuple(_blocks(_MARKDOWN.parse(text)))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "bullet":
            yield Block("bullet", token.meta["depth"], parse_runs(token.content), mark=token.markup)
        elif token.type == "table":
            yield table(token.meta["rows"])
        elif token.type == "inline" and before is not None:
            content = " ".join(line.strip() for line in token.content.split("\n"))
            if before.type == "heading_open":
                number = _NUMBER_AT_END.search(content)
                words = content[: number.start()] if number else content
                yield Block(
                    "heading",
                    min(int(before.tag[1:]), DEEPEST_HEADING),
                    parse_runs(words.strip()),
                    number=re.sub(r"\\(.)", r"\1", number[1]).strip() if number else None,
                )
            elif runs := parse_runs(content):
                yield Block("paragraph", 0, runs)


# --- to text -----------------------------------------------------------------------------------------------------


def write(outline: Outline) -> str:
    """The text of blocks; parse gives them back (empty paragraphs are left out). Ends with a line end unless empty."""
    parts: list[str] = []
    before: Block | None = None
    for block in outline:
        if block.kind == "paragraph" and not _one_line(block.text).strip():
            continue
        if before is not None:
            parts.append("\n" if before.kind == block.kind == "bullet" else "\n\n")
        parts.append(_written(block))
        before = block
    return "".join(parts) + "\n" if parts else ""


@lru_cache(maxsize=2048)  # a page on the screen is written again after each change of one block
def _written(block: Block) -> str:
    if block.kind == "table":
        head, *rows = table(block.rows).rows
        rule = tuple("---" for _ in head)
        return "\n".join(f"| {' | '.join(c.replace('|', chr(92) + '|') for c in row)} |" for row in (head, rule, *rows))
    wanted = Block(block.kind, block.level, tidy(block.runs), block.mark, block.number)
    before, after = _around(wanted)
    bare, starred = _styled(wanted.runs, ""), _styled(wanted.runs, "\\*")
    for words in (bare, "\\" + bare, starred, "\\" + starred):
        line = f"{before}{words}{after}".rstrip()
        if parse(line) == (wanted,):
            return line
    return f"{before}{_styled(wanted.runs, _SPECIAL)}{after}".rstrip()


def _around(block: Block) -> tuple[str, str]:
    if block.kind == "bullet":
        return "  " * (block.level - 1) + block.mark + " ", ""
    if block.kind == "heading":
        if block.number is None:
            return "#" * block.level + " ", ""
        number = "".join("\\" + c if c in r"\{}" else c for c in _one_line(block.number).strip())
        return "#" * block.level + " ", f" {{{number}}}"
    return "", ""
