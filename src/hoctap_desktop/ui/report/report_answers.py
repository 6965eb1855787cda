"""The answers of a report on the screen: what changes them, what a change was before, what must be looked at again.

No Qt, and nothing here stores anything: every change gives what to store.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.form.answers import COMPUTED, cell, number, same_answer
from hoctap_desktop.form.checks import may_be_overridden
from hoctap_desktop.form.context import Context
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition
from hoctap_desktop.form.filled_rows import filled_rows
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.ui.report.figures import CLASSES, LEARNERS, Figures, counted, listed
from hoctap_desktop.ui.report.found import Found, Slip
from hoctap_desktop.ui.report.looks import Look
from hoctap_desktop.ui.report.typed import slips_in


@dataclass(frozen=True)
class Save:
    """One answer to store; value None: blank."""

    field: str
    value: JsonValue | None


@dataclass(frozen=True)
class _Before:
    """A field as it was before a change."""

    field: str
    value: JsonValue | None
    rejected: Slip | None

    @property
    def stored(self) -> JsonValue | None:
        """What the draft in the store says: the text as typed where it could not be read."""
        return self.rejected[0] if self.rejected else self.value


class ReportAnswers:
    """Answers, what was typed and refused, and the steps back and forth."""

    def __init__(self, filing: Filing, form: FormDefinition, context: Context) -> None:
        self.filing = filing
        self.form = form
        self.context = context
        self._fields = {field.id: field for field in form.fields()}
        self._rejected: dict[str, Slip] = {} if self.frozen else slips_in(self._fields, filing.answers, self.year)
        self._answers = {id: value for id, value in filing.answers.items() if id not in self._rejected}
        self._undo: list[tuple[_Before, ...]] = []
        self._redo: list[tuple[_Before, ...]] = []
        self._touched: set[str] = set()
        self._found = Found(form, self._answers, self._rejected, context)
        self._figures = Figures(form, self._answers, self._rejected, context.last_year, frozen=self.frozen)
        self._changed: set[str] = set()  # since the table was shown last
        self._told: set[str] = set()  # since the forms were shown last
        self._rows = filled_rows(form, self._answers)[1]
        self._full: set[str] = set()  # rows whose every number stands or says why not
        self._count(field.id for field in form.indicators())
        self._looks: tuple[Look, ...] | None = None

    @property
    def answers(self) -> Mapping[str, JsonValue]:
        """As they are stored: what was typed and could not be read stands among them as text."""
        if not self._rejected:
            return self._answers
        return {**self._answers, **{id: typed for id, (typed, _) in self._rejected.items()}}

    @property
    def year(self) -> int:
        return int(self.filing.campaign[:4])

    @property
    def frozen(self) -> bool:
        """Final: nothing can be changed."""
        return self.filing.status is Status.FINAL

    def as_filing(self) -> Filing:
        """The filing with the answers on the screen, for the live page."""
        return replace(self.filing, answers=dict(self._answers))

    def field(self, id: str) -> Field:
        return self._fields[id]

    def findings(self) -> tuple[Finding, ...]:
        """Every finding, among them what was typed and could not be read."""
        return self._found.all()

    def class_field(self) -> Field | None:
        """The field that holds the list of classes, when the form asks one."""
        return next((field for field in self._fields.values() if field.type is FieldType.CLASSES), None)

    def classes(self) -> tuple[Mapping[str, JsonValue], ...]:
        """The classes listed."""
        field = self.class_field()
        return listed(self._answers, field.id) if field else ()

    # --- changes --------------------------------------------------------------------------------------------------

    def put(self, field: str, value: JsonValue | None) -> tuple[Save, ...]:
        """A value the field had before; None: blank."""
        return self._change({field: value})

    def put_all(self, changes: Mapping[str, JsonValue]) -> tuple[Save, ...]:
        """Several answers as one step, such as the numbers of the diary."""
        return self._change(changes)

    def _by_hand(self, id: str) -> bool:
        """Another number was stated beside the one counted from the list."""
        was, stated = number(self._answers, COMPUTED + id), number(self._answers, id)
        return self.filing.summed is None and stated is not None and was not in (None, stated)

    def _kept_counts(self, changes: Mapping[str, JsonValue | None]) -> dict[str, JsonValue | None]:
        """What the list of classes counts, kept beside the numbers stated (domain.md §4); not where totals climb."""
        listing = self.class_field()
        if listing is None or self.filing.summed is not None or not {listing.id, CLASSES, LEARNERS} & set(changes):
            return {}
        items = listed({**self._answers, **changes}, listing.id)
        counts: Mapping[str, int | None] = counted(items) if items else {CLASSES: None, LEARNERS: None}
        asks = (id for id in counts if id in self._fields and may_be_overridden(self.form, id))
        return {COMPUTED + id: counts[id] for id in asks}

    def undo(self) -> tuple[Save, ...]:
        """Takes the last change back."""
        return self._swap(self._undo, self._redo)

    def redo(self) -> tuple[Save, ...]:
        """Does again what was taken back last; nothing once something else was changed."""
        return self._swap(self._redo, self._undo)

    def _swap(self, stack: list[tuple["_Before", ...]], other: list[tuple["_Before", ...]]) -> tuple[Save, ...]:
        if not stack or self.frozen:
            return ()
        step = stack.pop()
        now = tuple(_Before(b.field, self._answers.get(b.field), self._rejected.get(b.field)) for b in step)
        other.append(now)
        for before in step:
            self._put(before.field, before.value, before.rejected)
        self._look_again([before.field for before in step])
        pairs = zip(step, now, strict=True)
        return tuple(Save(b.field, b.stored) for b, n in pairs if not same_answer(b.stored, n.stored))

    @property
    def can_redo(self) -> bool:
        return bool(self._redo) and not self.frozen

    def last_undone(self) -> str:
        """The field that `redo` would change again, "" when there is nothing."""
        return self._redo[-1][0].field if self._redo else ""

    def last_changed(self) -> str:
        """The field that `undo` would take back, "" when there is nothing."""
        return self._undo[-1][0].field if self._undo else ""

    @property
    def can_undo(self) -> bool:
        return bool(self._undo) and not self.frozen

    def touch(self, field: str) -> bool:
        """Notes that a person has been in a field and left it: from now on it may be told that it is empty.

        True when that is new.
        """
        new = field not in self._touched
        self._touched.add(field)
        return new

    def touch_all(self) -> None:
        """As if the person had been in every field: whatever is empty is told of."""
        self._touched.update(self._fields)

    def _change(
        self, changes: Mapping[str, JsonValue | None], rejected: Mapping[str, Slip] | None = None
    ) -> tuple[Save, ...]:
        if self.frozen:
            return ()
        refused = rejected or {}
        before, saves = [], []
        for field, value in {**changes, **self._kept_counts(changes)}.items():
            was = _Before(field, self._answers.get(field), self._rejected.get(field))
            now = _Before(field, value, refused.get(field))
            if same_answer(was.value, now.value) and was.rejected == now.rejected:
                continue
            before.append(was)
            self._put(field, now.value, now.rejected)
            if not same_answer(was.stored, now.stored):
                saves.append(Save(field, now.stored))
        if before:
            self._look_again([one.field for one in before])
            for reason in self._reasons_of_nothing([one.field for one in before]):
                before.append(_Before(reason, self._answers[reason], None))
                self._put(reason, None, None)
                saves.append(Save(reason, None))
                self._look_again([reason])
            self._undo.append(tuple(before))
            self._redo.clear()
        return tuple(saves)

    def _reasons_of_nothing(self, changed: Sequence[str]) -> list[str]:
        """Reasons given for a number that is another one now and needs none: they would be printed for nothing."""
        asked = {f"reason.{rule.id}.{field}" for field in changed for rule in self.form.rules}
        given = [id for id in asked if id in self._answers]
        standing = {finding.settled_by for finding in self.findings()} if given else set()
        return sorted(id for id in given if id not in standing)

    def _look_again(self, fields: Sequence[str]) -> None:
        self._tell(self._found.look_again(fields))
        self._count(fields)

    def _tell(self, fields: Collection[str]) -> None:
        """Of these something else is to be shown."""
        self._changed.update(fields)
        self._told.update(fields)
        self._looks = None

    def _put(self, field: str, value: JsonValue | None, rejected: Slip | None) -> None:
        if value is None:
            self._answers.pop(field, None)
        else:
            self._answers[field] = value
        if rejected is None:
            self._rejected.pop(field, None)
        else:
            self._rejected[field] = rejected

    def _count(self, fields: Iterable[str]) -> None:
        for field in fields:
            row = self.form.row_of(field)
            if row is not None:
                full = all(cell(self._answers, id) is not None for id in row.cells)
                (self._full.add if full else self._full.discard)(row.id)
