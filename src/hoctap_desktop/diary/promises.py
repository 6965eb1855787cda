"""What a plan promises to do: banners, classes, talks, ceremonies, each with the sentence it was read from. Pure.

Read from the plan's fields (opening, closing) and from its outline, word by word; what is not certain says why.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hoctap_desktop.diary.model import DiaryForm, Entry, Kind, Number, day_of
from hoctap_desktop.filing.fields import FIELD
from hoctap_desktop.form.answers import Answers, text
from hoctap_desktop.foundation.dates import parse_date
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.text import to_nfc
from hoctap_desktop.plan.outline import Block, parse

_SPELLED = {
    word: value
    for value, word in enumerate(("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"), start=1)
}
_CLASSIFIERS = r"(?:cái|chiếc|tấm|bộ|bức|cuộc|buổi|đợt|tờ|cuốn|lượt|tin,? bài|tin|bài|góc|mô hình)"
_COUNT = rf"(?P<count>\d{{1,6}}|\d{{1,3}}(?:\.\d{{3}})+|{'|'.join(_SPELLED)})\s+(?:{_CLASSIFIERS}\s+){{0,2}}"
_DAY = re.compile(
    r"(?:ngày\s+)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
)
_CLAUSE_END = re.compile(r"[;\n]|[.:!?](?=\s|$)")
_EACH = re.compile(r"(?:mỗi|từng)\s+[\w ]{0,40}$")
_NOT = re.compile(r"\b(?:không|chưa|thay vì)\s+(?:phải\s+)?(?:treo|tổ chức|mở|làm|phát|in)\b[^,]*$")
_MAY = re.compile(r"\b(?:khuyến khích|vận động|đề nghị|có thể|nếu)\b")
_LONGEST = 140
_SENTENCE = 50


@dataclass(frozen=True)
class Promise:
    """One thing the plan says will be done. kind, number: ids of the diary; number "" for a ceremony or a class.

    key: its name, the same while the plan goes on saying it. count: how many, None: not said. words: what the plan
    calls it. day, time, place: where the plan says so. sentence: where it was read. unsure: why a person should look,
    "" when it is certain.
    """

    key: str
    kind: str
    number: str
    words: str
    count: int | None = None
    day: date | None = None
    time: str = ""
    place: str = ""
    sentence: str = ""
    unsure: str = ""


def promises(answers: Answers, values: Mapping[str, str], form: DiaryForm) -> tuple[Promise, ...]:
    """Everything a plan promises, ceremonies first, then in the order of its text; what is certain before the rest.

    values: the plan's fields as printed (filing/fields.py), put in place of {{fields}} in its sentences.
    """
    found = [*_ceremonies(answers, values, form)]
    told = {one.kind for one in found}
    read = [one for one in _read(parse(text(answers, "body")), values, form) if one.kind not in told]
    read = _doubting(read)
    keyed: dict[str, int] = {}
    for one in sorted([*found, *read], key=lambda one: bool(one.unsure)):
        name = one.number or one.kind
        keyed[name] = keyed.get(name, 0) + 1
        found_at = [*found, *read].index(one)
        one = replace(one, key=f"{name}/{keyed[name]}")
        if found_at < len(found):
            found[found_at] = one
        else:
            read[found_at - len(found)] = one
    return tuple(sorted([*found, *read], key=lambda one: bool(one.unsure)))


def promised_indicators(found: Sequence[Promise], form: DiaryForm) -> frozenset[str]:
    """The indicators of the report the plan promised something of, in whatever number."""
    promised: set[str] = set()
    for one in found:
        kind, number = form.kind(one.kind), form.number(one.number)
        if number is not None:
            promised.update(number.feeds)
        elif kind is not None and kind.each:
            promised.add(kind.each)
    return frozenset(promised)


@dataclass(frozen=True)
class Kept:
    """A promise and what the diary says of it. entries: those made for it. done: their numbers added up, None: none.

    of a ceremony or a class: how many entries there are.
    """

    promise: Promise
    entries: tuple[Entry, ...]
    done: int | None

    @property
    def waits(self) -> bool:
        """Nothing in the diary is about it yet."""
        return not self.entries


def kept(found: Sequence[Promise], entries: Sequence[Entry]) -> tuple[Kept, ...]:
    """Each promise with the entries made for it; where it is the only one of its sort, with all that tell of that."""
    rows = []
    for one in found:
        only = sum(1 for other in found if (other.kind, other.number) == (one.kind, one.number)) == 1
        own = tuple(entry for entry in entries if entry.removed_at is None and _tells_of(entry, one, only=only))
        counts = [value for entry in own if (value := entry.count(one.number)) is not None] if one.number else []
        done = (sum(counts) if counts else None) if one.number else (len(own) or None)
        rows.append(Kept(one, own, done))
    return tuple(rows)


def _tells_of(entry: Entry, one: Promise, *, only: bool) -> bool:
    if entry.text("promise"):
        return entry.text("promise") == one.key
    return only and entry.text("kind") == one.kind and (not one.number or entry.count(one.number) is not None)


# --- from the fields ---------------------------------------------------------------------------------------------


def _ceremonies(answers: Answers, values: Mapping[str, str], form: DiaryForm) -> Iterator[Promise]:
    body = text(answers, "body").casefold()
    for kind in form.kinds:
        if not kind.event:
            continue
        day = day_of(text(answers, f"{kind.event}.day"))
        place = values.get(f"{kind.event}.place", "").strip()
        mentioned = [word for word in kind.words if word in body]
        if (day is None and not place) or not (mentioned or f"{kind.event}." in body):
            continue  # a day the form filled in by itself is no promise
        time = values.get(f"{kind.event}.time", "").strip()
        said = ", ".join(part for part in (time, values.get(f"{kind.event}.day", ""), place) if part)
        unsure = "" if place and day else "Kế hoạch chưa ghi đủ ngày và nơi."
        yield Promise("", kind.id, "", kind.label, None, day, time, place, f"{kind.label}: {said}.", unsure)


# --- from the text -----------------------------------------------------------------------------------------------


def _read(outline: Sequence[Block], values: Mapping[str, str], form: DiaryForm) -> Iterator[Promise]:
    named = _named(form)
    for block in outline:
        if block.kind == "heading" and len(block.text) < _SENTENCE:
            continue  # a short heading names what its paragraphs say; a long one says it itself
        lines = [" | ".join(cell for cell in row if cell) for row in block.rows[1:]] or [block.text]
        for line in lines:
            sentence = FIELD.sub(lambda m: values.get(m[1], "") or "……", to_nfc(line)).strip()
            for clause in _clauses(sentence):
                yield from _promised(clause, sentence, named)


def _clauses(sentence: str) -> Iterator[str]:
    start = 0
    for end in _CLAUSE_END.finditer(sentence):
        yield sentence[start : end.start()]
        start = end.end()
    yield sentence[start:]


@dataclass(frozen=True)
class _Named:
    kind: Kind
    number: Number | None
    pattern: re.Pattern[str]
    counted: re.Pattern[str]
    unless: re.Pattern[str] | None


def _named(form: DiaryForm) -> tuple[_Named, ...]:
    found = []
    for kind in form.kinds:
        for number in (None, *kind.numbers):
            words = number.words if number else kind.words
            if words:
                found.append(_named_one(kind, number, words, number.unless if number else kind.unless))
    return tuple(found)


def _named_one(kind: Kind, number: Number | None, words: Sequence[str], unless: Sequence[str]) -> _Named:
    any_word = "|".join(_letters(word) for word in sorted(words, key=len, reverse=True))
    not_these = "|".join(_letters(word) for word in unless)
    return _Named(
        kind,
        number,
        re.compile(rf"\b(?P<word>{any_word})\b"),
        re.compile(rf"\b{_COUNT}(?P<word>{any_word})\b"),
        re.compile(rf"\b(?:{not_these})\b") if unless else None,
    )


def _letters(word: str) -> str:
    """ "tọa đàm" also finds "toạ đàm"; any blank between the words."""
    found = r"\s+".join(re.escape(part) for part in word.split())
    for plain, other in (("ọa", "oạ"), ("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ")):
        found = found.replace(plain, f"(?:{plain}|{other})")
    return found


def _promised(clause: str, sentence: str, named: Sequence[_Named]) -> Iterator[Promise]:
    small = clause.casefold()
    if len(small) != len(clause):
        small = clause.lower()
    for one in named:
        # what means something else is blanked out, letter for letter, so that places stay
        words = one.unless.sub(lambda m: "·" * len(m[0]), small) if one.unless else small
        counted = list(one.counted.finditer(words))
        told = counted or [found for found in [one.pattern.search(words)] if found is not None]
        for found in told:
            if _NOT.search(words[: found.start()]):
                continue
            spelled = found.groupdict().get("count")
            unsure = "" if spelled else "Kế hoạch không nêu số lượng."
            if one.kind.event:
                unsure = "" if _day(clause) else "Kế hoạch chưa ghi đủ ngày và nơi."
            if spelled and _EACH.search(words[: found.start()]):
                unsure = "Số này nêu cho mỗi nơi, không phải cho cả đơn vị."
            elif _MAY.search(words[: found.start()]):
                unsure = "Kế hoạch chỉ khuyến khích hoặc đề nghị."
            yield Promise(
                "",
                one.kind.id,
                one.number.id if one.number else "",
                clause[found.start("word") : found.end("word")] if len(small) == len(clause) else found["word"],
                _number(spelled) if spelled else None,
                _day(clause),
                sentence=_shown(sentence, clause),
                unsure=unsure,
            )


def _shown(sentence: str, clause: str) -> str:
    """The sentence; of a long one the part that says it."""
    told = sentence if len(sentence) <= _LONGEST else clause.strip(" |-+*“”")
    return told if len(told) <= 2 * _LONGEST else told[: 2 * _LONGEST] + "…"


def _number(spelled: str) -> int:
    return _SPELLED.get(spelled) or int(spelled.replace(".", ""))


def _day(clause: str) -> date | None:
    found = _DAY.search(clause)
    try:
        return parse_date(found[0]) if found else None
    except UserError:
        return None


def _doubting(read: Sequence[Promise]) -> list[Promise]:
    """One line for all mentions without a number; the same number said twice may be the same thing."""
    found: list[Promise] = []
    for one in read:
        same = [other for other in found if (other.kind, other.number) == (one.kind, one.number)]
        if one.count is None:
            # a number said elsewhere is what counts; so is an earlier mention
            if same or any(o.count is not None and (o.kind, o.number) == (one.kind, one.number) for o in read):
                continue
        elif any(other.count == one.count for other in same) and not one.unsure:
            one = replace(one, unsure="Có thể là cùng số đã nêu ở câu khác.")
        found.append(one)
    return found
