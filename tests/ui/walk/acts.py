"""What the scenes of the walk do on the pages of the program."""

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

from openpyxl import load_workbook
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu, QWidget

from hoctap_desktop.consolidation import paper_desk, repository
from hoctap_desktop.consolidation.keying import Differing
from hoctap_desktop.consolidation.sent import CellChange, Told, UnitChange
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.form.upgrades import upgrade
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.campaigns import Offer
from hoctap_desktop.office.office_acts import set_two_persons
from hoctap_desktop.office.unit_sheet import SheetReading
from hoctap_desktop.office.workbook import workbook_of
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.attached import AttachedLink
from hoctap_desktop.ui.closing_dialog import ClosingDialog, UnsavedDialog
from hoctap_desktop.ui.consolidation.board_presenter import Wanted
from hoctap_desktop.ui.consolidation.shots import (
    STICK,
    read_the_stick,
    with_papers,
)
from hoctap_desktop.ui.consolidation.totals_dialogs import OwnDialog, SinceDialog
from hoctap_desktop.ui.form_upgrade import UpgradeDialog
from hoctap_desktop.ui.keying.decide_dialog import DecideDialog
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.plan.doubts_dialog import doubts_dialog
from hoctap_desktop.ui.plan.outlook import Recognised
from hoctap_desktop.ui.problem_words import advice
from hoctap_desktop.ui.problems import ProblemDialog
from hoctap_desktop.ui.screenshots import UPPER, UPPER_AT
from hoctap_desktop.ui.settings_page.key_dialogs import SecretDialog, TokenDialog
from hoctap_desktop.ui.units.dialogs import SheetDialog
from tests.filing.workbooks import value_cell
from tests.ui.walk.scene import REPORT, Act, Scene, on_page, opened, settle


def differences(page: Any) -> None:
    path = page.session.store_path.with_suffix(".xlsx")
    made: list[bytes] = []
    page.session.jobs.run(lambda store: workbook_of(store, REPORT), made.append)
    page.session.jobs.finish()
    path.write_bytes(made[0])
    book = load_workbook(path)
    value_cell(book, "participants").value = "1.200"
    value_cell(book, "banners").value = "3 băng"
    book.save(path)
    page.workbook.look_at(path)


def paste(page: Any) -> None:
    page.forms.show("figures", focus=True)
    page.go_to("participants")
    page.changes._paste("1200\n3 lớp\n15")


def attached(page: Any) -> None:
    file = page.session.store_path.with_name("anh.png")
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0)
    image.save(str(file))
    link = page.findChild(AttachedLink)
    assert link is not None
    link.open_files()
    settle(page.session.jobs)
    link.dialog.files.add([file])


def problem(code: Code) -> Act:
    def run(window: MainWindow) -> QWidget:
        failure = UserError(code, file="05812-ubnd-xa-ha-thuong-bao-cao-2022-lan-1.htgoi", revision=2)
        window.problems.show(failure)
        dialog = window.problems.shown()
        assert dialog is not None
        return dialog

    return run


def bug(window: MainWindow) -> QWidget:
    dialog = ProblemDialog(window, advice(ZeroDivisionError("x")))
    dialog.open()
    return dialog


def closing(window: MainWindow) -> QWidget:
    dialog = ClosingDialog(window, window.session.jobs)
    dialog.open()
    return dialog


def unsaved(window: MainWindow) -> QWidget:
    dialog = UnsavedDialog(window, "Chưa lưu được. Ổ đĩa đã đầy, chưa ghi được «05812.hoctap». Hãy xóa bớt tệp.")
    dialog.open()
    return dialog


def decide(page: Any) -> None:
    DecideDialog(page, [Differing("talks", "4. Nói chuyện, số lần", 3, 4, "3", "4")]).open()


def compare(window: MainWindow) -> None:
    page: Any = window.open_page()
    read_the_stick(page)
    settle(page.session.jobs)
    page._act(page.model.first_with_act())


def left_over(window: MainWindow) -> None:
    """A second turn after one with files that could not be taken in, one of them put aside."""
    page: Any = window.open_page()
    read_the_stick(page)
    settle(page.session.jobs)
    refused, *others = (line for line in page.desk.lines if line.outcome is Outcome.REFUSED)
    assert others
    again = next(line.file for line in page.desk.lines if line.outcome is Outcome.TAKEN)
    page.take_in([page.session.store_path.parent / STICK / again])
    settle(page.session.jobs)
    page.put_aside(next(line for line in page.desk.lines if line.file == refused.file))
    settle(page.session.jobs)


