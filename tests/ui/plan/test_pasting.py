"""Pasting from other programs into a text and into fields: blocks, one step of undo, consent, a whole plan."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.plan.outline import table
from hoctap_desktop.ui.plan import old_plan
from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.plan.page import PlanPage
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import LineEdit, LongEdit
from tests.plan.test_pasted_plan import in_tcvn3
from tests.ui.conftest import Office

WORD = (
    "<p><b>I. MỤC ĐÍCH</b></p><p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>"
    "<span style='mso-list:Ignore'>·<span>&nbsp; </span></span>Treo băng rôn</p>"
    "<p>Chữ <b>đậm</b></p><table><tr><td>a</td><td>b</td></tr></table>"
)
OLD = "KÕ ho¹ch cña x· Hµ Th­îng"
NEW = "Kế hoạch của xã Hà Thượng"
WHOLE = """KẾ HOẠCH
Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022
Thực hiện Công văn số 1/PGDĐT ngày 03/10/2022 của Phòng Giáo dục và Đào tạo;
UBND xã lập kế hoạch như sau:
I. MỤC ĐÍCH
1. Mục đích
Giúp mọi người thấy ích lợi của việc học.
2. Yêu cầu
Làm gọn, có ích.
II. TỔ CHỨC THỰC HIỆN
1. Các trường
Các trường làm theo kế hoạch này.
Nơi nhận:
- Các trường;
- Lưu: VT.
CHỦ TỊCH

