import hashlib
import re
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.document.code import PaperFacts, paper_code, qr_text, read_code, read_qr
from hoctap_desktop.document.qr import base45, from_base45, symbol
from hoctap_desktop.form.answers import Cell, Count, Missing, NoNumber
from hoctap_desktop.foundation.errors import Code, UserError


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


# --- the QR ------------------------------------------------------------------------------------------------------

cells: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.sampled_from([0, 1, 2, 3, 2**30 - 1, 2**30, 2**53 - 1]).map(Count),
    st.integers(0, 10**9 - 1).map(Count),
    st.sampled_from(list(NoNumber)).map(Missing),
)
papers = st.builds(
    PaperFacts,
    code=st.binary(max_size=20).map(paper_code),
    unit=st.from_regex(r"[0-9A-ZĐ-]{1,30}", fullmatch=True),
    form=st.from_regex(r"[a-z0-9/_-]{1,64}", fullmatch=True),
    form_version=st.integers(1, 10_000),
    revision=st.integers(1, 10_000),
    figures=st.lists(cells, max_size=40).map(tuple),
)
TYPICAL = PaperFacts(
    paper_code(b"{}"), "05812", "report", 1, 2, (Count(1248), Count(0), Missing(NoNumber.UNKNOWN), None) * 4
)


@given(papers)
def test_what_a_qr_says_is_read_back_whole(facts: PaperFacts) -> None:
    text = qr_text(facts)
    assert re.fullmatch(r"[0-9A-Z $%*+./:-]+", text)
    assert read_qr(text) == facts
    assert read_qr(text + "\r\n") == facts  # a hand scanner ends with the key Enter


@given(st.binary(max_size=60))
def test_base45_comes_back(data: bytes) -> None:
    assert from_base45(base45(data)) == data


def test_base45_is_that_of_rfc_9285() -> None:
    assert base45(b"AB") == "BB8"
    assert base45(b"Hello!!") == "%69 VD92EX0"
    assert base45(b"base-45") == "UJCLQE7W581"
    assert from_base45("QED8WEX0") == b"ietf!"


@pytest.mark.parametrize("text", ["GGW", "GG", "A", "ĂBC", "abc", "::::"])
def test_what_is_no_base45_is_told_apart(text: str) -> None:
    assert from_base45(text) is None or base45(from_base45(text) or b"") == text


@given(papers, st.data())
def test_a_slip_of_the_scanner_is_told_not_read(facts: PaperFacts, data: st.DataObject) -> None:
    text = qr_text(facts)
    place = data.draw(st.integers(0, len(text) - 1))
    slips = [text[:place] + text[place + 1 :], text[:place], text[:place] + "Â" + text[place + 1 :]]
    other = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    if other != text[place]:
        slips.append(text[:place] + other + text[place + 1 :])
    for slip in slips:
        with pytest.raises(UserError) as refused:
            read_qr(slip)
        assert refused.value.code is Code.PAPER_QR_BAD


def test_the_bytes_are_those_of_the_description() -> None:
    """docs/paper-code.md, its example."""
    facts = PaperFacts(
        "7K3M-Q9TX-2HBV", "05812", "report", 1, 2, (Count(5), Missing(NoNumber.NOT_HELD), Count(0), None)
    )
    data = from_base45(qr_text(facts).removeprefix("HT:"))
    assert data is not None
    assert (
        data[:-2].hex(" ") == "01 3c c7 4b a7 5d 14 57 b0 05 30 35 38 31 32 06 72 65 70 6f 72 74 01 02 04 1b f2 0f 80"
    )


def test_a_newer_layout_is_told_as_such() -> None:
    data = from_base45(qr_text(TYPICAL).removeprefix("HT:"))
    assert data is not None
    newer = b"\x02" + data[1:-2]
    with pytest.raises(UserError, match="mới hơn"):
        read_qr("HT:" + base45(newer + (zlib.crc32(newer) & 0xFFFF).to_bytes(2)))


@pytest.mark.parametrize("kind", [5, 6, 7])
def test_a_figure_of_a_kind_nobody_writes_is_refused(kind: int) -> None:
    data = from_base45(qr_text(replace(TYPICAL, figures=(None,))).removeprefix("HT:"))
    assert data is not None
    other = data[:-3] + bytes([31 << 3 | kind])
    with pytest.raises(UserError) as refused:
        read_qr("HT:" + base45(other + (zlib.crc32(other) & 0xFFFF).to_bytes(2)))
    assert refused.value.code is Code.PAPER_QR_BAD


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(UserError):
        read_qr("HT:" + text)


def test_a_report_fits_in_a_symbol_with_squares_a_scanner_sees() -> None:
    assert symbol(qr_text(TYPICAL)).size <= 33
    full = PaperFacts(TYPICAL.code, "19-171-GDDT", "report", 1, 2, (Count(999_999_999),) * 18)
    assert 14.0 / symbol(qr_text(full)).size >= 0.33  # mm


@pytest.mark.parametrize("wrong", [{"code": "none"}, {"figures": (Count(2**53),)}, {"unit": "x" * 256}])
def test_facts_no_print_has_are_a_bug(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        qr_text(replace(TYPICAL, **wrong))  # type: ignore[arg-type]
