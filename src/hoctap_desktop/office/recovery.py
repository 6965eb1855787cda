"""What came back after the program was cut off: which filings, which of their parts, until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hoctap_desktop.diary import repository as diary
from hoctap_desktop.filing import change_rows, repository
from hoctap_desktop.filing.change_rows import Change
from hoctap_desktop.filing.fields import scheme_of
from hoctap_desktop.filing.model import KIND_WORDS, Filing, Kind
from hoctap_desktop.form.definition import FieldType, FormDefinition
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.paper import form_of
from hoctap_desktop.plan.headings import heading_numbers
from hoctap_desktop.plan.outline import Outline, parse, write
from hoctap_desktop.store import sitting
from hoctap_desktop.store.database import Store

_MOST_SECTIONS = 4


@dataclass(frozen=True)
class Kept:
    """What of one filing is there. words: "3 ô" or "mục II, 2 ô"; field: the one changed last."""

    filing: str
    kind: Kind
    words: str
    field: str


@dataclass(frozen=True)
class Recovered:
    """until: moment of the last change that is there. diary: how many entries of the diary were written."""

    until: datetime
    kept: tuple[Kept, ...]
    diary: int = 0

    @property
    def sentence(self) -> str:
        """ "Lần trước chương trình dừng đột ngột lúc khoảng 10:32. Đã giữ đủ đến 10:32:05: Báo cáo (3 ô)."."""
        parts = [f"{KIND_WORDS[one.kind]} ({one.words})" for one in self.kept]
        if self.diary:
            parts.append(f"Nhật ký ({self.diary} việc)")
        return (
            f"Lần trước chương trình dừng đột ngột lúc khoảng {self.until:%H:%M ngày %d/%m/%Y}. "
            f"Đã giữ đủ đến {self.until:%H:%M:%S}: {', '.join(parts)}."
        )


def recovered(store: Store) -> Recovered | None:
    """What the sitting that was cut off last had changed; None when none was, or it changed nothing that is left.

    Raises UserError STORE_DAMAGED.
    """
    cut = sitting.cut_off(store)
    if cut is None:
        return None
    later = [one.first_change for one in sitting.sittings(store) if one.number > cut.number]
    end = min(later, default=None)
    found: dict[str, list[Change]] = {}
    for id, change in change_rows.changes_from(store, cut.first_change):
        if end is None or change.number < end:
            found.setdefault(id, []).append(change)
    kept = []
    for id, changes in found.items():
        filing = repository.find(store, id)
        if filing is not None:
            kept.append(Kept(id, filing.kind, _words(filing, changes), changes[-1].field))
    moments = [change.at for changes in found.values() for change in changes]
    in_diary = diary.changed_in(store, cut.number)
    moments += [at for _, at in in_diary]
    if not kept and not in_diary:
        return None
    return Recovered(max(moments), tuple(kept), len({entry for entry, _ in in_diary}))


def forget(store: Store) -> None:
    """The person has been told."""
    sitting.told(store)


def _words(filing: Filing, changes: Sequence[Change]) -> str:
    try:
        form = form_of(filing)
    except UserError as failure:
        if failure.code is not Code.FORM_UNKNOWN:
            raise
        return f"{len({change.field for change in changes})} ô"
    bodies = [field.id for field in form.fields() if field.type is FieldType.BODY]
    parts = []
    for body in bodies:
        own = [change for change in changes if change.field == body]
        if own:
            parts.append(_sections(form, filing.answers, own[0].before, own[-1].after))
    cells = {change.field for change in changes}.difference(bodies)
    if cells:
        parts.append(f"{len(cells)} ô")
    return ", ".join(parts)


def _sections(form: FormDefinition, answers: Mapping[str, JsonValue], before: JsonValue, after: JsonValue) -> str:
    """Which parts of a text changed, by the numbers of their headings: "mục II, V"."""
    scheme = scheme_of(form, answers)
    old, new = _parts(before, scheme), _parts(after, scheme)
    changed = [number for number, text in new.items() if old.get(number) != text]
    named = [number for number in changed if number]
    if not named:
        return "lời mở đầu" if changed else "bài viết"
    rest = len(named) - _MOST_SECTIONS
    words = ", ".join(number.rstrip(".)") for number in named[:_MOST_SECTIONS])
    return f"mục {words} và {rest} mục khác" if rest > 0 else f"mục {words}"


def _parts(text: JsonValue, scheme: str) -> dict[str, str]:
    """The text under each heading of the first level, by its number; "" for what stands before them."""
    outline: Outline = parse(text) if isinstance(text, str) else ()
    printed = iter(heading_numbers(outline, scheme))
    found: dict[str, list[str]] = {}
    at = ""
    for block in outline:
        number = next(printed) if block.kind == "heading" else ""
        if block.kind == "heading" and block.level == 1:
            at = number
        found.setdefault(at, []).append(write((block,)))
    return {number: "\n".join(lines) for number, lines in found.items()}
