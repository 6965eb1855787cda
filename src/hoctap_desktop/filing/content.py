"""What a filing says, as the bytes that are frozen, hashed onto the paper and sealed: answers.json.

Document number and day, filled in after signing, are no part of it; nor is the revision.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from hoctap_desktop.filing.model import Filing, FormRef, Kind, Summed, SummedUnit
from hoctap_desktop.form.answers import Answers
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.typed_json import Fields, bad, text
from hoctap_desktop.units.as_json import unit_from_value, unit_value
from hoctap_desktop.units.model import Unit

ANSWERS = "answers.json"
MAX_UNITS_BELOW = 5000
_MAX_ANSWERS = 2000
_MAX_ITEMS = 2000
_LONGEST_ANSWER = 500_000
_LONGEST_LINE = 5000
_LARGEST_ANSWER = 10**15 - 1

CAMPAIGN_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
FORM_ID = re.compile(r"[a-z0-9][a-z0-9_/-]{0,63}")
FIELD_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,119}")


@dataclass(frozen=True)
class Content:
    """answers.json of a submission, typed. Which answers a form allows is for form/validation.py to say."""

    kind: Kind
    campaign: str
    unit: Unit
    form: FormRef
    answers: Answers
    illustrative: bool
    based_on: tuple[str, ...]
    summed: Summed | None = None


def content_of(filing: Filing) -> Content:
    """The part of a filing that is frozen."""
    return Content(
        filing.kind,
        filing.campaign,
        filing.unit,
        filing.form,
        filing.answers,
        filing.illustrative,
        filing.based_on,
        filing.summed,
    )


def filing_json(filing: Filing) -> bytes:
    """The canonical bytes of what `filing` says. Raises UserError(BAD_JSON) for answers that are no JSON of ours."""
    return content_json(content_of(filing))


def content_json(content: Content) -> bytes:
    """The canonical bytes of `content`."""
    value: dict[str, JsonValue] = {
        "answers": dict(content.answers),
        "based_on": list(content.based_on),
        "campaign": content.campaign,
        "form": form_value(content.form),
        "illustrative": content.illustrative,
        "kind": content.kind.value,
        "unit": unit_value(content.unit),
    }
    if content.summed is not None:  # what adds nothing up stays, byte for byte, what it always was
        value["summed"] = summed_value(content.summed)
    return canonical_json.encode(value)


def filing_from_json(data: bytes) -> Content:
    """The content in canonical bytes.

    Raises UserError: BAD_JSON for another spelling, BAD_CONTENT(where=…) for a wrong field, type or length.
    """
    decoded = canonical_json.decode(data)
    names = ("answers", "based_on", "campaign", "form", "illustrative", "kind", "unit")
    has_summed = isinstance(decoded, dict) and "summed" in decoded
    fields = Fields(decoded, (*names, "summed") if has_summed else names, ANSWERS)
    if fields.raw("kind") not in [kind.value for kind in Kind]:
        raise bad(fields.place("kind"))
    based_on = fields.hashes("based_on", MAX_UNITS_BELOW)
    summed = summed_from_value(fields.raw("summed"), fields.place("summed")) if has_summed else None
    if summed is not None and summed.based_on != based_on:
        raise bad(fields.place("summed"))
    return Content(
        kind=Kind(str(fields.raw("kind"))),
        campaign=fields.match("campaign", CAMPAIGN_ID),
        unit=unit_from_value(fields.raw("unit"), fields.place("unit")),
        form=form_from_value(fields.raw("form"), fields.place("form")),
        answers=_answers(fields.mapping("answers", _MAX_ANSWERS), fields.place("answers")),
        illustrative=fields.flag("illustrative"),
        based_on=based_on,
        summed=summed,
    )


def form_value(form: FormRef) -> dict[str, JsonValue]:
    """The JSON object of a form reference."""
    return {"hash": form.hash, "id": form.id, "version": form.version}


def form_from_value(value: JsonValue, where: str) -> FormRef:
    """The form reference in a JSON object, or UserError(BAD_CONTENT)."""
    fields = Fields(value, ("hash", "id", "version"), where)
    return FormRef(fields.match("id", FORM_ID), fields.number("version", 1, 10_000), fields.hash("hash"))


def summed_value(summed: Summed) -> dict[str, JsonValue]:
    """The JSON object of what was added up. A unit nothing came of has revision 0 and no package."""
    units: list[JsonValue] = [
        {"code": unit.code, "package": unit.package_id or None, "revision": unit.revision} for unit in summed.units
    ]
    return {"below": dict(summed.below), "own": dict(summed.own), "units": units}


def summed_from_value(value: JsonValue, where: str) -> Summed:
    """What was added up, or UserError(BAD_CONTENT)."""
    fields = Fields(value, ("below", "own", "units"), where)
    units = []
    for item in fields.items("units", MAX_UNITS_BELOW):
        one = Fields(item, ("code", "package", "revision"), fields.place("units"))
        came = not one.is_null("package")
        revision = one.number("revision", 1 if came else 0, 1_000_000 if came else 0)
        units.append(SummedUnit(one.text("code", 40, least=1), revision, one.hash("package") if came else ""))
    if len({unit.code for unit in units}) != len(units):
        raise bad(fields.place("units"))
    below = {}
    for id, number in _answers(fields.mapping("below", _MAX_ANSWERS), fields.place("below")).items():
        if isinstance(number, bool) or not isinstance(number, int) or number < 0:
            raise bad(fields.place("below"))
        below[id] = number
    own = _answers(fields.mapping("own", _MAX_ANSWERS), fields.place("own"))
    if any(not isinstance(each, int | dict) or (isinstance(each, int) and each < 0) for each in own.values()):
        raise bad(fields.place("own"))
    return Summed(tuple(units), below, own)


def _answers(found: Mapping[str, JsonValue], where: str) -> Answers:
    for id, value in found.items():
        sound = _is_field_id(id)
        if sound and type(value) is int and -_LARGEST_ANSWER <= value <= _LARGEST_ANSWER:
            continue  # most of them
        place = f"{where} › {id}"
        if not sound:
            raise bad(place[:120])
        if isinstance(value, list):
            if len(value) > _MAX_ITEMS:
                raise bad(place)
            for item in value:
                _check_item(item, place)
        else:
            _check_single(value, place)
    return found


@lru_cache(maxsize=4096)
def _is_field_id(id: str) -> bool:
    return FIELD_ID.fullmatch(id) is not None


def _check_single(value: JsonValue, place: str) -> None:
    """A text, a number, or the words for "no number" (form/answers.py)."""
    if isinstance(value, dict):
        stated: dict[str, JsonValue] = {"reason": "", **value}
        fields = Fields(stated, ("none", "reason"), place)
        fields.text("none", 40, least=1)
        fields.text("reason", _LONGEST_LINE, line_ends=True)
    else:
        _check_text_or_number(value, _LONGEST_ANSWER, place)


def _check_item(value: JsonValue, place: str) -> None:
    """A line of a list, or one class with its name, learners, place …"""
    if isinstance(value, dict):
        for name, part in value.items():
            if not _is_field_id(name):
                raise bad(place)
            if part is not None:
                _check_text_or_number(part, _LONGEST_LINE, f"{place} › {name}")
    else:
        text(value, _LONGEST_LINE, place, line_ends=True)


def _check_text_or_number(value: JsonValue, longest: int, place: str) -> None:
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > _LARGEST_ANSWER:
            raise bad(place)
    else:
        text(value, longest, place, line_ends=True)
