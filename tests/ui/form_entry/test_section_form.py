"""The form of a section: what it says and when, where the keyboard goes, what it never overwrites."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.form.definition import Field, FieldType
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.form_entry.section_form import SectionForm
from hoctap_desktop.ui.form_entry.shown import FieldShown
from hoctap_desktop.ui.widgets.fields import LongEdit
from tests.ui import keys
from tests.ui.painted import PaintedWidgets

FIELDS = (
    Field("subject", "Trích yếu", FieldType.LINE),
    Field("from", "Từ ngày", FieldType.DATE),
    Field("to", "Đến ngày", FieldType.DATE),
    Field("money", "Kinh phí", FieldType.MONEY, unit="đồng"),
    Field("words", "Nhận xét", FieldType.LONG_TEXT),
)


@dataclass
class Says:
    """Shows what it is told to."""

    texts: dict[str, str] = field(default_factory=dict)
    looks: dict[str, FieldShown] = field(default_factory=dict)
    frozen: bool = False

    def field_shown(self, id: str) -> FieldShown:
        return self.looks.get(id, FieldShown(self.texts.get(id, "")))


class Ear:
    """Everything a form says, in order."""

    def __init__(self, form: SectionForm) -> None:
        self.heard: list[tuple[str, ...]] = []
        form.typed.connect(lambda id, text: self.heard.append(("typed", id, text)))
        form.written.connect(lambda id, text: self.heard.append(("written", id, text)))
        form.left.connect(lambda id: self.heard.append(("left", id)))
        form.entered.connect(lambda id: self.heard.append(("entered", id)))
        form.passed.connect(lambda: self.heard.append(("passed",)))


@pytest.fixture
def form(qtbot: QtBot) -> SectionForm:
    made = SectionForm("Mục thử", FIELDS, each_letter=True)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_leaves_a_long_text_where_qt_speaks_vietnamese(qtbot: QtBot, key: Qt.Key) -> None:
    made = SectionForm("Mục thử", (FIELDS[4],))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.focus("words")
    with qtbot.waitSignal(made.passed, timeout=1000):
        keys.press(key, keys.CTRL)


def test_what_was_typed_is_handed_on_before_the_field_is_said_to_be_left(form: SectionForm) -> None:
    form.focus("subject")
    ear = Ear(form)
    keys.write("ab")
    keys.press(Qt.Key.Key_Tab)
    assert ear.heard == [
        ("typed", "subject", "a"),
        ("typed", "subject", "ab"),
        ("written", "subject", "ab"),
        ("left", "subject"),
        ("entered", "from"),
    ]


def test_a_letter_in_a_long_text_paints_only_the_inside_of_its_box(form: SectionForm) -> None:
    form.focus("words")
    keys.write("a")
    painted = PaintedWidgets(form)
    keys.write("b")
    QApplication.processEvents()
    edit = form.boxes["words"].edit
    assert isinstance(edit, LongEdit)
    assert painted.seen == [edit.viewport()]


_FILLS = [("normal", "surface"), ("empty", "surface"), ("error", "danger-tint"), ("warn", "warn-tint")]


@pytest.mark.parametrize(("state", "token"), _FILLS)
def test_a_long_text_has_one_fill_from_edge_to_edge(form: SectionForm, state: str, token: str) -> None:
    box = form.boxes["words"]
    box.show_state(state, "")
    picture = box.edit.grab().toImage()
    wanted = theme.color(token).name()
    inside = [picture.pixelColor(x, y).name() for x, y in ((6, 20), (picture.width() // 2, picture.height() - 8))]
    assert inside == [wanted, wanted]


def test_enter_goes_from_field_to_field_and_out_at_the_end(form: SectionForm) -> None:
    form.focus()
    ear = Ear(form)
    for _ in range(4):
        keys.press(Qt.Key.Key_Return)
    assert [what[1] for what in ear.heard if what[0] == "entered"] == ["from", "to", "money", "words"]
    keys.press(Qt.Key.Key_Return)  # a new line in a long text
    assert form.boxes["words"].text() == "\n"
    keys.press(Qt.Key.Key_Return, keys.CTRL)
    assert ear.heard[-1] == ("passed",)


def test_showing_anew_keeps_the_box_that_is_typed_in_when_the_presenter_has_not_heard(form: SectionForm) -> None:
    form.focus("subject")
    keys.write("dở")
    form.show_all(Says({"subject": "cũ", "money": "5"}), keep_typed=True)
    assert (form.boxes["subject"].text(), form.boxes["money"].text()) == ("dở", "5")
    form.show_all(Says({"subject": "cũ"}))
    assert form.boxes["subject"].text() == "cũ"


def test_a_box_that_says_the_same_but_for_spaces_keeps_the_space_just_typed(form: SectionForm) -> None:
    form.focus("subject")
    keys.write("Kết quả ")
    form.show_all(Says({"subject": "Kết quả"}))
    assert form.boxes["subject"].text() == "Kết quả "


def test_a_mistake_stands_under_its_box_and_goes_again(form: SectionForm) -> None:
    box = form.boxes["money"]
    form.show_state(Says(looks={"money": FieldShown("1,5", "error", "Số đếm không có phần lẻ.")}), "money")
    assert box.message.text() == "Số đếm không có phần lẻ."
    assert box.edit.accessibleDescription() == "Số đếm không có phần lẻ."
    form.show_state(Says(), "money")
    assert box.message.text() == ""


def test_a_weekday_stands_in_place_of_the_hint_and_leaves_it_again(qtbot: QtBot) -> None:
    form = SectionForm("Mục thử", [Field("from", "Từ ngày", FieldType.DATE, hint="Ngày đầu")])
    qtbot.addWidget(form)
    form.show_beside(Says(looks={"from": FieldShown("06/10/2022", beside="Thứ Năm")}), "from")
    assert form.boxes["from"].hint.text() == "Thứ Năm"
    form.show_beside(Says(), "from")
    assert form.boxes["from"].hint.text() == "Ngày đầu"


def test_two_short_fields_stand_in_one_row(form: SectionForm) -> None:
    assert form.boxes["from"].mapTo(form, form.boxes["from"].pos()).y() >= 0
    assert form.boxes["from"].y() == form.boxes["to"].y()
    assert form.boxes["from"].x() < form.boxes["to"].x()


def test_a_frozen_form_takes_no_key(form: SectionForm) -> None:
    form.show_all(Says({"subject": "đã chốt"}, frozen=True))
    form.focus("subject")
    keys.write("x")
    assert form.boxes["subject"].text() == "đã chốt"


def test_a_text_that_rests_is_handed_on_while_the_keyboard_stays(form: SectionForm, qtbot: QtBot) -> None:
    form.focus("words")
    with qtbot.waitSignal(form.written, timeout=5_000) as told:
        keys.write("x")
    assert told.args == ["words", "x"]


def test_only_the_fields_that_changed_are_shown_anew(qtbot: QtBot) -> None:
    form, says = SectionForm("Mục", FIELDS), Says({"subject": "cũ", "words": "cũ"})
    qtbot.addWidget(form)
    form.show_all(says)
    says.texts = {"subject": "mới", "words": "mới"}
    form.show_all(says, only=("words", "of.another.section"))
    assert (form.boxes["subject"].text(), form.boxes["words"].text()) == ("cũ", "mới")
    form.show_all(says)
    assert form.boxes["subject"].text() == "mới"


def test_a_letter_paints_its_field_and_nothing_under_the_form(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    form = SectionForm("Mục", FIELDS)
    QVBoxLayout(window).addWidget(form)
    window.resize(500, 400)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    form.focus("subject")
    QApplication.processEvents()
    painted = PaintedWidgets(window)
    keys.write("a")
    QApplication.processEvents()
    field = form.boxes["subject"].edit
    assert field in painted.seen
    assert window not in painted.seen
    assert form.viewport() not in painted.seen


def test_enter_chooses_what_stands_in_the_next_line_so_that_typing_is_in_place_of_it(form: SectionForm) -> None:
    form.show_all(Says({"from": "01/10/2025", "to": "07/10/2025"}))
    form.focus("from", choose=True)
    keys.write("02/10/2025")
    keys.press(Qt.Key.Key_Return)
    keys.write("08/10/2025")
    keys.press(Qt.Key.Key_Return)
    assert (form.boxes["from"].text(), form.boxes["to"].text()) == ("02/10/2025", "08/10/2025")
