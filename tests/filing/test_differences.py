"""Two states side by side: numbers in a table, the words that differ marked."""

from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.filing.differences import Line, differences, label_of, line_pairs, value_words
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue

REPORT = form_by_id("report", 1)


def text(line: Line) -> str:
    return "".join(span.text for span in line)


def marked(line: Line) -> list[str]:
    return [span.text for span in line if span.marked]


def test_numbers_stand_in_a_table_as_a_person_reads_them() -> None:
    not_held: JsonValue = {"none": "not_held", "reason": ""}
    unknown: JsonValue = {"none": "unknown", "reason": "Chờ Hội Khuyến học"}
    found = differences(REPORT, {"participants": 1200, "banners": not_held}, {"participants": 300, "leaflets": unknown})
    assert found.texts == ()
    assert {one.field: (one.old, one.new) for one in found.numbers} == {
        "participants": ("1.200", "300"),
        "banners": ("Không tổ chức", "để trống"),
        "leaflets": ("để trống", "Chưa có số liệu (Chờ Hội Khuyến học)"),
    }


def test_what_is_the_same_is_not_shown_and_true_is_not_one() -> None:
    assert differences(REPORT, {"launch": "Lễ"}, {"launch": "Lễ"}).count == 0


def test_only_the_words_that_differ_are_marked() -> None:
    (pair,) = line_pairs("a\nLễ khai mạc ngày 03/10/2022\nb", "a\nLễ khai mạc ngày 06/10/2022\nb")
    assert text(pair.old) == "Lễ khai mạc ngày 03/10/2022"
    assert marked(pair.old) == ["03"]
    assert marked(pair.new) == ["06"]


def test_a_fact_that_stands_once_is_told_by_its_name() -> None:
    plan = form_by_id("plan/commune", 1)
    said = value_words(plan, "body", "{{unit.name}} mở lễ ngày {{ opening.day }}, {{gone.field}}.")
    assert said == "[Tên đơn vị] mở lễ ngày [Ngày khai mạc], [gone.field]."
    assert value_words(plan, "recipients", ["{{unit.short_name}}", "Lưu: VT"]) == "[Tên gọi tắt của đơn vị]\nLưu: VT"


def test_a_class_stands_on_one_line() -> None:
    classes: JsonValue = [{"name": "Lớp tin học", "learners": 30, "place": "Nhà văn hóa"}]
    assert value_words(REPORT, "class_list", classes) == "Lớp tin học, 30 học viên, Nhà văn hóa"


def test_what_is_beside_the_fields_has_a_name_too() -> None:
    assert label_of(REPORT, "reason.jump.participants").startswith("Lý do: ")
    assert label_of(REPORT, "computed.participants").startswith("Máy cộng: ")
    assert label_of(REPORT, "document.number") == "Số văn bản"
    assert "." not in label_of(REPORT, "launch").split(",")[-1]


@given(
    st.lists(st.sampled_from(["Lễ", "khai mạc", "ngày", "", "a b"]), max_size=8),
    st.lists(st.text(max_size=9), max_size=8),
)
def test_every_line_that_is_not_in_both_is_shown_whole(old: list[str], new: list[str]) -> None:
    was, now = "\n".join(old).splitlines(), "\n".join(new).splitlines()
    pairs = line_pairs("\n".join(old), "\n".join(new))
    shown_old, shown_new = [text(pair.old) for pair in pairs], [text(pair.new) for pair in pairs]
    assert all(line in shown_old or line in now or not line for line in was)
    assert all(line in shown_new or line in was or not line for line in now)
    assert (pairs == ()) == (was == now)
