# ruff: noqa: ARG001  (every check has one signature; few need all of it)
"""The checks a form's rules can name. Each is pure: answers and context in, hits out (domain.md §4)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from hoctap_desktop.form.answers import COMPUTED, WORDS, Answers, Count, Missing, NoNumber, cell, number, text
from hoctap_desktop.form.context import Context
from hoctap_desktop.form.definition import FieldType, FormDefinition, RollUp, Rule
from hoctap_desktop.foundation.numbers import print_count


@dataclass(frozen=True)
class Hit:
    """A rule that fired: at which field, and the facts its sentence needs (already printed)."""

    field: str
    facts: Mapping[str, str]
    message: str = ""  # in place of the rule's, which would name another source


LIST_CHECKS = ("equals_list_length", "equals_list_sum")
_NOT_AS_LISTED = "{label} ghi {value}, máy đếm từ danh sách được {other}. Nếu giữ số này, ghi lý do."
_NOT_ASKED_BELOW = "Biểu hỏi cấp dưới không có câu này nên máy không cộng được. Hãy tự nhập số; chưa có thì ghi lý do."
Run = Callable[[Rule, FormDefinition, Answers, Context], Iterator[Hit]]


@dataclass(frozen=True)
class Check:
    """takes: for each id a rule must name, what it may be: "every" ("*" or one number of the table), "number",

    "classes", "month". values: numbers from 1 it needs; facts: names its sentence may use. each: it judges every
    number by itself (and by what was computed for it), so that a change asks for that number's verdict alone.
    """

    run: Run
    takes: tuple[str, ...]
    values: tuple[str, ...] = ()
    facts: tuple[str, ...] = ("label",)
    each: bool = False


DIFFERS_FROM_COMPUTED = "differs_from_computed"


def _targets(rule: Rule, form: FormDefinition) -> tuple[str, ...]:
    if rule.fields[0] == "*":
        return form.added_up if rule.check == DIFFERS_FROM_COMPUTED else form.indicator_ids
    return (rule.fields[0],)


def _label(form: FormDefinition, id: str) -> str:
    field = form.field(id)
    return field.label if field else id


def _needs(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    """A number above 0 here needs a number above 0 there; the finding points at what is missing.

    A stated "chưa có số liệu" there is an answer (its reason is asked by another rule); 0, none and blank are not.
    """
    have, need = rule.fields
    value = number(answers, have)
    other = cell(answers, need)
    if value and not number(answers, need) and not (isinstance(other, Missing) and other.kind is NoNumber.UNKNOWN):
        yield Hit(need, {"label": _label(form, need), "value": print_count(value)})


def _held_needs(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    """When anything was held, this number must be above 0 (or stated as not yet known)."""
    target, _witness = rule.fields
    held = any(number(answers, f.id) for f in form.indicators() if f.id != target)
    found = cell(answers, target)
    known_later = isinstance(found, Missing) and found.kind is NoNumber.UNKNOWN
    if held and not number(answers, target) and not known_later:
        yield Hit(target, {"label": _label(form, target)})


def _list_items(answers: Answers, id: str) -> list[Mapping[str, object]]:
    value = answers.get(id)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _equals_list_length(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    stated, items = number(answers, rule.fields[0]), _list_items(answers, rule.fields[1])
    if items and stated != len(items) and not _overridden(form, answers, rule.fields[0], len(items)):
        yield _against_list(rule, form, stated, len(items))


def _equals_list_sum(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    stated, items = number(answers, rule.fields[0]), _list_items(answers, rule.fields[1])
    total = _learners(items)
    if items and stated != total and not _overridden(form, answers, rule.fields[0], total):
        yield _against_list(rule, form, stated, total)


def _learners(items: Iterable[Mapping[str, object]]) -> int:
    return sum(found for item in items if isinstance(found := item.get("learners"), int))


def may_be_overridden(form: FormDefinition, id: str) -> bool:
    """The form asks a reason for a number that is not the one computed, so a number by hand need not be refused."""
    field = form.field(id)
    climbs = field is not None and field.roll_up is not RollUp.NONE
    return climbs and any(r.check == DIFFERS_FROM_COMPUTED and r.fields[0] in ("*", id) for r in form.rules)


def _overridden(form: FormDefinition, answers: Answers, id: str, listed: int) -> bool:
    """A number stated by hand beside the one counted from the list: the reason is asked for by another rule."""
    if number(answers, id) is None or number(answers, COMPUTED + id) != listed:
        return False
    return may_be_overridden(form, id)


def counted_from_list(form: FormDefinition, answers: Answers) -> dict[str, int]:
    """The numbers the form says a list in `answers` counts; none while that list is empty."""
    found: dict[str, int] = {}
    for rule in form.rules:
        if rule.check in LIST_CHECKS and (items := _list_items(answers, rule.fields[1])):
            found[rule.fields[0]] = len(items) if rule.check == LIST_CHECKS[0] else _learners(items)
    return found


def listed_by(form: FormDefinition, id: str) -> str:
    """The list a number is counted from, "" for none."""
    return next((r.fields[1] for r in form.rules if r.check in LIST_CHECKS and r.fields[0] == id), "")


def _against_list(rule: Rule, form: FormDefinition, stated: int | None, other: int) -> Hit:
    value = "không có số nào" if stated is None else print_count(stated)
    facts = {"label": _label(form, rule.fields[0]), "value": value, "other": print_count(other)}
    return Hit(rule.fields[0], facts)


def _not_blank(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    for id in _targets(rule, form):
        if type(answers.get(id)) is not int and cell(answers, id) is None:
            yield Hit(id, {"label": _label(form, id)}, _NOT_ASKED_BELOW if id in context.not_asked_below else "")


def _unknown_has_reason(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    for id in _targets(rule, form):
        if type(answers.get(id)) is int:
            continue
        found = cell(answers, id)
        if isinstance(found, Missing) and found.kind is NoNumber.UNKNOWN:
            yield Hit(id, {"label": _label(form, id), "reason": found.reason})


def _all_zero(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    # A whole table of "không tổ chức" is a real answer of its own; zeros everywhere look like a skipped table.
    targets, zeros = _targets(rule, form), 0
    for id in targets:
        found = cell(answers, id)
        if found is None or (isinstance(found, Count) and found.value):
            return
        zeros += isinstance(found, Count)
    if zeros:
        yield Hit(targets[0], {"label": _label(form, targets[0])})


def _differs(rule: Rule, form: FormDefinition, answers: Answers, computed: Mapping[str, int]) -> Iterator[Hit]:
    for id in _targets(rule, form) if computed else ():
        value, other = number(answers, id), computed.get(id)
        if value is not None and other is not None and value != other:
            yield Hit(id, {"label": _label(form, id), "value": print_count(value), "other": print_count(other)})


def _differs_from_computed(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    if not any(id.startswith(COMPUTED) for id in answers):
        return
    kept = {id: n for id in _targets(rule, form) if (n := number(answers, COMPUTED + id)) is not None}
    yield from _replaced_by_words(form, answers, kept)
    for hit in _differs(rule, form, answers, kept):
        items = _list_items(answers, listed_by(form, hit.field))
        if items and kept[hit.field] in (len(items), _learners(items)):
            yield Hit(hit.field, hit.facts, _NOT_AS_LISTED)
        else:
            yield hit


def _replaced_by_words(form: FormDefinition, answers: Answers, computed: Mapping[str, int]) -> Iterator[Hit]:
    """A computed number that is stated as no number. Not what other rules ask about: unknown, and a blank cell."""
    for id, other in computed.items():
        said = cell(answers, id)
        if isinstance(said, Missing):
            if said.kind is NoNumber.UNKNOWN or (said.kind is NoNumber.NOT_HELD and not other):
                continue
            words = WORDS[said.kind].lower()
        elif said is None and (field := form.field(id)) is not None and field.type is FieldType.MONEY:
            words = "để trống"
        else:
            continue
        yield Hit(id, {"label": _label(form, id), "value": f"«{words}»", "other": print_count(other)})


def _equals_own_and_children(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    yield from _differs(rule, form, answers, context.own_and_children)


def _at_most(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    value, other = number(answers, rule.fields[0]), number(answers, rule.fields[1])
    if value is not None and other is not None and value > other:
        label = _label(form, rule.fields[0])
        yield Hit(rule.fields[0], {"label": label, "value": print_count(value), "other": print_count(other)})


def _ratio_between(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    value, other = number(answers, rule.fields[0]), number(answers, rule.fields[1])
    if not value or not other:
        return
    if value > other * rule.values["most"] or value < other * rule.values["least"]:
        ratio = f"{value / other:.1f}".replace(".", ",").removesuffix(",0")
        facts = {"value": print_count(value), "other": print_count(other), "ratio": ratio}
        yield Hit(rule.fields[0], {"label": _label(form, rule.fields[0]), **facts})


def _jump(rule: Rule, form: FormDefinition, answers: Answers, before: Mapping[str, int]) -> Iterator[Hit]:
    times = rule.values["times"]
    for id in _targets(rule, form) if before else ():
        value, other = number(answers, id), before.get(id)
        if not value or not other:
            continue
        if value >= other * times or value * times <= other:
            field = form.field(id)
            facts = {"value": print_count(value), "other": print_count(other), "times": str(times)}
            yield Hit(id, {"label": _label(form, id), "unit": field.unit if field else "", **facts})


def _jump_from_last_year(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    yield from _jump(rule, form, answers, context.last_year)


def _jump_from_sisters(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    yield from _jump(rule, form, answers, context.usual)


def _all_multiples(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    targets, seen = _targets(rule, form), 0
    for id in targets:
        value = number(answers, id)
        if value and value % rule.values["of"]:
            return
        seen += bool(value)
    if seen >= rule.values["least"]:
        yield Hit(targets[0], {"label": _label(form, targets[0])})


def _same_as_other_unit(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    if not context.others:
        return
    targets = _targets(rule, form)
    own = {id: n for id in targets if (n := number(answers, id)) is not None}
    # Small tables of one and two agree by chance; three numbers above ten do not.
    if sum(1 for n in own.values() if n > 10) < 3:
        return
    if name := context.others.same_as(own, targets):
        yield Hit(targets[0], {"label": _label(form, targets[0]), "other": name})


def _dated_before_week_ends(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    month = text(answers, rule.fields[0])
    if month and context.week_to and month < context.week_to.isoformat()[:7]:
        facts = {"value": month, "other": f"{context.week_to:%d/%m/%Y}"}
        yield Hit(rule.fields[0], {"label": _label(form, rule.fields[0]), **facts})


def _promised_in_plan(rule: Rule, form: FormDefinition, answers: Answers, context: Context) -> Iterator[Hit]:
    if rule.fields[0] in context.promised and number(answers, rule.fields[0]) == 0:
        yield Hit(rule.fields[0], {"label": _label(form, rule.fields[0])})


_COMPARED = ("label", "value", "other")
CHECKS: Mapping[str, Check] = {
    "needs": Check(_needs, ("number", "number"), facts=("label", "value")),
    "held_needs": Check(_held_needs, ("number", "number")),
    "equals_list_length": Check(_equals_list_length, ("number", "classes"), facts=("label", "value", "other")),
    "equals_list_sum": Check(_equals_list_sum, ("number", "classes"), facts=("label", "value", "other")),
    "not_blank": Check(_not_blank, ("every",), each=True),
    "unknown_has_reason": Check(_unknown_has_reason, ("every",), facts=("label", "reason"), each=True),
    "all_zero": Check(_all_zero, ("every",)),
    DIFFERS_FROM_COMPUTED: Check(_differs_from_computed, ("every",), facts=_COMPARED, each=True),
    "equals_own_and_children": Check(_equals_own_and_children, ("every",), facts=_COMPARED, each=True),
    "at_most": Check(_at_most, ("number", "number"), facts=("label", "value", "other")),
    "ratio_between": Check(
        _ratio_between, ("number", "number"), ("least", "most"), ("label", "value", "other", "ratio")
    ),
    "jump_from_last_year": Check(
        _jump_from_last_year, ("every",), ("times",), (*_COMPARED, "times", "unit"), each=True
    ),
    "jump_from_sisters": Check(_jump_from_sisters, ("every",), ("times",), (*_COMPARED, "times", "unit"), each=True),
    "all_multiples": Check(_all_multiples, ("every",), ("of", "least")),
    "same_as_other_unit": Check(_same_as_other_unit, ("every",), facts=("label", "other")),
    "dated_before_week_ends": Check(_dated_before_week_ends, ("month",), facts=("label", "value", "other")),
    "promised_in_plan": Check(_promised_in_plan, ("number",)),
}
