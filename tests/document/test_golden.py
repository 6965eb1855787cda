"""Every page of the examples looks as it did when somebody looked at it (tests/document/golden.py)."""

from dataclasses import replace
from pathlib import Path

import pytest

from hoctap_desktop.document.layout import official
from hoctap_desktop.document.pdf import render
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.office.paper import document_of
from tests.document.geometry import MM
from tests.document.golden import alike, differ, examples, kept, pictures, printed

LOOK = "a page has changed: if it was meant to, run `python -m tests.document.golden` and look at each picture it names"


@pytest.mark.parametrize("path", examples(), ids=lambda path: path.stem)
def test_the_pages_look_as_they_did_when_somebody_looked(path: Path) -> None:
    now, before = pictures(printed(path)), kept(path)
    assert len(now) == len(before), LOOK
    for number, (one, other) in enumerate(zip(now, before, strict=True), 1):
        assert alike(one, other), f"{LOOK} (page {number}: {differ(one, other)} points)"


def test_a_page_moved_by_a_millimetre_does_not_look_alike() -> None:
    (path, *_) = [path for path in examples() if path.stem.endswith("ha-thuong-report")]
    layout = official()
    moved = replace(layout, page=replace(layout.page, left=layout.page.left + 1 * MM, right=layout.page.right - 1 * MM))
    document = document_of(read_filled(path))
    for one, other in zip(pictures(render(document, moved).data), kept(path), strict=True):
        assert not alike(one, other)


def test_a_letter_missing_on_a_page_does_not_look_alike() -> None:
    (path, *_) = [path for path in examples() if path.stem.endswith("ha-thuong-report")]
    document = document_of(read_filled(path))
    assert document.title is not None
    other = replace(document, title=replace(document.title, kind="BÁO CÁ"))
    assert not alike(pictures(render(other).data)[0], kept(path)[0])
