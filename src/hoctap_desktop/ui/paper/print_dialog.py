"""A table on its way to paper: one printer, one copy; or a PDF where there is no printer."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.ui import files
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.paper.printing import Printer, make_printer, print_pdf, printers
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import ChoiceField


def print_table(page: Page, name: str, make: Callable[[], bytes], title: str = "In bảng tổng hợp") -> None:
    """Asks on which printer; `make` gives the PDF. name: of the file, should it be saved."""
    page.session.jobs.aside(
        lambda _progress: printers(),
        lambda found: PrintDialog(page, found, name, make, title).open(),
        words="Đang tìm máy in",
    )


class PrintDialog(Dialog):
    """Printer and act; saving the PDF is always possible."""

    def __init__(
        self, page: Page, found: Printer, name: str, make: Callable[[], bytes], title: str = "In bảng tổng hợp"
    ) -> None:
        super().__init__(page, title, icon="printer")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page, self._make, self._name = page, make, name
        if found.names:
            self.printer = ChoiceField("Máy in")
            self.add_text("In trên giấy A4.")
            for one in found.names:
                self.printer.add(one, one)
            self.printer.choose(found.default)
            self.body.addWidget(self.printer)
        else:
            self.add_text("Máy này chưa có máy in. Hãy lưu thành PDF rồi in ở máy khác.")
        self.add_button("Để sau")
        self.save = self.add_button(
            "Lưu PDF", "secondary" if found.names else "primary", icon="file-down", act=self._save
        )
        if found.names:
            self.print_button = self.add_button("In 1 bản", "primary", icon="printer", act=self._print)

    def _save(self) -> None:
        files.save_as(self._page, self._name, files.PAPERS, self._make)

    def _print(self) -> None:
        name = str(self.printer.data())
        printer = make_printer(name, 1, both_sides=False)
        page, make = self._page, self._make

        def job(progress: Progress) -> None:
            print_pdf(make(), printer, 1, progress)

        def told(_none: object) -> None:
            page.banners.show_banner("printed", "ok", f"Đã gửi đến máy in {name}.", leaves=True)

        page.session.jobs.aside(job, told, words="Đang gửi đến máy in", things="trang", stoppable=True)
