import dataclasses
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.submission.container import PackageKind
from hoctap_desktop.submission.manifest import Manifest, from_json, original_name, to_json
from tests.submission.packages import AT, FORM, OWN, UPPER

MANIFEST = Manifest(
    kind=PackageKind.SUBMISSION,
    unit=OWN,
    recipient=UPPER,
    series="2022-report",
    revision=2,
    previous="cd" * 32,
    epoch=1,
    form=FORM,
    created=AT,
    program="0.1.0",
    document_number="05",
    document_day=date(2022, 10, 13),
    attachments={"attachments/001.pdf": "Quét có dấu.pdf"},
)


@pytest.mark.parametrize(
    "manifest",
    [
        MANIFEST,
        dataclasses.replace(MANIFEST, previous=None, document_number="", document_day=None, attachments={}),
        dataclasses.replace(MANIFEST, kind=PackageKind.ENROLMENT, form=None, series="enrolment"),
    ],
)
def test_what_is_written_is_what_is_read(manifest: Manifest) -> None:
    assert from_json(to_json(manifest)) == manifest


def test_the_moment_is_written_at_vietnamese_time() -> None:
    assert b'"created":"2022-10-13T14:32:11+07:00"' in to_json(MANIFEST)


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: tree.update(kind="letter"),
        lambda tree: tree.update(kind=["submission"]),
        lambda tree: tree.update(revision=0),
        lambda tree: tree.update(revision=True),
        lambda tree: tree.update(revision="2"),
        lambda tree: tree.update(revision=10**7),
        lambda tree: tree.update(epoch=0),
        lambda tree: tree.update(previous=""),
        lambda tree: tree.update(previous="CD" * 32),
        lambda tree: tree.update(series="Báo cáo"),
        lambda tree: tree.update(series="../2022"),
        lambda tree: tree.update(created="2022-10-13T14:32:11Z"),
        lambda tree: tree.update(created="2022-10-13T25:32:11+07:00"),
        lambda tree: tree.update(created="2022-10-13 14:32:11+07:00"),
        lambda tree: tree.update(program=1),
        lambda tree: tree.update(program="x" * 41),
        lambda tree: tree.update(form={}),
        lambda tree: tree.update(form=1),
        lambda tree: tree.update(unit={"code": 5812, "name": "x"}),
        lambda tree: tree.update(unit={"code": "05812", "name": ""}),
        lambda tree: tree.update(unit={"code": "05812", "name": "a\nb"}),
        lambda tree: tree.update(recipient=None),
        lambda tree: tree.update(document=None),
        lambda tree: tree["document"].update(day="13/10/2022"),
        lambda tree: tree["document"].update(number=5),
        lambda tree: tree.update(attachments=[]),
        lambda tree: tree["attachments"].update(x=1),
        lambda tree: tree["attachments"].update(x=""),
        lambda tree: tree["attachments"].update(x="../../x.pdf"),
        lambda tree: tree["attachments"].update(x="C:\\x.pdf"),
        lambda tree: tree["attachments"].update(x="y" * 201),
        lambda tree: tree.update(more=None),
        lambda tree: tree.pop("series"),
    ],
)
def test_a_field_of_another_type_or_length_is_refused(change: Callable[[Any], Any]) -> None:
    tree = json.loads(to_json(MANIFEST))
    change(tree)
    with pytest.raises(UserError) as refusal:
        from_json(canonical_json.encode(tree))
    assert refusal.value.code is Code.BAD_CONTENT
    assert str(refusal.value.facts["where"]).startswith("package.json")


def test_an_original_name_keeps_its_end_and_loses_what_no_system_takes() -> None:
    assert original_name("a/b\\c:d?.pdf") == "a_b_c_d_.pdf"
    assert original_name("x" * 300 + ".pdf").endswith("x.pdf")
    assert len(original_name("x" * 300 + ".pdf")) == 200