def copy_again(window: MainWindow) -> None:
    page: Any = window.open_page()
    read_the_stick(page)
    settle(page.session.jobs)
    acts = [page.model.row(at).act for at in range(page.model.rowCount())]
    page._act(acts.index("copy"))


def first_paper(window: MainWindow) -> None:
    def first(store: Store) -> str:
        return next(iter(repository.reported(store, "2022"))).submission.package_id

    found: list[str] = []
    window.session.jobs.run(first, found.append)
    settle(window.session.jobs)
    window.open_room("received", (found[0], "receive"))
    settle(window.session.jobs)


def replies(window: MainWindow) -> None:
    first_paper(window)
    page: Any = window.open_page()
    page.review.slip.click()


def menu_of_workbook(window: MainWindow) -> QWidget:
    page: Any = window.open_page()
    page.workbook.button.click()
    settle(window.session.jobs)
    return opened(QMenu)


def plan_text(page: Any) -> None:
    page.show_block("body", 10, focus=True)


def replace(page: Any) -> None:
    page.search.ask_replace()
    page.search.query.setText("tuần lễ")
    page.search.words.setText("Tuần lễ năm nay")
    page.search.replace()


def as_a_plan(page: Any) -> None:
    found = Recognised("ke-hoach-2021.docx", {}, ((3, "Số: /KH-UBND", "Chưa thấy số văn bản"),), page.session.campaign)
    doubts_dialog(page, found, print)


def no_number(page: Any) -> None:
    page.forms.show("figures", focus=True)
    page.go_to("talks")
    page.changes._pick_kind("unknown")


def secret(page: Any) -> SecretDialog:
    return SecretDialog(page, "Đổi mật khẩu của khóa", "Gõ mật khẩu cũ", "Đổi mật khẩu", print, old=True, new=True)


def upgrade_dialog(page: Any) -> UpgradeDialog:
    """The offer of a newer form, made of today's."""
    filing = page.presenter.filing
    form = form_by_id("report", 1)
    return UpgradeDialog(page, Offer(filing, form, form, upgrade(form, form, filing.answers)))


def own_left(window: MainWindow) -> QWidget:
    """Own numbers were typed, then Esc: the question over them."""
    page: Any = window.open_page()
    page.ask_own()
    settle(window.session.jobs)
    dialog = opened(OwnDialog)
    assert isinstance(dialog, OwnDialog)
    dialog.edits["participants"].setText("7")
    return dialog.ask_to_drop()


def since(page: Any) -> SinceDialog:
    money = "Ngân sách hỗ trợ, vận động từ doanh nghiệp và các nguồn hợp pháp khác (nếu có)"
    cells = (CellChange(money, Told("1.049.981.000", 1_049_981_000, "12/20"), Told("16.500.000", 16_500_000, "11/20")),)
    unit = UnitChange(page.session.own, "không còn tính (đã trả lại hoặc đã bỏ)", cells)
    since: Any = SimpleNamespace(words="Sau khi gửi báo cáo lần 1: 1 nơi thay đổi.", units=(unit,), numbers=cells)
    return SinceDialog(page, since, print, print, print, print)


def token(page: Any) -> TokenDialog:
    key: Any = SimpleNamespace(
        place=SimpleNamespace(key_hash="ab" * 32, label="Thẻ ký 1"), label="Khóa A", tries="", fingerprint="12345 67890"
    )
    return TokenDialog(page, (key,), print)


def sheet(page: Any) -> SheetDialog:
    return SheetDialog(page, SheetReading("don-vi.xlsx"), print)


def grouped(page: Any) -> None:
    page._want(Wanted(group="level"))


def nobody(page: Any) -> None:
    page._not_read(UserError(Code.NO_UNITS_BELOW))


def day_of_receipt(page: Any) -> None:
    receipt = partial(paper_desk.receive_paper, unit_code="05812-MN", kind=Kind.REPORT)
    page.session.jobs.run(receipt)
    page.session.jobs.finish()
    page.enter()
    settle(page.session.jobs)
    page.view.go_to_row(page.model.row_of("05812-MN"))
    page.change_day()


def first_paper_at(tab: str) -> Callable[[MainWindow], object]:
    """A received paper with one of the tabs beside it open."""

    def act(window: MainWindow) -> None:
        first_paper(window)
        page: Any = window.open_page()
        page.tabs.open(tab)

    return act


def two_persons(store: Store) -> None:
    """Papers came, and nobody approved one yet."""
    with_papers(store)
    set_two_persons(store, on=True)


def upper(name: str, room: str, act: Callable[[Any], object]) -> Scene:
    """A dialog of the upper office."""
    return Scene(name, room, unit=UPPER, at=UPPER_AT, before=with_papers, act=on_page(act))