Nguyễn Văn An
"""


def mime(text: str = "", html: str = "") -> QMimeData:
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    return data


def dialog_of(widget: QWidget) -> Dialog:
    [dialog] = [d for d in widget.window().findChildren(Dialog) if d.isVisible()]
    return dialog


def press(widget: QWidget, words: str) -> None:
    [button] = [b for b in dialog_of(widget).findChildren(Button) if b.text() == words]
    button.click()


def shown(widget: QWidget) -> str:
    return "\n".join(label.text() for label in dialog_of(widget).findChildren(QLabel))


@pytest.fixture
def editor(qtbot: QtBot) -> BlockEditor:
    made = BlockEditor("decree", "Nội dung")
    qtbot.addWidget(made)
    made.resize(526, 560)
    made.show()
    return made


def test_word_pastes_as_blocks_in_one_step(editor: BlockEditor) -> None:
    editor.insertFromMimeData(mime("bỏ qua", WORD))
    assert [(b.kind, b.level, b.text) for b in editor.outline()[:3]] == [
        ("heading", 1, "MỤC ĐÍCH"),
        ("bullet", 1, "Treo băng rôn"),
        ("paragraph", 0, "Chữ đậm"),
    ]
    assert editor.outline()[2].runs[1].bold
    assert editor.outline()[3] == table([["a", "b"]])
    editor.step_back()
    assert editor.outline() == ()


def test_words_into_a_line_stay_letters(editor: BlockEditor) -> None:
    editor.load("Ngày ")
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    editor.insertFromMimeData(mime("- 1. tháng", ""))
    assert editor.text() == "Ngày- 1. tháng"
    editor.insertFromMimeData(mime("một hai", "<html><body><span>một</span> <b>hai</b></body></html>"))
    assert editor.outline()[0].runs[-1].bold


def test_a_line_in_a_font_of_old_goes_into_a_line_as_unicode(editor: BlockEditor) -> None:
    editor.load("Theo:")
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    editor.insertFromMimeData(mime(OLD, f"<span style=\"font-family:'.VnTime'\">{OLD}</span>"))
    assert editor.text() == f"Theo:{NEW}"


def test_letters_of_an_old_coding_are_asked_about(editor: BlockEditor) -> None:
    editor.insertFromMimeData(mime(OLD))
    assert editor.text() == ""
    assert OLD in shown(editor)
    assert NEW in shown(editor)
    press(editor, "Đổi sang Unicode")
    assert editor.text() == NEW
    editor.step_back()
    editor.insertFromMimeData(mime(OLD))
    press(editor, "Giữ nguyên")
    assert "KÕ ho¹ch" in editor.text()


def test_a_field_asks_about_letters_of_an_old_coding(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    line, long = LineEdit(parent=box), LongEdit(parent=box)
    box.show()
    QGuiApplication.clipboard().setText(OLD)
    QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    press(box, "Đổi sang Unicode")
    assert line.typed() == NEW
    long.paste()
    press(box, "Đổi sang Unicode")
    assert long.typed() == NEW
    QGuiApplication.clipboard().setText("Kế hoạch")
    line.clear()
    QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert line.typed() == "Kế hoạch"


# --- on the page -------------------------------------------------------------------------------------------------


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> Iterator[PlanPage]:
    made = PlanPage(office.session)
    qtbot.addWidget(made)
    made.resize(1366 - 184, 696 - 42)
    made.show()
    made.enter()
    office.settle()
    yield made
    office.settle()


def body(page: PlanPage) -> BlockEditor:
    sheet = page.sheets.of("body")
    assert sheet is not None
    assert sheet.editor is not None
    return sheet.editor


def said(page: PlanPage) -> str:
    return "\n".join(label.text() for label in page.banners.findChildren(QLabel))


def test_a_big_paste_tells_what_it_found_and_is_taken_back_by_one_press(page: PlanPage) -> None:
    editor = body(page)
    before = editor.text()
    editor.insertFromMimeData(mime("I. Một\n1. Hai\n- ba\n- bốn\nnăm\n\nTT\tViệc\n1\tMở\n"))
    assert "Đã dán 2 đề mục, 1 đoạn, 2 gạch đầu dòng, 1 bảng." in said(page)
    next(one for one in page.banners.findChildren(Button) if one.text() == "Bỏ đoạn vừa dán").click()
    assert editor.text() == before
    assert page.banners.texts() == {}


@pytest.mark.parametrize("change", ["undo", "letter", "plan"])
def test_a_paste_is_taken_back_by_its_banner_only_as_the_last_step(page: PlanPage, office: Office, change: str) -> None:
    editor = body(page)
    editor.insertFromMimeData(mime("I. Một\n1. Hai\n- ba\n- bốn\nnăm\n\nTT\tViệc\n1\tMở\n"))
    assert "Đã dán" in page.banners.texts()["pasted"]
    if change == "letter":
        QTest.keyClicks(editor, "a")
    elif change == "undo":
        editor.step_back()
    else:
        page.old_plan.read_text(WHOLE, lambda: None)
        office.settle()
        press(page, "Lấy vào kế hoạch")
        office.settle()
    assert "pasted" not in page.banners.texts()


def test_what_was_not_sure_in_a_paste_stays_told_without_its_link(page: PlanPage) -> None:
    editor = body(page)
    long = "a) " + "Tổ chức tuyên truyền sâu rộng đến cán bộ, giáo viên và nhân dân trên địa bàn xã " * 4
    editor.insertFromMimeData(mime(f"I. Một\n{long}\n"))
    assert "Bỏ đoạn vừa dán" in [one.text() for one in page.banners.findChildren(Button)]
    QTest.keyClicks(editor, "a")
    assert "chưa chắc" in page.banners.texts()["pasted"]
    shown = [one.text() for one in page.banners.findChildren(Button) if one.isVisible()]
    assert "Bỏ đoạn vừa dán" not in shown


def test_a_whole_plan_is_offered_to_its_fields(page: PlanPage, office: Office) -> None:
    editor = body(page)
    before = editor.text()
    editor.insertFromMimeData(mime(WHOLE))
    assert editor.text() == before
    press(page, "Lấy vào các mục")
    office.settle()
    press(page, "Lấy vào kế hoạch")
    office.settle()
    presenter = page.presenter
    assert presenter is not None
    assert presenter.answers["recipients"] == ["Các trường;", "Lưu: VT."]
    assert presenter.answers["signer.name"] == "Nguyễn Văn An"
    headings = [b.text for b in editor.outline() if b.kind == "heading"]
    assert headings == ["MỤC ĐÍCH", "Mục đích", "Yêu cầu", "TỔ CHỨC THỰC HIỆN", "Các trường"]


@pytest.mark.parametrize("fault", [UserError(Code.PLAN_NOT_RECOGNISED), KeyError("a fault of the program")])
def test_what_cannot_be_read_is_pasted_and_a_fault_of_the_program_told(
    page: PlanPage, office: Office, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    told: list[object] = []
    office.session.jobs.unhandled.connect(told.append)
    pasted: list[str] = []
    monkeypatch.setattr(old_plan, "recognise_text", raises(fault))
    page.old_plan.read_text(WHOLE, lambda: pasted.append(WHOLE))
    office.settle()
    assert pasted == [WHOLE]
    assert told == ([] if isinstance(fault, UserError) else [fault])


def raises(fault: Exception) -> Callable[..., object]:
    def read(*_given: object, **_named: object) -> object:
        raise fault

    return read


@pytest.mark.parametrize("found", ["plan", "none", "coding"])
def test_a_plan_that_was_being_read_is_nothing_for_another_campaign(
    page: PlanPage, office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, found: str
) -> None:
    pasted: list[str] = []
    if found == "coding":
        file = tmp_path / "cu.txt"
        file.write_text(WHOLE, "utf-8")
        coding = UserError(Code.LEGACY_TEXT, file="cu.txt", coding="TCVN3", before=OLD, after=NEW)
        monkeypatch.setattr(old_plan, "recognise", raises(coding))
        page.old_plan.read(file)
    else:
        page.old_plan.read_text(WHOLE if found == "plan" else "không phải", lambda: pasted.append(WHOLE))
    facts = office.session.facts
    office.session.facts = replace(facts, campaign=replace(facts.campaign, id="2023"))
    office.settle()
    assert [one for one in page.window().findChildren(Dialog) if one.isVisible()] == []
    assert pasted == []
    office.session.facts = facts


def test_a_whole_plan_in_the_fonts_of_old_is_offered_to_its_fields(page: PlanPage, office: Office) -> None:
    old = in_tcvn3(WHOLE)
    html = "".join(f"<p style=\"font-family:'.VnTime'\">{line}</p>" for line in old.splitlines())
    body(page).insertFromMimeData(mime(old, html))
    press(page, "Lấy vào các mục")
    office.settle()
    press(page, "Lấy vào kế hoạch")
    office.settle()
    assert page.presenter is not None
    assert page.presenter.answers["recipients"] == ["Các trường;", "Lưu: VT."]
    assert page.presenter.answers["signer.name"] == "Nguyễn Văn An"


def test_the_programme_of_a_whole_plan_from_libreoffice_stays_a_table(page: PlanPage, office: Office) -> None:
    rows = [("STT", "Giờ", "Việc"), ("1", "7h00", "Văn nghệ"), ("2", "7h30", "Đọc sách")]
    html = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    lines = "\n".join(cell for row in rows for cell in row)
    data = mime(WHOLE.replace("Nơi nhận", f"{lines}\nNơi nhận"), f"<p>x</p>{'<p>y</p>' * 12}<table>{html}</table>")
    body(page).insertFromMimeData(data)
    press(page, "Lấy vào các mục")
    office.settle()
    press(page, "Lấy vào kế hoạch")
    office.settle()
    assert [block.rows for block in body(page).outline() if block.kind == "table"] == [tuple(rows)]


def test_only_the_words_of_a_whole_plan_can_be_pasted(page: PlanPage) -> None:
    editor = body(page)
    editor.selectAll()
    editor.insertFromMimeData(mime(WHOLE))
    press(page, "Chỉ dán chữ")
    assert "Nguyễn Văn An" in editor.text()


def test_the_appendix_takes_a_long_paste_without_asking(page: PlanPage) -> None:
    sheet = page.sheets.of("appendix")
    assert sheet is not None
    assert sheet.editor is not None
    sheet.editor.insertFromMimeData(mime(WHOLE))
    assert "Nơi nhận" in sheet.editor.text()


def test_a_file_in_an_old_coding_is_read_on_consent(page: PlanPage, office: Office, tmp_path: Path) -> None:
    file = tmp_path / "cu.txt"
    head = "KÕ HO¹CH\nTæ chøc TuÇn lÔ n¨m 2022\nI. Môc ®Ých\n"
    file.write_bytes(f"{head}1. Gióp mäi ng\xadêi.\nN¬i nhËn:\n- L\xadu: VT.\n".encode("latin-1"))
    page.old_plan.read(file)
    office.settle()
    assert "Tổ chức Tuần lễ năm 2022" in shown(page) or "KẾ HOẠCH" in shown(page)
    press(page, "Đổi sang Unicode")
    office.settle()
    press(page, "Lấy vào kế hoạch")
    office.settle()
    assert "Giúp mọi người." in body(page).text()
