"""A passphrase is judged the same wherever it is set."""

import pytest

from hoctap_desktop.submission.keys import LEAST_PASSPHRASE
from hoctap_desktop.ui import passphrase
from hoctap_desktop.ui.passphrase import strength


def test_the_shortest_passphrase_is_that_of_the_key() -> None:
    assert passphrase.LEAST_PASSPHRASE == LEAST_PASSPHRASE


@pytest.mark.parametrize(
    ("typed", "tone"),
    [("", "danger"), ("1234567", "danger"), ("12345678", "danger"), ("aaaaaaaaaa", "danger"), ("chè xanh", "warn")],
)
def test_a_passphrase_is_judged_by_its_length_and_variety(typed: str, tone: str) -> None:
    assert strength(typed).tone == tone
    assert strength(typed).enough == (tone != "danger")


def test_four_words_are_good() -> None:
    assert strength("chè xanh buổi sớm").tone == "ok"
