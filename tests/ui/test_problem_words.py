"""A refusal in its dialog: what happened, what is safe, what to do; every code of the catalogue gives all of it."""

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.ui.problem_words import advice, spoken_code


@pytest.mark.parametrize("code", list(Code))
def test_every_code_gives_title_safety_and_a_code_for_the_phone(code: Code) -> None:
    said = advice(UserError(code, file="a.htgoi", entry="b", unit="c"))
    assert said.title
    assert not said.title.endswith(".")
    assert said.safe
    assert said.code.startswith("Mã ")
    assert not said.bug


def test_no_two_codes_sound_the_same() -> None:
    assert len({spoken_code(code) for code in Code}) == len(Code)


def test_acts_of_the_sentence_become_numbered_steps() -> None:
    said = advice(UserError(Code.DISK_FULL, file="bao-cao.htgoi"))
    assert said.title == "Chưa ghi được, ổ đĩa đã đầy"
    assert said.steps == ("Xóa bớt tệp rồi ghi lại.",)
    assert said.text == "Ổ đĩa đã đầy, chưa ghi được «bao-cao.htgoi»."


def test_a_bug_says_so_and_keeps_its_name_for_the_supporter() -> None:
    said = advice(ZeroDivisionError("division by zero"))
    assert said.bug
    assert said.steps
    assert said.details == "ZeroDivisionError: division by zero"
