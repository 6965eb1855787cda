"""A filing on paper: what a refusal to print calls the field it is about."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Status
from hoctap_desktop.filing.printed import REPRINT
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.paper import field_name, form_of, print_filing, word_of
from tests.document.word_files import opened, text_of

EXAMPLES = Path("forms", "examples")


@pytest.mark.parametrize(
    ("file", "key", "name"),
    [
        ("2022-ha-thuong-plan.toml", "body.3", "body"),
        ("2022-ha-thuong-plan.toml", "legal_bases.0", "legal_bases"),
        ("2022-ha-thuong-report.toml", "signer.name", "signer.name"),
    ],
)
def test_a_printed_block_is_called_like_its_field(repository: Path, file: str, key: str, name: str) -> None:
    form = form_of(read_filled(repository / EXAMPLES / file))
    field = form.field(name)
    assert field is not None
    assert field_name(form, key) == field.label
    assert field_name(form, "nothing.1") == ""


def test_a_row_and_a_section_are_called_as_printed(repository: Path) -> None:
    form = form_of(read_filled(repository / EXAMPLES / "2022-ha-thuong-report.toml"))
    row = next(row for section in form.sections for row in section.rows if row.cells)
    assert field_name(form, f"row.{row.id}") == row.label
    assert field_name(form, f"section.{form.sections[0].id}") == form.sections[0].label


@pytest.mark.parametrize(
    ("file", "field"), [("2022-ha-thuong-plan.toml", "body"), ("2022-ha-thuong-report.toml", "lessons")]
)
def test_a_letter_the_font_lacks_is_refused_by_field(repository: Path, file: str, field: str) -> None:
    filing = read_filled(repository / EXAMPLES / file)
    form = form_of(filing)
    long = [f for f in form.fields() if f.id == field] or [f for f in form.fields() if f.type.value == "long_text"]
    bad = replace(filing, answers={**filing.answers, long[0].id: "Ô trống ☐ này"})
    with pytest.raises(UserError) as refused:
        print_filing(bad)
    assert refused.value.code is Code.LETTER_MISSING
    assert refused.value.facts["field"] == f"{long[0].label}: Ô trống ☐ này"
    assert "☐" in str(refused.value)


def test_a_final_filing_with_number_and_day_says_in_word_that_it_is_a_later_print(repository: Path) -> None:
    draft = read_filled(repository / EXAMPLES / "2022-ha-thuong-report.toml")
    final = replace(draft, status=Status.FINAL, paper_code="7K3M-Q9TX-2HBV")
    numbered = replace(final, document_number="21", document_day=date(2022, 10, 4))
    assert word_of(final) == word_of(final)
    body, foot = word_texts(word_of(numbered))
    assert "21/BC-UBND" in body
    assert REPRINT in foot
    assert "7K3M-Q9TX-2HBV" in foot
    body, foot = word_texts(word_of(final))
    assert "21/BC-UBND" not in body
    assert REPRINT not in foot


def word_texts(data: bytes) -> tuple[str, str]:
    """The text of the body and of the footer."""
    made = opened(data)
    return text_of(made), made.sections[0].footer.paragraphs[0].text
