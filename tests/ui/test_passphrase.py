"""A passphrase is judged the same wherever it is set."""

import unicodedata
from typing import Literal

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.submission.keys import to_pkcs12
from hoctap_desktop.ui.passphrase import strength
from hoctap_desktop.ui.submission.presenter import passphrase_problem
from tests.submission.packages import commune_key


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_passphrase_the_key_refuses_is_refused_where_it_is_typed(form: Literal["NFC", "NFD"]) -> None:
    short, enough = (unicodedata.normalize(form, typed) for typed in ("mật khẩ", "mật khẩu"))
    with pytest.raises(UserError) as refusal:
        to_pkcs12(commune_key(), short, 1000)
    assert refusal.value.code is Code.WEAK_PASSPHRASE
    assert not strength(short).enough
    assert passphrase_problem(short, short)
    assert to_pkcs12(commune_key(), enough, 1000)
    assert strength(enough).enough
    assert not passphrase_problem(enough, enough)


@pytest.mark.parametrize(
    ("typed", "tone"),
    [("", "danger"), ("1234567", "danger"), ("12345678", "danger"), ("aaaaaaaaaa", "danger"), ("chè xanh", "warn")],
)
def test_a_passphrase_is_judged_by_its_length_and_variety(typed: str, tone: str) -> None:
    assert strength(typed).tone == tone
    assert strength(typed).enough == (tone != "danger")


def test_four_words_are_good() -> None:
    assert strength("chè xanh buổi sớm").tone == "ok"
