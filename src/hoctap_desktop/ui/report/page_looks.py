"""What is read off all answers of the report together: Cần xem, the marks of the sections, whether it can be final."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer

from hoctap_desktop.ui.report.frame import ReportFrame
from hoctap_desktop.ui.report.looks import Look, Part
from hoctap_desktop.ui.report.open_report import OpenReport
from hoctap_desktop.ui.report.page_changes import PageChanges
from hoctap_desktop.ui.report.page_sections import PageSections
from hoctap_desktop.ui.widgets.findings_list import FindingRow
from hoctap_desktop.ui.widgets.reason_dialog import ask_reason
from hoctap_desktop.ui.widgets.section_list import SectionRow

AFTER_MS = 250


class PageLooks(QObject):
    """In a form of hundreds of fields it follows a moment after the last key, and says less at a time."""

    def __init__(self, page: ReportFrame, at: OpenReport, sections: PageSections, changes: PageChanges) -> None:
        super().__init__(page)
        self._page, self._at, self._sections, self._changes = page, at, sections, changes
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self.show)
        page.findings.chosen.connect(self._tint)
        page.findings.opened.connect(self._go_to)
        page.findings.acted.connect(self._act)
        page.strip.opened.connect(self._go_to)

    def refresh(self) -> None:
        """Soon in a large form, else at once."""
        if self._at.presenter is not None and self._at.presenter.large:
            self._timer.start()
        else:
            self.show()

    def show(self) -> None:
        """All of it as it stands now."""
        self._timer.stop()
        page, presenter = self._page, self._at.presenter
        if presenter is None:
            return
        why = presenter.why_not_final()
        page.final_button.disable(why) if why else page.final_button.enable()
        parts = presenter.parts()
        page.sections.set_rows([_section_row(part, parts) for part in parts])
        page.sections.open(self._at.section)
        rows = [FindingRow(look.key, look.kind, look.title, look.text, look.acts) for look in presenter.looks()]
        page.findings.show_rows(rows, page.legend)
        self.choose()
        page.right.tabs.set_count("look", len(rows))
        page.strip.show_rows(rows)
        page.strip.setHidden(not (page.narrow and rows))
        page.look_button.setText(f"Cần xem  {len(rows)}" if rows else "Cần xem")

    def choose(self) -> None:
        """The finding of the field the keyboard is in is tinted with it."""
        if self._timer.isActive():
            return  # with the rest
        looks = self._at.presenter.looks() if self._at.presenter else ()
        look = next((look for look in looks if look.field == self._at.field), None)
        self._page.findings.choose(look.key if look else "", scroll=look is not None)

    def check(self) -> None:
        """Kiểm tra (F7): everything is looked at, also what nobody has been in; the first finding has the keyboard."""
        page, presenter = self._page, self._at.presenter
        if presenter is None or presenter.frozen:
            return
        presenter.touch_all()
        self._sections.refresh()
        self.show()
        looks = presenter.looks()
        if not looks:
            words = "Đã kiểm tra: không còn chỗ nào cần xem. Có thể chốt để in."
            page.banners.show_banner("checked", "ok", words, leaves=True)
            return
        page.banners.drop("checked")
        if page.narrow:
            page.over.show(True)
            page.right.raise_()
        page.right.open("look")
        page.findings.setFocus(Qt.FocusReason.ShortcutFocusReason)
        page.findings.choose(looks[0].key)
        self._tint(looks[0].key)

    # --- one of them ----------------------------------------------------------------------------------------------

    def _look(self, key: str) -> Look | None:
        looks = self._at.presenter.looks() if self._at.presenter else ()
        return next((look for look in looks if look.key == key), None)

    def _tint(self, key: str) -> None:
        """A finding was chosen: its section comes up, the keyboard stays in the list."""
        page, look = self._page, self._look(key)
        section = self._at.presenter.form.section_of(look.field) if look and self._at.presenter else None
        if look is None or section is None:
            return
        self._sections.show(section.id, focus=False)
        place = page.figures.place_of(look.field)
        if section.rows and place.isValid():
            page.grid.setCurrentIndex(place)
            page.grid.scrollTo(place)
        self._at.field = look.field
        page.findings.choose(key)

    def _go_to(self, key: str) -> None:
        look = self._look(key)
        if look is not None:
            if self._page.narrow:
                self._page.over.show(False)
            self._sections.go_to(look.field)
            self._page.findings.choose(key)

    def _act(self, key: str, act: str) -> None:
        look, presenter = self._look(key), self._at.presenter
        if look is None or presenter is None:
            return
        if act == "fix":
            self._sections.go_to(look.field, edit=True)
        elif look.settled_by.startswith("reason.unknown_reason."):
            row = presenter.form.row_of(look.field)
            if row is not None:
                self._sections.go_to(look.field)
                self._page.grid.go_to_note(row.id)
        else:
            self._ask_reason(look)

    def _ask_reason(self, look: Look) -> None:
        def keep(reason: str) -> None:
            self._changes.change(lambda p: p.give_reason(look.settled_by, reason))

        ask_reason(self._page, look.title if look.reason else look.text, look.reason, keep)


def _section_row(part: Part, parts: Sequence[Part]) -> SectionRow:
    ruled = part.number == "" and part.key == parts[-1].key
    return SectionRow(
        part.key, part.label, part.number, level=0 if part.head else 1, mark=part.mark, head=part.head, ruled=ruled
    )
