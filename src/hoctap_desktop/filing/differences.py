"""Two states of a filing side by side: numbers in a table, texts with the words that differ marked. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from hoctap_desktop.filing.fields import FIELD, printed_value
from hoctap_desktop.filing.repository import DOCUMENT_DAY, DOCUMENT_NUMBER
from hoctap_desktop.form.answers import COMPUTED, WORDS, Answers, Count, Missing, cell, same_answer
from hoctap_desktop.form.definition import COMMON_FIELDS, Field, FieldType, FormDefinition
from hoctap_desktop.form.validation import place_of
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.numbers import print_count

BLANK = "để trống"
NOT_ASKED = "mẫu chưa hỏi"
_NUMBERS = (FieldType.COUNT, FieldType.MONEY)
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_CLASS_PARTS = ("name", "subject", "place", "from", "to")
# Beyond this many words on one side, words are not matched one by one: the whole line stands as changed.
_MOST_WORDS = 2_000


@dataclass(frozen=True)
class Span:
    """A piece of a text; marked: it is not in the other one."""

    text: str
    marked: bool = False


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Pair:
    """A line as it was and as it is; () where there is none."""

    old: Line
    new: Line


@dataclass(frozen=True)
class NumberDifference:
    """One cell. old, new: as a person reads them."""

    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class TextDifference:
    """One text: the lines that differ."""

    field: str
    label: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Differences:
    """() and () when the two say the same."""

    numbers: tuple[NumberDifference, ...]
    texts: tuple[TextDifference, ...]

    @property
    def count(self) -> int:
        return len(self.numbers) + len(self.texts)


def differences(form: FormDefinition, old: Answers, new: Answers, before: FormDefinition | None = None) -> Differences:
    """What differs, in the order of the form; then what is beside its fields (reasons, notes of the machine).

    before: the form of the old one, where that is another.
    """
    before = before or form
    ids = [field.id for field in both_ask(form, before)]
    ids += sorted({*old, *new} - set(ids))
    changed = [id for id in ids if not same_answer(old.get(id), new.get(id))]
    numbers, texts = [], []
    for id in changed:
        was, now = old.get(id), new.get(id)
        if is_number(form, id, was, now):
            numbers.append(
                NumberDifference(id, _label(form, before, id), said_on(before, id, was), said_on(form, id, now))
            )
        else:
            pairs = line_pairs(value_words(form, id, was, blank=""), value_words(form, id, now, blank=""))
            texts.append(TextDifference(id, _label(form, before, id), pairs))
    return Differences(tuple(numbers), tuple(texts))


def both_ask(form: FormDefinition, before: FormDefinition) -> Iterator[Field]:
    """The fields of a form, then those only the other one has."""
    yield from form.fields()
    yield from (field for field in before.fields() if form.field(field.id) is None)


def said_on(form: FormDefinition, id: str, value: JsonValue) -> str:
    """A number as a person reads it; one the form does not have was never asked."""
    return value_words(form, id, value, blank=BLANK if form.field(id) is not None else NOT_ASKED)


def _label(form: FormDefinition, before: FormDefinition, id: str) -> str:
    only_before = form.field(id) is None and before.field(id) is not None
    return label_of(before if only_before else form, id)


def is_number(form: FormDefinition, id: str, *values: JsonValue) -> bool:
    """True for a cell of the table, money, and what the machine added up beside one."""
    field = form.field(id)
    if field is not None:
        return field.type in _NUMBERS
    return any(isinstance(value, int) and not isinstance(value, bool) for value in values)


def label_of(form: FormDefinition, id: str) -> str:
    """Where a field stands, with a capital letter: "Mục 4, số lần hội thảo"; a reason by the place it is of."""
    own = {DOCUMENT_NUMBER: "Số văn bản", DOCUMENT_DAY: "Ngày văn bản"}
    if id in own and form.field(id) is None:
        return own[id]
    if id.startswith("reason.") and id.count(".") >= 2:
        return f"Lý do: {place_of(form, id.split('.', 2)[2])}"
    if id.startswith(COMPUTED):
        return f"Máy cộng: {place_of(form, id.removeprefix(COMPUTED))}"
    for section in form.sections:
        for row in section.rows:
            if row.note == id and form.field(id) is None:
                return f"Ghi chú: {row.label[:1].lower()}{row.label[1:]}"
    words = place_of(form, id)
    return words[:1].upper() + words[1:]


def value_words(form: FormDefinition, id: str, value: JsonValue, *, blank: str = BLANK) -> str:
    """One answer as a person reads it; a list with a line for each item; `blank` for none."""
    if value is None or value in ("", []):
        return blank
    field = form.field(id)
    if isinstance(value, list):
        return "\n".join(_named(form, item) if isinstance(item, str) else _item_words(item) for item in value)
    found = cell({id: value}, id)
    if isinstance(found, Count):
        return print_count(found.value)
    if isinstance(found, Missing):
        return f"{WORDS[found.kind]} ({found.reason})" if found.reason else WORDS[found.kind]
    if isinstance(value, str):
        return _named(form, _text(field, value))
    return str(value)


def _named(form: FormDefinition, text: str) -> str:
    """A fact that stands once by its name: "{{unit.name}}" is for the machine."""

    def name(found: re.Match[str]) -> str:
        field = form.field(found[1])
        label = field.label if field is not None else COMMON_FIELDS.get(found[1], found[1])
        return f"[{label}]"

    return FIELD.sub(name, text)


def _text(field: Field | None, value: str) -> str:
    if field is None or field.type in (FieldType.BODY, FieldType.LONG_TEXT):
        return value
    return printed_value(field, value)


def _item_words(item: JsonValue) -> str:
    """A class on one line: its name, then what else is known of it."""
    if not isinstance(item, Mapping):
        return str(item)
    parts = [str(item[key]) for key in _CLASS_PARTS if item.get(key)]
    learners = item.get("learners")
    if isinstance(learners, int):
        parts.insert(1, f"{print_count(learners)} học viên")
    return ", ".join(parts)


def line_pairs(old: str, new: str) -> tuple[Pair, ...]:
    """The lines that differ, old beside new, the words that differ marked. Lines that are the same are left out."""
    was, now = old.splitlines(), new.splitlines()
    found: list[Pair] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            found += _pairs_of(was[a:b], now[c:d])
    return tuple(found)


def _pairs_of(old: list[str], new: list[str]) -> Iterator[Pair]:
    for was, now in zip_longest(old, new):
        if was is None or now is None:
            yield Pair((Span(was, True),) if was else (), (Span(now, True),) if now else ())
        else:
            yield _words_of(was, now)


def _words_of(old: str, new: str) -> Pair:
    was, now = _WORD.findall(old), _WORD.findall(new)
    if len(was) > _MOST_WORDS or len(now) > _MOST_WORDS:
        return Pair((Span(old, True),), (Span(new, True),))
    left: list[Span] = []
    right: list[Span] = []
    steps = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    for place, (tag, a, b, c, d) in enumerate(steps):
        # a space between two words that both changed changed with them: "nhà văn hóa" is one piece, not three
        between = 0 < place < len(steps) - 1 and not "".join(was[a:b]).strip()
        changed = tag != "equal" or between
        _add(left, "".join(was[a:b]), changed)
        _add(right, "".join(now[c:d]), changed)
    return Pair(tuple(left), tuple(right))


def _add(spans: list[Span], text: str, marked: bool) -> None:
    if text and spans and spans[-1].marked == marked:
        spans[-1] = Span(spans[-1].text + text, marked)
    elif text:
        spans.append(Span(text, marked))
