"""An entry of the diary, and what each kind of activity asks, as data. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from hoctap_desktop.foundation.canonical_json import JsonValue

# What every entry may hold besides its numbers; a number stands under the id of its Number.
DAY, KIND, TITLE, PLACE, NOTE, PROMISE = "day", "kind", "title", "place", "note", "promise"
SUBJECT, FROM, TO = "subject", "from", "to"
FIELDS = (DAY, KIND, TITLE, PLACE, NOTE, PROMISE, SUBJECT, FROM, TO)
DAYS = (DAY, FROM, TO)
TYPED = "typed."  # before the name of a number or day: what was typed there and cannot be read as one
MAX_LENGTH: Mapping[str, int] = {TITLE: 200, PLACE: 200, NOTE: 4000, SUBJECT: 200, PROMISE: 80, KIND: 40}


@dataclass(frozen=True)
class Number:
    """One number a kind of activity asks. id: for ever, unique in the diary; unit: the word behind it.

    feeds: indicators of the report it is added to. start: filled in when an entry begins, None: blank.
    words: how a plan names it when it promises some; unless: phrases with those words that mean something else.
    """

    id: str
    label: str
    unit: str
    feeds: tuple[str, ...] = ()
    start: int | None = None
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of activity. each: the indicator every entry adds one to, "" for none.

    class_list: id of the report's list an entry is a row of, "" for none. event: the plan's fields of this ceremony
    ("opening": opening.day, opening.time, opening.place), "" for none. words, unless: as of a Number, for the kind.
    """

    id: str
    label: str
    numbers: tuple[Number, ...]
    each: str = ""
    class_list: str = ""
    event: str = ""
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def number(self, id: str) -> Number | None:
        """The number called `id`, or None."""
        return next((one for one in self.numbers if one.id == id), None)


@dataclass(frozen=True)
class DiaryForm:
    """What the diary asks. form, form_version: the report whose indicators it feeds."""

    id: str
    version: int
    form: str
    form_version: int
    kinds: tuple[Kind, ...]

    def kind(self, id: object) -> Kind | None:
        """The kind called `id`, or None."""
        return next((one for one in self.kinds if one.id == id), None)

    def number(self, id: str) -> Number | None:
        """The number called `id` of whatever kind, or None."""
        return next((found for kind in self.kinds if (found := kind.number(id)) is not None), None)


@dataclass(frozen=True)
class Entry:
    """What happened once. number: its name in the store. content: by field and number id, blank fields left out.

    Numbers of another kind than the present one stay in it unread, until that kind is chosen again.
    """

    number: int
    campaign: str
    content: Mapping[str, JsonValue] = field(default_factory=dict)
    begun_at: datetime | None = None
    changed_at: datetime | None = None
    removed_at: datetime | None = None

    def text(self, name: str) -> str:
        """A field of words, "" when blank."""
        value = self.content.get(name)
        return value if isinstance(value, str) else ""

    def count(self, number: str) -> int | None:
        """A number, None when blank."""
        value = self.content.get(number)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    @property
    def day(self) -> date | None:
        """The day it happened."""
        return day_of(self.text(DAY))

    @property
    def owner(self) -> str:
        """Under what name its photos and clippings are attached (filing/attachments.py)."""
        return owner_of(self.number)


def owner_of(number: int) -> str:
    """ "diary-12": the owner of the files of an entry."""
    return f"diary-{number}"


def day_of(iso: str) -> date | None:
    """The day in an ISO text, None when it is none."""
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def class_item(entry: Entry, kind: Kind) -> dict[str, JsonValue]:
    """An entry as a row of the report's list of classes."""
    item: dict[str, JsonValue] = {"name": entry.text(TITLE)}
    learners = entry.count(kind.numbers[0].id) if kind.numbers else None
    if learners is not None:
        item["learners"] = learners
    for name in (SUBJECT, PLACE, FROM, TO):
        if entry.text(name):
            item[name] = entry.text(name)
    if FROM not in item and entry.text(DAY):
        item[FROM] = entry.text(DAY)
    return item
