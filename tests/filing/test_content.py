import dataclasses
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hoctap_desktop.filing.content import content_of, filing_from_json, filing_json
from hoctap_desktop.filing.model import Filing, FormRef, Kind, Status
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.units.model import Signer, Unit

FILING = Filing(
    id="2022-report",
    kind=Kind.REPORT,
    campaign="2022",
    unit=Unit(
        code="05812",
        name="Ủy ban nhân dân xã Hà Thượng",
        short_name="UBND xã Hà Thượng",
        level="commune",
        governing=("ỦY BAN NHÂN DÂN", "HUYỆN ĐẠI TỪ"),
        issuing=("ỦY BAN NHÂN DÂN XÃ HÀ THƯỢNG",),
        place="Hà Thượng",
        symbol="UBND",
        signer=Signer("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn A"),
        valid_from=date(1945, 9, 2),
    ),
    form=FormRef("report", 1, "ab" * 32),
    answers={
        "participants": 1248,
        "exhibitions": {"none": "not_held", "reason": ""},
        "body": "# Mục đích\nHai dòng",
        "recipients": ["Như trên", "Lưu: VT"],
        "class_list": [{"name": "Lớp tin học", "learners": 20, "subject": "", "place": "", "from": "", "to": ""}],
    },
    illustrative=True,
    based_on=("cd" * 32,),
)


def test_what_is_written_is_what_is_read() -> None:
    assert filing_from_json(filing_json(FILING)) == content_of(FILING)


def test_number_day_revision_and_status_are_no_part_of_it() -> None:
    later = dataclasses.replace(
        FILING, revision=2, status=Status.FINAL, document_number="05", document_day=date(2022, 10, 13), paper_code="X"
    )
    assert filing_json(later) == filing_json(FILING)


def test_a_missing_number_may_come_without_a_reason() -> None:
    bare = dataclasses.replace(FILING, answers={"exhibitions": {"none": "not_held"}})
    assert filing_from_json(filing_json(bare)) == content_of(bare)


def test_an_answer_more_gives_other_bytes() -> None:
    assert filing_json(dataclasses.replace(FILING, answers={"participants": 1})) != filing_json(FILING)


def test_answers_that_are_no_json_of_ours_are_refused() -> None:
    half: Any = {"participants": 1.5}
    with pytest.raises(UserError) as refusal:
        filing_json(dataclasses.replace(FILING, answers=half))
    assert refusal.value.code is Code.BAD_JSON


def put(*path: Any) -> Callable[[Any], None]:
    """Sets the value at `path` (its last item) in a JSON tree."""

    def change(tree: Any) -> None:
        for step in path[:-2]:
            tree = tree[step]
        tree[path[-2]] = path[-1]

    return change


@pytest.mark.parametrize(
    "change",
    [
        put("more", 1),
        put("kind", "letter"),
        put("kind", 1),
        put("kind", []),
        put("campaign", ""),
        put("campaign", "Đợt"),
        put("illustrative", 1),
        put("illustrative", None),
        put("based_on", "cd"),
        put("based_on", ["CD" * 32]),
        put("based_on", ["cd" * 32, "cd" * 32]),
        put("form", None),
        put("form", "version", True),
        put("form", "version", 0),
        put("form", "version", "1"),
        put("form", "hash", "ab"),
        put("form", "id", "../report"),
        put("unit", []),
        put("unit", "code", 5812),
        put("unit", "code", ""),
        put("unit", "code", "0" * 41),
        put("unit", "name", "x\ny"),
        put("unit", "name", "x" * 201),
        put("unit", "governing", "ỦY BAN"),
        put("unit", "governing", [1]),
        put("unit", "governing", ["x"] * 7),
        put("unit", "valid_from", "2022-02-30"),
        put("unit", "valid_from", "20220230"),
        put("unit", "valid_from", 0),
        put("unit", "signer", {}),
        put("unit", "signer", "more", ""),
        put("answers", []),
        put("answers", "participants", None),
        put("answers", "participants", True),
        put("answers", "participants", 10**15),
        put("answers", "participants", {}),
        put("answers", "participants", {"reason": "x"}),
        put("answers", "participants", {"none": "unknown", "reason": "", "more": 1}),
        put("answers", "participants", {"none": "unknown", "reason": 1}),
        put("answers", "participants", {"none": {"none": "x", "reason": ""}, "reason": ""}),
        put("answers", "participants", [[1]]),
        put("answers", "participants", [1]),
        put("answers", "participants", ["x" * 5001]),
        put("answers", "participants", [{"name": []}]),
        put("answers", "participants", [{"": "x"}]),
        put("answers", "body", "x" * 500_001),
        put("answers", "số lượng", 1),
        put("answers", "", 1),
        put("answers", {f"f{i}": 1 for i in range(2001)}),
    ],
)
def test_a_field_of_another_type_or_length_is_refused(change: Callable[[Any], None]) -> None:
    tree = json.loads(filing_json(FILING))
    change(tree)
    with pytest.raises(UserError) as refusal:
        filing_from_json(canonical_json.encode(tree))
    assert refusal.value.code is Code.BAD_CONTENT
    assert str(refusal.value.facts["where"]).startswith("answers.json")


@pytest.mark.parametrize("name", ["answers", "based_on", "campaign", "form", "illustrative", "kind", "unit"])
def test_a_missing_field_is_named(name: str) -> None:
    tree = json.loads(filing_json(FILING))
    del tree[name]
    with pytest.raises(UserError) as refusal:
        filing_from_json(canonical_json.encode(tree))
    assert refusal.value.facts["where"] == f"answers.json › {name}"


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"1", b'"x"', b"{}", b"{"])
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises(UserError) as refusal:
        filing_from_json(data)
    assert refusal.value.code in {Code.BAD_JSON, Code.BAD_CONTENT}
