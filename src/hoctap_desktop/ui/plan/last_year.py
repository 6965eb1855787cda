"""Last year's plan as the start of this year's, on the page: the button, the marks, what the person answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from hoctap_desktop.filing.carried import keep_carried
from hoctap_desktop.form.context import Carried
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.office.last_year import OldPlan, last_plan
from hoctap_desktop.plan.leftovers import Mark
from hoctap_desktop.plan.places import changed_block
from hoctap_desktop.plan.weekday_slips import Slip
from hoctap_desktop.ui.plan.host import PlanHost
from hoctap_desktop.ui.plan.last_year_marks import LastYearMarks
from hoctap_desktop.ui.plan.mark_bars import MarkBars
from hoctap_desktop.ui.plan.presenter import Look
from hoctap_desktop.ui.widgets.dialog import ask

BANNER = "taken"


@dataclass(frozen=True)
class _Kept:
    """Words that were kept as they are: what was carried before and after, and the plan as it stood then."""

    before: Carried | None
    after: Carried | None
    answers: Mapping[str, JsonValue]


class LastYear(QObject):
    """Marks are counted anew whenever the page looks; an answer to one is stored at once."""

    def __init__(self, page: PlanHost) -> None:
        super().__init__(page)
        self._page = page
        self._bars: dict[str, MarkBars] = {}
        self._said: dict[str, str] = {}  # under which box what stands
        self._kept: list[_Kept] = []
        for keys, act in (("Alt+D", "change"), ("Alt+G", "keep")):
            QShortcut(QKeySequence(keys), page).activated.connect(partial(self.act_here, act))

    @property
    def marks(self) -> LastYearMarks | None:
        return self._page.marks_of_last_year

    # --- beginning ---

    def offer(self) -> None:
        """Looks for the plan of a year before, asks, takes it."""
        self._page.saving.save_now()
        self._page.session.jobs.run(last_plan, self._found, words="Đang tìm kế hoạch năm trước")

    def _found(self, old: OldPlan | None) -> None:
        if old is None:
            self._page.banners.show_banner(
                BANNER,
                "info",
                "Máy này chưa có kế hoạch của năm trước. Nếu còn tệp Word hay tệp chữ, hãy lấy từ tệp.",
                "Lấy từ tệp Word",
                self._page.file_wanted.emit,
                closable=True,
            )
            return
        ask(
            self._page,
            f"Lấy kế hoạch năm {old.campaign.year} làm bản đầu?",
            "Nội dung đang có được thay bằng bản năm trước; trả lại được. Chủ đề, thời gian Tuần lễ và người ký vẫn là "
            "của năm nay. Ngày, năm, thứ, số văn bản, tên người còn của năm cũ được đánh dấu để xem từng chỗ.",
            yes="Lấy làm bản đầu",
            no="Không lấy",
            act=lambda: self.begin(old, f"Đã lấy kế hoạch năm {old.campaign.year} làm bản đầu."),
            icon="history",
        )

    def begin(self, old: OldPlan, said: str, given_back: Callable[[], object] = lambda: None) -> None:
        """Puts the old plan in place of what is there; one press gives everything back, and then calls `given_back`."""
        page, marks = self._page, self.marks
        if page.presenter is None or page.presenter.frozen or marks is None:
            return
        page.saving.save_now()
        carried = marks.carried
        saves, before = marks.begin_from(old)
        self._store()
        page.saving.later(saves)
        page.answers_taken.emit()
        # how many there were: the tab tells how many are left
        count = len(marks.marks())
        there = "Không thấy chỗ nào của năm cũ."
        if count:
            there = f"Bản ấy có {count} chỗ của năm cũ, thẻ Cần xem chỉ từng chỗ."
        page.banners.show_banner(
            BANNER,
            "info",
            f"{said} {there}",
            "Trả lại như cũ",
            lambda: self._give_back(cast(Mapping[str, JsonValue | None], before), carried, given_back),
            closable=True,
        )

    def _give_back(
        self,
        before: Mapping[str, JsonValue | None],
        carried: Carried | None,
        given_back: Callable[[], object] = lambda: None,
    ) -> None:
        page, marks = self._page, self.marks
        if page.presenter is None or page.presenter.frozen or marks is None:
            return
        page.saving.collect()
        marks.give_back(carried)
        self._store()
        page.saving.later(page.presenter.give_back(before))
        page.answers_taken.emit()
        page.banners.drop(BANNER)
        given_back()

    def _store(self) -> None:
        presenter = self._page.presenter
        assert presenter is not None
        job = partial(keep_carried, filing=presenter.filing.id, carried=presenter.context.carried)
        self._page.session.save(job)

    # --- marks ---

    def show(self) -> None:
        """Tints and bars as the texts stand now."""
        marks = self.marks
        if marks is None:
            return
        marks.renew()
        for field, editor in self._page.sheets.texts():
            editor.take_answer_back = self.take_back
            bars = self._bars.get(field)
            if bars is None or bars.parent() is not editor:
                if marks.carried is None:
                    continue
                bars = self._bars[field] = MarkBars(editor, self._act)
            bars.show_marks([one for id in editor.fields() for one in marks.shown(id, editor.outline(id))])
        self._show_boxes(marks)

    def _show_boxes(self, marks: LastYearMarks) -> None:
        """The sentence under each box, where it is another one than before."""
        presenter = self._page.presenter
        for sheet in self._page.sheets:
            for id in sheet.form.boxes if sheet.form is not None else ():
                said = marks.said(id)
                if said != self._said.get(id, "") and presenter is not None and sheet.form is not None:
                    self._said[id] = said
                    sheet.form.show_state(presenter, id)

    def acts_on(self, row: Look, act: str) -> bool:
        """Does what a button of a row says; False when it is no row of ours."""
        self._page.saving.collect()
        marks = self.marks
        found = marks.found(row.key) if marks is not None else None
        if found is None or act not in ("change", "keep"):
            return False
        self._answer(found, act)
        return True

    def _act(self, key: str, act: str) -> None:
        self._page.saving.collect()
        marks = self.marks
        found = marks.found(key) if marks is not None else None
        if found is not None:
            self._answer(found, act)

    def act_here(self, act: str) -> None:
        """By keys: on the row chosen in Cần xem, in the box, or on the bar under the caret's block."""
        if self._page.findings.hasFocus():
            self._act(self._page.findings.current(), act)
            return
        sheet = self._page.sheets.current()
        if sheet is not None and sheet.form is not None and sheet.in_form() and self.marks is not None:
            field = next(id for id, box in sheet.form.boxes.items() if box.edit.hasFocus())
            self._act(self.marks.key_in(field), act)
            return
        bars = self._bars.get(sheet.field) if sheet is not None else None
        here = bars.mark_here() if bars is not None else None
        if here is not None:
            self._act(here.key, act)

    def take_back(self) -> bool:
        """Undo right after Giữ nguyên: the mark stands again. False when something else was done last."""
        page, marks = self._page, self.marks
        if not self._kept or page.presenter is None or page.presenter.frozen or marks is None:
            return False
        page.saving.collect()
        last = self._kept[-1]
        if marks.carried is not last.after or dict(page.presenter.answers) != last.answers:
            return False
        self._kept.pop()
        marks.give_back(last.before)
        self._store()
        page.saving.save_now()
        page.look_wanted.emit()
        return True

    def _answer(self, found: Mark | Slip, act: str) -> None:
        page, marks = self._page, self.marks
        if page.presenter is None or page.presenter.frozen or marks is None:
            return
        if act == "keep":
            if isinstance(found, Mark):
                before = marks.carried
                self._kept.append(_Kept(before, marks.keep(found), dict(page.presenter.answers)))
        else:
            if isinstance(found, Mark) and not found.proposal:
                return
            words = found.proposal if isinstance(found, Mark) else found.right
            sheet = page.sheets.of(found.field)
            editor = sheet.editor if sheet is not None else None
            if editor is not None and found.field not in editor.fields():
                editor = None
            if editor is not None:  # one step of undo, the caret near
                block = editor.outline(found.field)[found.item]
                new = changed_block(block, found.start, found.end, words)
                editor.put_block(found.item, new, found.field)
            save = marks.change(found)
            if save is not None:
                page.saving.later((save,))
            if editor is None:
                page.answers_taken.emit()
        self._store()
        page.saving.save_now()
        page.look_wanted.emit()
