"""What the page decides about marks of last year and wrong days of the week: rows, changes, what is kept. No Qt."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from hoctap_desktop.form.context import Carried
from hoctap_desktop.form.definition import FieldType
from hoctap_desktop.form.validation import place_of
from hoctap_desktop.office.last_year import OldPlan
from hoctap_desktop.plan.leftovers import KIND_WORDS, Mark, carry, leftovers, told
from hoctap_desktop.plan.outline import Outline
from hoctap_desktop.plan.places import Outlines, changed_answer, words_of
from hoctap_desktop.plan.weekday_slips import WRONG_WEEKDAY, Slip, weekday_slips
from hoctap_desktop.ui.plan.mark_words import ShownMark
from hoctap_desktop.ui.plan.presenter import LISTS, Look, PlanPresenter, Save

# Letters of a proposal that a button has room for beside the others, in Cần xem and under a block of the text.
_IN_A_ROW, _IN_THE_TEXT = 14, 24
_SHORT_KINDS = {"year": "năm", "date": "ngày", "weekday": "thứ", "theme": "chủ đề", "unit": "tên đơn vị"}


class LastYearMarks:
    """Reads a presenter; changes go through it."""

    def __init__(self, presenter: PlanPresenter, outlines: Callable[[], Outlines] = dict) -> None:
        self._presenter = presenter
        self._outlines = outlines  # of the texts as they stand in their editors, the same as the answers
        self._asked: tuple[object, ...] = ()
        self._marks: tuple[Mark, ...] = ()
        self._slips: tuple[Slip, ...] = ()

    @property
    def carried(self) -> Carried | None:
        return self._presenter.context.carried

    def marks(self) -> tuple[Mark, ...]:
        """Every mark that stands."""
        self._look()
        return self._marks

    def slips(self) -> tuple[Slip, ...]:
        """Every wrong day of the week."""
        self._look()
        return self._slips

    def renew(self) -> None:
        """Looks again next time: answers came in before their editors showed them."""
        self._asked = ()

    def _look(self) -> None:
        """Looks again, unless all is as it was."""
        presenter, carried = self._presenter, self.carried
        asked = (presenter.answers, carried, presenter.frozen)
        if asked == self._asked:
            return
        self._asked = asked
        form, campaign, values = presenter.form, presenter.campaign, presenter.values()
        self._marks, self._slips = (), ()
        if not presenter.frozen:
            outlines = self._outlines()
            self._marks = leftovers(form, presenter.answers, carried, campaign, values, outlines)
            self._slips = weekday_slips(form, presenter.answers, campaign.year, values, outlines)

    def shown(self, field: str, outline: Outline) -> tuple[ShownMark, ...]:
        """The marks in a text in blocks or in a list on its page, as the editor shows them."""
        return tuple(_shown(mark, outline) for mark in self.marks() if mark.field == field and mark.item < len(outline))

    def said(self, field: str) -> str:
        """The sentence under a box with a mark or a wrong day of the week in it; "" for others."""
        mark = next((mark for mark in self.marks() if mark.field == field), None)
        if mark is not None:
            change = (
                f"Đổi thành «{mark.proposal}» (Alt+D) hay giữ nguyên" if mark.proposal else "Sửa lại hay giữ nguyên"
            )
            return f"Còn {KIND_WORDS[mark.kind]}: «{mark.words}». {change} (Alt+G)."
        return next((slip.message for slip in self.slips() if slip.field == field), "")

    def key_in(self, field: str) -> str:
        """The key of the first mark, else of the first wrong day of the week, in a box; "" for none."""
        return next((row.key for row in self.rows() if row.field == field), "")

    def rows(self) -> Iterator[Look]:
        """The rows of Cần xem."""
        form = self._presenter.form
        for mark in self.marks():
            change = ((("change", _change_words(mark, _IN_A_ROW)),) if mark.proposal else ()) + (
                ("keep", "Giữ nguyên"),
                ("fix", "Sửa"),
            )
            title = f"Còn {KIND_WORDS[mark.kind]}: {place_of(form, mark.field)}"
            text = f"«{mark.words}» có từ bản năm {self.carried.year if self.carried else ''}. {told(mark)}"
            yield Look(mark.key, mark.field, "block", title, text, self._place(mark.field, mark.item), change)
        for slip in self.slips():
            title = f"Sai thứ: {place_of(form, slip.field)}"
            acts = (("change", f"Đổi thành {slip.right}"), ("fix", "Sửa"))
            key = f"{WRONG_WEEKDAY}:{slip.field}:{slip.item}:{slip.start}"
            yield Look(key, slip.field, "warn", title, slip.message, self._place(slip.field, slip.item), acts)

    def _place(self, field: str, item: int) -> int:
        known = self._presenter.field(field)
        return item if known.type is FieldType.BODY or field in LISTS else -1

    def found(self, key: str) -> Mark | Slip | None:
        """The mark or wrong day a row is about."""
        marks = next((mark for mark in self.marks() if mark.key == key), None)
        if marks is not None:
            return marks
        return next((s for s in self.slips() if f"{WRONG_WEEKDAY}:{s.field}:{s.item}:{s.start}" == key), None)

    def change(self, found: Mark | Slip) -> Save | None:
        """The proposed words in the place of those there. They are no mark again, whatever they look like."""
        words = found.proposal if isinstance(found, Mark) else found.right
        presenter = self._presenter
        value = presenter.answers.get(found.field)
        new = changed_answer(presenter.field(found.field), value, found.item, found.start, found.end, words)
        save = presenter.take({found.field: new})
        for mark in self.marks():
            if (mark.field, mark.item, mark.start) == (found.field, found.item, found.start) and mark.words == words:
                self.keep(mark)
        return save[0] if save else None

    def keep(self, mark: Mark) -> Carried | None:
        """The words of a mark stay as they are."""
        if self.carried is not None:
            self._carry(replace(self.carried, kept=(*self.carried.kept, mark.spot)))
        return self.carried

    def _carry(self, carried: Carried | None) -> None:
        self._presenter.context = replace(self._presenter.context, carried=carried)

    def begin_from(self, old: OldPlan) -> tuple[tuple[Save, ...], Mapping[str, object]]:
        """Last year's plan in place of what is there: what to store, and what stood there before."""
        presenter = self._presenter
        answers, carried = carry(old.answers, old.week, old.campaign, presenter.form, presenter.answers)
        before = presenter.before(answers)
        self._carry(carried)
        return presenter.take(answers), before

    def give_back(self, carried: Carried | None) -> None:
        """What the draft was begun from before."""
        self._carry(carried)


def _change_words(mark: Mark, room: int) -> str:
    """On a button: what the words become, or, where that has no room, that they are changed (the row says to what)."""
    return f"Đổi thành {mark.proposal}" if len(mark.proposal) <= room else f"Đổi {_SHORT_KINDS[mark.kind]}"


def _shown(mark: Mark, outline: Outline) -> ShownMark:
    before = words_of(outline[mark.item])[: mark.start]
    change = _change_words(mark, _IN_THE_TEXT) if mark.proposal else ""
    said, nth = f"Còn {KIND_WORDS[mark.kind]}.", before.count(mark.words)
    return ShownMark(mark.key, mark.field, mark.item, mark.words, nth, said, change)
