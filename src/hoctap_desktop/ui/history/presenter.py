"""What the dialogs of the history show: rows, words, what can be had again. No Qt."""

from dataclasses import dataclass
from datetime import datetime

from hoctap_desktop.filing.differences import line_pairs, value_words
from hoctap_desktop.filing.model import Status
from hoctap_desktop.filing.versions import Entry, Point, VersionId
from hoctap_desktop.form.answers import same_answer
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.text import shortened
from hoctap_desktop.office.going_back import Story
from hoctap_desktop.office.story_words import what, when
from hoctap_desktop.office.trash import Removed

TAKE, PUT_BACK = "take", "put_back"
_LONGEST = 150
_KINDS = {"finalised": "sealed", "sent": "sent", "restored": "past", "begun": "past", "amended": "past"}


@dataclass(frozen=True)
class Row:
    """One row of a list. kind: a key of widgets.findings_list.LOOKS; acts: (id, words)."""

    key: str
    kind: str
    title: str
    text: str
    acts: tuple[tuple[str, str], ...] = ()


# --- one field -------------------------------------------------------------------------------------------------------


def field_rows(told: Story, field: str, now: JsonValue | None, *, free: bool) -> tuple[Row, ...]:
    """The entries of a field, newest first, then what stood there first. now: on the screen; free: it can be changed.

    The key of a row leads to its value through `value_of`.
    """
    entries = told.field(field)
    rows = [_entry_row(told, field, entry, now, free=free) for entry in entries]
    if entries:
        first = entries[-1]
        again = ((TAKE, "Lấy lại giá trị này"),) if free and not same_answer(first.before, now) else ()
        rows.append(Row("first", "past", "Lúc đầu", _short(value_words(told.form, field, first.before)), again))
    return tuple(rows)


def value_of(told: Story, field: str, key: str) -> JsonValue | None:
    """The value a row of `field_rows` would bring back; None: blank."""
    entries = told.field(field)
    if key == "first":
        return entries[-1].before
    return next(entry.after for entry in entries if str(entry.number) == key)


def _entry_row(told: Story, field: str, entry: Entry, now: JsonValue | None, *, free: bool) -> Row:
    stands = same_answer(entry.after, now)
    title = ", ".join(p for p in (seconds(entry.at), entry.who, _revision(told, entry.revision)) if p)
    text = _change_words(told, field, entry)
    acts = ((TAKE, "Lấy lại giá trị này"),) if free and not stands else ()
    return Row(str(entry.number), "past", title, f"{text} (đang dùng)" if stands else text, acts)


def _change_words(told: Story, field: str, entry: Entry) -> str:
    before, after = (value_words(told.form, field, value) for value in (entry.before, entry.after))
    if len(before) + len(after) <= _LONGEST and "\n" not in before + after:
        return f"{before} → {after}"
    was, now = (value_words(told.form, field, value, blank="") for value in (entry.before, entry.after))
    pairs = line_pairs(was, now)
    gone = " … ".join(span.text.strip() for pair in pairs for span in pair.old if span.marked and span.text.strip())
    come = " … ".join(span.text.strip() for pair in pairs for span in pair.new if span.marked and span.text.strip())
    parts = [f"Bớt «{_short(gone)}»." if gone else "", f"Thêm «{_short(come)}»." if come else ""]
    return " ".join(part for part in parts if part) or "Chỉ đổi cách xuống dòng."


def seconds(at: datetime) -> str:
    """ "10:32:05 12/10/2022"."""
    return f"{at:%H:%M:%S} {at:%d/%m/%Y}"


def _revision(told: Story, revision: int) -> str:
    return f"lần {revision}" if len(told.revisions) > 1 else ""


# --- the time line ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """The time line: its rows, and which may be compared or gone back to by the key of a row."""

    rows: tuple[Row, ...]
    points: tuple[Point, ...]

    def point(self, key: str) -> Point | None:
        return next((point for point, row in zip(self.points, self.rows, strict=True) if row.key == key), None)

    def before(self, key: str) -> VersionId | None:
        """The version before a row's, that says something else; None for the first."""
        at = next((place for place, row in enumerate(self.rows) if row.key == key), len(self.rows))
        later = [point.id for point in self.points[at + 1 :] if point.kind != "sent"]
        return later[0] if later else None


def line_of(told: Story) -> Line:
    """The points, newest first."""
    points = told.points()
    rows = []
    for place, point in enumerate(points):
        title = ", ".join(part for part in (when(point.at, point.since), point.who) if part)
        text = what(told.form, point)
        rows.append(Row(f"{place}:{point.id}", _KINDS.get(point.kind, "draft"), title, text))
    return Line(tuple(rows), points)


def short_when(point: Point) -> str:
    """For a list box: "14:32 12/10/2022, chốt lần 1"."""
    words = {"finalised": "chốt", "sent": "gửi", "begun": "bắt đầu", "amended": "bắt đầu", "restored": "đưa về"}
    said = f", {words[point.kind]} lần {point.id.revision}" if point.kind in words else ""
    return f"{when(point.at)}{said}"


def go_back_words(told: Story, point: Point) -> tuple[str, str]:
    """Title and text asked before the next revision is begun by going back; ("", "") when nothing is to be asked."""
    if told.filing.status is not Status.FINAL:
        return "", ""
    revision = told.filing.revision
    return (
        f"Lập lần {revision + 1} từ bản cũ này?",
        f"Lần {revision} đã chốt, giữ nguyên như bản in. Lần {revision + 1} bắt đầu từ nội dung {when(point.at)}.",
    )


# --- the trash -------------------------------------------------------------------------------------------------------


def trash_rows(found: tuple[Removed, ...]) -> tuple[Row, ...]:
    """Keys are places in `found`."""
    return tuple(
        Row(
            str(place),
            "gone",
            one.title,
            f"Bỏ lúc {when(one.at)}{', ' + one.who if one.who else ''}",
            ((PUT_BACK, "Lấy lại"),),
        )
        for place, one in enumerate(found)
    )


def _short(words: str) -> str:
    return shortened(" ".join(words.split()), _LONGEST)


NOTHING_YET = "Mục này chưa sửa lần nào từ khi bắt đầu lập."
