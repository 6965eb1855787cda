"""Places in the texts of a filing: field, item (block of a body, line of a list, else 0), letters from start to end."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from hoctap_desktop.document.model import Run
from hoctap_desktop.form.answers import Answers, lines, text
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.text import to_nfc
from hoctap_desktop.plan.outline import Block, Outline, parse, write

_CELL_END = "\n"


def words_of(block: Block) -> str:
    """The words of a block in which marks are counted: of a table its cells, one a line."""
    return _CELL_END.join(cell for row in block.rows for cell in row) if block.kind == "table" else block.text


Outlines = Mapping[str, Outline]


def items_of(
    form: FormDefinition, answers: Answers, outlines: Outlines | None = None
) -> Iterator[tuple[Field, int, str]]:
    """Every text of a filing: its field, which block or line of it, its words (NFC); a day as printed.

    outlines: of bodies that are open in an editor, which need not be read again then.
    """
    for field in form.fields():
        match field.type:
            case FieldType.BODY:
                open_ = (outlines or {}).get(field.id)
                blocks = _parsed(to_nfc(text(answers, field.id))) if open_ is None else open_
                for index, block in enumerate(blocks):
                    yield field, index, words_of(block)
            case FieldType.LINES:
                for index, line in enumerate(lines(answers, field.id)):
                    yield field, index, to_nfc(line)
            case FieldType.LINE | FieldType.LONG_TEXT:
                yield field, 0, to_nfc(text(answers, field.id))
            case FieldType.DATE:
                yield field, 0, _printed_day(text(answers, field.id))
            case _:
                pass


@lru_cache(maxsize=16)
def _parsed(body: str) -> tuple[Block, ...]:
    return parse(body)


def _printed_day(value: str) -> str:
    try:
        return print_date(date.fromisoformat(value))
    except ValueError:
        return value


def changed_block(block: Block, start: int, end: int, words: str) -> Block:
    """A block with other words in the place of those from start to end (as words_of counts); styles stay."""
    if block.kind == "table":
        flat = words_of(block)
        cells = iter(f"{flat[:start]}{words}{flat[end:]}".split(_CELL_END))
        return replace(block, rows=tuple(tuple(next(cells) for _ in row) for row in block.rows))
    runs: list[Run] = []
    at = 0
    for run in block.runs:
        a, b = max(start - at, 0), min(end - at, len(run.text))
        if a < len(run.text) and b > 0:
            new = words if start >= at else ""
            runs.append(replace(run, text=f"{run.text[:a]}{new}{run.text[b:]}"))
        else:
            runs.append(run)
        at += len(run.text)
    return replace(block, runs=tuple(runs))


def changed_answer(field: Field, value: JsonValue, item: int, start: int, end: int, words: str) -> JsonValue:
    """An answer with other words in one place, by item, start and end. A day is replaced whole."""
    match field.type:
        case FieldType.BODY if isinstance(value, str):
            blocks = list(parse(to_nfc(value)))
            blocks[item] = changed_block(blocks[item], start, end, words)
            return write(tuple(blocks)).rstrip("\n")
        case FieldType.LINES if isinstance(value, list):
            found: list[JsonValue] = [to_nfc(one) if isinstance(one, str) else one for one in value]
            line = str(found[item])
            found[item] = f"{line[:start]}{words}{line[end:]}"
            return found
        case FieldType.DATE if isinstance(value, str):
            day, month, year = words.split("/")
            return date(int(year), int(month), int(day)).isoformat()
        case _ if isinstance(value, str):
            line = to_nfc(value)
            return f"{line[:start]}{words}{line[end:]}"
        case _:
            return value
