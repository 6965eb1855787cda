import re
import string

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.messages import SENTENCES, sentence


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_a_vietnamese_sentence(code: Code) -> None:
    told = SENTENCES[code]
    assert re.search("[àáảãạòóọăâđêôơưếềểễệộờợựữốồ]", told), told
    assert told.rstrip().endswith((".", ")", "}"))


@pytest.mark.parametrize("code", list(Code))
def test_a_sentence_survives_a_missing_fact(code: Code) -> None:
    assert isinstance(sentence(code), str)
    assert "{" not in sentence(code)


def test_a_refusal_says_its_facts() -> None:
    refusal = UserError(Code.STORE_NEWER, file="a.hoctap", found=9, known=2)
    assert "a.hoctap" in str(refusal)
    assert "9" in str(refusal)


def test_facts_are_filled_in_by_name_only() -> None:
    for told in SENTENCES.values():
        assert all(name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(told))
