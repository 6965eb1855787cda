"""The list of strings that break programs: printed, sealed, received unchanged; or refused in words."""

import json
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from hoctap_desktop.consolidation import repository
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.document.code import paper_code
from hoctap_desktop.filing.content import Content, filing_json
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_lines
from hoctap_desktop.office.filings import as_final
from hoctap_desktop.office.paper import print_filing
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.seal import seal_filing
from hoctap_desktop.submission.unseal import unseal
from tests.consolidation.papers import UPPER, key, put
from tests.offices import NOW

FIELDS = ("direction", "launch", "activities", "results", "difficulties", "proposals")
TOGETHER = 8  # strings in one field of a report
COMMUNE = "05812"


@pytest.fixture
def naughty(shared_bad_input: Path) -> list[str]:
    """Each as a box keeps it (foundation/text.py), without those of which nothing is left."""
    strings = json.loads((shared_bad_input / "text" / "blns.json").read_text("utf-8"))
    assert len(strings) == 515
    return [kept for typed in strings if (kept := clean_lines(typed)).strip()]


def with_texts(texts: dict[str, str]) -> Filing:
    base = read_filled(paths.forms() / "examples" / "2022-ha-thuong-report.toml")
    return replace(base, answers={**base.answers, **texts})


def refusal(text: str) -> UserError | None:
    """What the printed page says against it."""
    try:
        print_filing(with_texts({"proposals": text}))
    except UserError as refused:
        return refused
    return None


def letters(text: str) -> Counter[str]:
    return Counter(letter for letter in text if not letter.isspace())


def test_each_is_sealed_and_received_as_it_was_typed_or_refused(naughty: list[str], store: Store, stick: Path) -> None:
    said = {text: refusal(text) for text in naughty}
    for text, why in said.items():
        if why is not None:
            assert why.code is Code.LETTER_MISSING
            assert "Kiến nghị" in str(why)
            assert any(f"U+{ord(letter):04X}" in str(why) for letter in text)
    good = [text for text in naughty if said[text] is None]
    assert len(good) > 400
    previous = None
    step = TOGETHER * len(FIELDS)
    for revision, begin in enumerate(range(0, len(good), step), 1):
        part = good[begin : begin + step]
        texts = {field: "\n".join(part[at :: len(FIELDS)]) for at, field in enumerate(FIELDS)}
        made = replace(with_texts({id: text for id, text in texts.items() if text}), revision=revision)
        final = as_final(made, paper_code(filing_json(made)), NOW)
        pages = print_filing(final).data
        printed = letters("".join(page.extract_text() for page in PdfReader(BytesIO(pages)).pages))
        assert letters("".join(part)) - printed == Counter()
        sealed = seal_filing(final, filing_json(final), pages, key(COMMUNE), UPPER, NOW, epoch=1, previous=previous)
        previous = sealed.package_id
        (line,) = intake(store, [put(stick / str(revision), sealed)]).lines
        assert line.outcome is (Outcome.TAKEN if revision == 1 else Outcome.REPLACED)
        got = unseal(repository.sealed_file(store, sealed.package_id)).body
        assert isinstance(got, Content)
        assert {id: got.answers.get(id, "") for id in FIELDS} == texts
