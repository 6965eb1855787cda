"""A programme numbers its rows; gaps stay gaps."""

from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.form.answers import text
from hoctap_desktop.foundation import paths
from hoctap_desktop.plan.outline import parse
from hoctap_desktop.plan.programme import empty_programme, is_programme, numbered

HEAD = ("STT", "Thời gian", "Nội dung", "Thực hiện")


def test_a_new_programme_is_known_as_one() -> None:
    assert is_programme(empty_programme().rows)
    assert not is_programme((("TT", "Việc"), ("1", "Khai mạc")))
    assert not is_programme(())


def test_the_programme_of_a_real_plan_is_known_and_numbered_as_it_stands() -> None:
    plan = read_filled(paths.forms() / "examples" / "2023-bach-thong-plan.toml")
    rows = next(block.rows for block in parse(text(plan.answers, "appendix")) if is_programme(block.rows))
    assert numbered(rows) == rows


def test_rows_number_themselves_and_gaps_stay() -> None:
    rows = (HEAD, ("7", "7h30", "Đón khách", ""), ("", "", "", ""), ("I", "", "Nghỉ", ""), ("", "", "Bế mạc", "Xã"))
    assert [row[0] for row in numbered(rows)] == ["STT", "1", "", "I", "2"]
    assert numbered(rows)[1][1:] == ("7h30", "Đón khách", "")
