"""Thùng rác: everything a person took away, whatever it was, and putting it back. Nothing leaves it by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from hoctap_desktop.diary import repository as diary
from hoctap_desktop.diary.model import TITLE, Entry
from hoctap_desktop.filing import attaching, attachment_rows, removed, repository
from hoctap_desktop.filing.differences import label_of, value_words
from hoctap_desktop.filing.model import KIND_WORDS, Status
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.text import shortened
from hoctap_desktop.office.going_back import put_draft_back, put_item_back, story
from hoctap_desktop.plan.outline import parse
from hoctap_desktop.plan.removed_parts import put_part_back, removed_parts
from hoctap_desktop.store.database import Store

_LONGEST = 90


@dataclass(frozen=True)
class Removed:
    """One thing in the trash. kind: "draft", "item" (a row of a list), "part" (of a text), "file", "entry" (diary).

    title: what it is; filing: the filing it belongs to, "" for the diary; number: its name in the store; of an item the
    index it had in its list.
    """

    kind: str
    title: str
    at: datetime
    who: str = ""
    filing: str = ""
    number: int = 0
    field: str = ""
    item: JsonValue = None


def trash(store: Store, campaign: str) -> tuple[Removed, ...]:
    """Everything in the trash, the latest first; of the diary what belongs to `campaign`. Raises STORE_DAMAGED."""
    found = [*_drafts(store), *_items(store), *text_parts(store), *_files(store), *_entries(store, campaign)]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def put_back(store: Store, one: Removed) -> str:
    """Puts it where it was; gives the filing that changed, "" for the diary. On the disk on return.

    Raises UserError REMOVED_UNKNOWN, FILING_FINAL, and those of attaching.put_back.
    """
    match one.kind:
        case "draft":
            return put_draft_back(store, one.number).id
        case "item":
            return put_item_back(store, one.filing, one.field, one.item, one.number).id
        case "part":
            return put_part_back(store, one.filing, one.number).id
        case "file":
            attaching.put_back(store, one.number)
        case _:
            diary.set_removed(store, one.number, store.clock(), removed=False)
    return one.filing


def _drafts(store: Store) -> Iterator[Removed]:
    for one in removed.removed_drafts(store):
        kept = repository.revision(store, one.kept_as, one.revision)
        title = f"Bản nháp {KIND_WORDS[kept.kind]} {kept.campaign}, lần {one.revision}"
        yield Removed("draft", title, one.removed_at, one.who, one.filing, one.number)


def _items(store: Store) -> Iterator[Removed]:
    for filing in repository.all_filings(store):
        told = story(store, filing.id)
        for one in told.removed_items():
            words = value_words(told.form, one.field, [one.item])
            title = f"{label_of(told.form, one.field)}: {_short(words)}"
            yield Removed("item", title, one.at, one.who, filing.id, one.place, one.field, one.item)


def text_parts(store: Store) -> Iterator[Removed]:
    """What was taken out of the texts of drafts, a draft after the other."""
    for filing in repository.all_filings(store):
        if filing.status is Status.DRAFT:
            for one in removed_parts(store, filing):
                title = f"{KIND_WORDS[filing.kind]}: {_part_words(one.words)}"
                yield Removed("part", title, one.removed_at, one.who, filing.id, one.number, one.field)


def _part_words(words: str) -> str:
    """ "Đề mục «Kinh phí» cùng 4 khối", "Đoạn «…»"."""
    first, *rest = parse(words)
    kind = {"heading": "Đề mục", "bullet": "Gạch đầu dòng", "table": "Bảng"}.get(first.kind, "Đoạn")
    said = " | ".join(first.rows[0]) if first.kind == "table" else first.text
    return f"{kind} «{_short(said)}»" + (f" cùng {len(rest)} khối sau nó" if rest else "")


def _files(store: Store) -> Iterator[Removed]:
    for one in attachment_rows.removed(store):
        if one.removed_at is not None and repository.REMOVED not in one.owner:
            yield Removed("file", f"Tệp kèm: {_short(one.name)}", one.removed_at, filing=one.owner, number=one.number)


def _entries(store: Store, campaign: str) -> Iterator[Removed]:
    for one in diary.removed_entries(store, campaign):
        if one.removed_at is not None:
            yield Removed("entry", f"Nhật ký: {_entry_words(one)}", one.removed_at, number=one.number)


def _entry_words(one: Entry) -> str:
    day = print_date(one.day) if one.day is not None else ""
    return ", ".join(part for part in (day, _short(one.text(TITLE))) if part) or "một việc"


def _short(words: str) -> str:
    return shortened(" ".join(words.split()), _LONGEST)
