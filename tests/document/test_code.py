import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.document.code import paper_code, read_code


def test_the_code_is_the_first_sixty_bits_of_the_hash() -> None:
    # SHA-256 of nothing begins e3b0c442 98fc1c1
    assert hashlib.sha256(b"").hexdigest().startswith("e3b0c44298fc1c1")
    letters = paper_code(b"").replace("-", "")
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    assert sum(alphabet.index(c) * 32 ** (11 - i) for i, c in enumerate(letters)) == 0xE3B0C44298FC1C1


@given(st.binary(max_size=50))
def test_a_code_is_three_groups_of_four_without_lookalikes(data: bytes) -> None:
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", paper_code(data))
    assert read_code(paper_code(data)) == paper_code(data)


@pytest.mark.parametrize("typed", ["7k3m q9tx 2hbv", "7K3MQ9TX2HBV", " 7K3M-Q9TX-2HBV\r\n", "7K3M–Q9TX–2HBV"])
def test_a_typed_code_is_read_however_it_is_spaced(typed: str) -> None:
    assert read_code(typed) == "7K3M-Q9TX-2HBV"


def test_letters_mistaken_for_digits_are_read_as_digits() -> None:
    assert read_code("oOiI-lL00-0000") == "0011-1100-0000"


@pytest.mark.parametrize("typed", ["", "7K3M-Q9TX", "7K3M-Q9TX-2HBVX", "7K3M-Q9TX-2HBU", "7K3M-Q9TX-2HBÀ"])
def test_what_is_no_code_is_told_apart(typed: str) -> None:
    assert read_code(typed) is None
