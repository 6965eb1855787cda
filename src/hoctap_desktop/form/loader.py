"""Reads form definitions (forms/report/*.toml, forms/plan/*.toml) and refuses a bad one with file, row and sentence."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time
from functools import cache
from pathlib import Path

from hoctap_desktop.form.answers import COMPUTED
from hoctap_desktop.form.checks import CHECKS
from hoctap_desktop.form.definition import (
    COMMON_FIELDS,
    NUMBERING,
    NUMBERINGS,
    Field,
    FieldType,
    FormDefinition,
    RollUp,
    Row,
    Rule,
    Section,
    Severity,
)
from hoctap_desktop.form.issuers import Issuers
from hoctap_desktop.foundation.boundary import Outside, take_in
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import decoded
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.foundation.toml_source import Table, parse_toml
from hoctap_desktop.units.levels import levels
from hoctap_desktop.units.model import Unit

_ID = r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*"
_FORM_ID = r"[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)*"
LONGEST = 2**20
NUMBER_TYPES = (FieldType.COUNT, FieldType.MONEY)
_TAKEN = {
    "every": (FieldType.COUNT,),
    "number": NUMBER_TYPES,
    "classes": (FieldType.CLASSES,),
    "month": (FieldType.MONTH,),
}
RESERVED = ("note.", "reason.", COMPUTED, "unit.", "campaign.")
_SINGLE = (FieldType.LINE, FieldType.DATE, FieldType.TIME, FieldType.MONTH)
_NAMED = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
# What printing a plan looks for, by id (plan/printed.py): its type, and whether a plan may do without.
_PLAN_FIELDS = {
    "subject": (FieldType.LINE, True),
    "document.month": (FieldType.MONTH, True),
    "body": (FieldType.BODY, True),
    "recipients": (FieldType.LINES, True),
    "signer.title": (FieldType.LINE, True),
    "signer.name": (FieldType.LINE, True),
    "signer.collective": (FieldType.LINE, False),
    "signer.authority": (FieldType.LINE, False),
    "legal_bases": (FieldType.LINES, False),
    "special_line": (FieldType.LINE, False),
    "appendix": (FieldType.BODY, False),
    NUMBERING: (FieldType.CHOICE, False),
}


def load_form(path: Path) -> FormDefinition:
    """The definition in `path`, checked whole; its hash is the SHA-256 of the file's bytes.

    Raises UserError FORM_BAD (file, row, why), FILE_UNREADABLE, FILE_TOO_LARGE, NOT_TEXT.
    """
    data = take_in(Outside.FORM, path)
    return parse_form(data, path.name)


def parse_form(data: bytes, file: str) -> FormDefinition:
    """As load_form, from bytes."""
    top = parse_toml(decoded(data, file), file, Code.FORM_BAD)
    sections = tuple(_section(table) for table in top.tables("section"))
    form = FormDefinition(
        id=top.word("id", _FORM_ID),
        version=top.whole("version"),
        kind=top.choice("kind", ("plan", "report")),
        name=top.text("name"),
        title=top.text("title"),
        symbol=top.text("symbol"),
        sections=sections,
        rules=tuple(_rule(table) for table in top.tables("rule")),
        hash=hashlib.sha256(data).hexdigest(),
        source=top.text("source", ""),
        numbering=top.choice("numbering", NUMBERINGS, "decree"),
        levels=top.texts("levels", ()),
        issuers=top.texts("issuers", ()),
    )
    top.refuse_unknown()
    if form.version < 1:
        raise top.wrong("version", "«version» phải từ 1 trở lên. Hãy sửa số.")
    if not sections:
        raise top.wrong("", "biểu mẫu chưa có mục nào. Hãy thêm ít nhất một nhóm [[section]].")
    known_levels = [level.id for level in levels()]
    for id in form.levels:
        if id not in known_levels:
            raise top.wrong("levels", f"không có cấp «{id}». Các cấp: {', '.join(known_levels)}. Hãy sửa levels.")
    _judge_sections(top, form)
    _judge_defaults(top, form)
    if form.kind == "plan":
        _judge_plan(top, form)
    _judge_rules(top, form)
    return form


@cache
def shipped_forms(folder: Path | None = None) -> tuple[FormDefinition, ...]:
    """Every definition that ships with the program, by id and version."""
    base = folder or forms()
    found = [load_form(path) for kind in ("plan", "report") for path in sorted((base / kind).glob("*.toml"))]
    return tuple(sorted(found, key=lambda form: (form.id, form.version)))


# Forms that came from an upper unit or were made here, of the one office open in this process (form/taken.py).
_more: tuple[FormDefinition, ...] = ()
_issuers = Issuers()


def know(forms_more: Iterable[FormDefinition], issuers: Issuers | None = None) -> None:
    """Makes these, beside the shipped ones, the forms this process knows; those of another office are forgotten."""
    global _more, _issuers
    who = issuers or Issuers()
    _more, _issuers = tuple(replace(form, line=who.of(form.hash)) for form in forms_more), who


def known_forms(folder: Path | None = None) -> tuple[FormDefinition, ...]:
    """Every definition there is, by id and version: shipped, taken from an upper unit, made here.

    Two issuers may have given one id and version to two texts: the hash tells them apart; a shipped one stands last.
    """
    shipped = shipped_forms(folder)
    if folder is not None or not _more:
        return shipped
    hashes = {form.hash for form in shipped}
    more = (form for form in _more if form.hash not in hashes)
    return tuple(sorted((*more, *shipped), key=lambda form: (form.id, form.version)))


def shipped_text(form: FormDefinition) -> bytes | None:
    """The bytes of a shipped definition, None when it did not ship with the program."""
    for path in sorted((forms() / form.kind).glob("*.toml")):
        data = take_in(Outside.FORM, path)
        if hashlib.sha256(data).hexdigest() == form.hash:
            return data
    return None


def form_for_unit(kind: str, unit: Unit, folder: Path | None = None, year: int | None = None) -> FormDefinition:
    """The form of this kind a unit fills in: one for its level and name before one for everybody, then the newest.

    year: of the campaign. Of what upper units issued only what stands in the line of that campaign counts; when the
    campaign came as a file, its forms stand before those of the program, however new these are. What was made here is
    asked of those below: it is filled in here only where no office stands above. Raises FORM_UNKNOWN.
    """
    alone = not _issuers.above(year)
    return _chosen(kind, unit, folder, year, _issuers.hashes(_issuers.own, year) if alone else frozenset())


def form_for_below(kind: str, unit: Unit, year: int | None = None) -> FormDefinition:
    """The form of this kind the office asks of a unit below it: what it made itself, else as form_for_unit.

    Raises FORM_UNKNOWN.
    """
    return _chosen(kind, unit, None, year, _issuers.hashes(_issuers.own, year))


def _chosen(kind: str, unit: Unit, folder: Path | None, year: int | None, own: frozenset[str]) -> FormDefinition:
    above = _issuers.hashes(_issuers.above(year), year)
    here = {form.hash for form in shipped_forms(folder)} | above | own
    fitting = [form for form in known_forms(folder) if form.kind == kind and form.hash in here and form.fits(unit)]
    if not fitting:
        raise UserError(Code.FORM_UNKNOWN, form=kind)
    told = _issuers.told(year) and any(form.hash in above for form in fitting)  # else nothing was said of such units

    def rank(form: FormDefinition) -> tuple[int, bool, bool, int, bool]:
        asked, made = form.hash in above, form.hash in own
        return bool(form.levels) + bool(form.issuers), made, told and asked, form.version, asked

    return max(fitting, key=rank)


def is_for_below(form: FormDefinition, year: int | None) -> bool:
    """True of a form made here while an office stands above: that one cannot read it."""
    return bool(_issuers.above(year)) and form.hash in _issuers.hashes(_issuers.own, None)


def is_told(form: FormDefinition, year: int) -> bool:
    """True when the upper unit said by a campaign file that the campaign of `year` is filled in on this very text."""
    return _issuers.told(year) and form.hash in _issuers.hashes(_issuers.above(year), year)


def form_by_id(id: str, version: int | None = None, sha256: str = "") -> FormDefinition:
    """The form called `id` (its newest version unless named). Raises UserError(FORM_UNKNOWN).

    sha256: of the very text that was filled in: another issuer's form of the same name and number is not that form.
    Without it the program's own stands before others of that number.
    """
    fitting = [f for f in known_forms() if f.id == id and version in (None, f.version) and sha256 in ("", f.hash)]
    if not fitting:
        raise UserError(Code.FORM_UNKNOWN, form=id if version is None else f"{id}, bản {version}")
    return fitting[-1]


def twins(form: FormDefinition) -> tuple[FormDefinition, ...]:
    """Other texts under the id and version of `form`, by whatever issuer."""
    key = (form.id, form.version)
    return tuple(one for one in known_forms() if (one.id, one.version) == key and one.hash != form.hash)


def forms_by_hash() -> Mapping[str, FormDefinition]:
    """Every known form by the hash of its text."""
    return {form.hash: form for form in known_forms()}


def _section(table: Table) -> Section:
    section = Section(
        id=table.word("id", _ID),
        number=table.text("number", ""),
        heading=table.text("heading", ""),
        label=table.text("label"),
        parent=table.text("parent", ""),
        fields=tuple(_field(t) for t in table.tables("field")),
        rows=tuple(_row(t) for t in table.tables("row")),
        columns=table.texts("columns", ()),
    )
    table.refuse_unknown()
    return section


def _field(table: Table) -> Field:
    kind = FieldType(table.choice("type", tuple(t.value for t in FieldType)))
    choices = table.table("choices")
    field = Field(
        id=table.word("id", _ID),
        label=table.text("label"),
        type=kind,
        required=table.flag("required", False),
        max_length=table.whole("max_length", 500),
        default="\n".join(table.texts("default", ())) if kind is FieldType.LINES else table.text("default", ""),
        unit=table.text("unit", ""),
        roll_up=RollUp(table.choice("roll_up", tuple(r.value for r in RollUp), "none")),
        hint=table.text("hint", ""),
        choices=tuple((value, choices.text(value)) for value in choices.names()),
    )
    table.refuse_unknown()
    if not 1 <= field.max_length <= 200_000:
        raise table.wrong("max_length", "«max_length» phải từ 1 đến 200000. Hãy sửa số.")
    if field.id.startswith(RESERVED):
        raise table.wrong("id", f"mã «{field.id}» dùng đầu mã dành riêng ({', '.join(RESERVED)}). Hãy đổi mã.")
    if field.roll_up is not RollUp.NONE and field.type not in NUMBER_TYPES:
        raise table.wrong("roll_up", f"«{field.id}» không phải số nên không cộng được. Hãy bỏ dòng roll_up.")
    if (field.type is FieldType.CHOICE) != bool(field.choices):
        why = "thiếu nhóm [section.field.choices]" if not field.choices else "không phải kiểu choice mà có choices"
        raise table.wrong("choices", f"«{field.id}» {why}. Hãy sửa lại.")
    if field.type in NUMBER_TYPES and not field.unit:
        raise table.wrong("", f"«{field.id}» là số nhưng thiếu đơn vị tính. Hãy thêm dòng unit = …")
    return field


def _row(table: Table) -> Row:
    row = Row(table.word("id", _ID), table.text("printed_number", ""), table.text("label"), table.texts("cells", ()))
    table.refuse_unknown()
    if len(row.cells) > 2:
        raise table.wrong("cells", f"dòng «{row.id}» có {len(row.cells)} ô; một dòng giấy chỉ có một hoặc hai số.")
    return row


def _rule(table: Table) -> Rule:
    numbers = table.table("values")
    rule = Rule(
        id=table.word("id", _ID),
        severity=Severity(table.choice("severity", tuple(s.value for s in Severity))),
        check=table.choice("check", tuple(CHECKS)),
        fields=table.texts("fields"),
        message=table.text("message"),
        values={key: numbers.whole(key) for key in numbers.names()},
    )
    table.refuse_unknown()
    wanted = CHECKS[rule.check]
    if len(rule.fields) != len(wanted.takes):
        raise table.wrong("fields", f"phép kiểm «{rule.check}» cần {len(wanted.takes)} mục, đây có {len(rule.fields)}.")
    if set(rule.values) != set(wanted.values):
        named = ", ".join(wanted.values) or "không có số nào"
        raise table.wrong("values", f"phép kiểm «{rule.check}» cần các số: {named}. Hãy sửa values.")
    for name, value in rule.values.items():
        if value < 1:
            raise table.wrong("values", f"«{name} = {value}»: phép kiểm cần số từ 1 trở lên. Hãy sửa số.")
    for name in re.findall(r"{(.*?)}", rule.message):
        if name not in wanted.facts:
            known = ", ".join(wanted.facts)
            raise table.wrong("message", f"câu báo có {{{name}}}, phép kiểm «{rule.check}» chỉ cho: {known}.")
    if rule.message.count("{") != rule.message.count("}"):
        raise table.wrong("message", "câu báo thiếu một dấu ngoặc nhọn. Hãy sửa lại.")
    return rule


def _judge_sections(top: Table, form: FormDefinition) -> None:
    """Ids stand once, parents come first, every count has its one cell in the table."""
    seen_sections: set[str] = set()
    seen_fields: set[str] = set()
    for table, section in zip(top.tables("section"), form.sections, strict=True):
        if section.id in seen_sections:
            raise table.wrong("id", f"mã mục «{section.id}» đã dùng ở trên. Mỗi mã chỉ dùng một lần.")
        if section.parent and section.parent not in seen_sections:
            raise table.wrong("parent", f"mục cha «{section.parent}» chưa có ở trên. Hãy sửa parent hoặc đổi thứ tự.")
        seen_sections.add(section.id)
        for inner, field in zip(table.tables("field"), section.fields, strict=True):
            if field.id in seen_fields:
                raise inner.wrong("id", f"mã «{field.id}» đã dùng ở trên. Mỗi mã chỉ dùng một lần, không dùng lại.")
            seen_fields.add(field.id)
        _judge_rows(table, section)


def _judge_rows(table: Table, section: Section) -> None:
    own = {field.id: field for field in section.fields}
    placed: set[str] = set()
    seen: set[str] = set()
    for inner, row in zip(table.tables("row"), section.rows, strict=True):
        if row.id in seen:
            raise inner.wrong("id", f"mã dòng «{row.id}» đã dùng ở trên. Mỗi mã chỉ dùng một lần.")
        seen.add(row.id)
        for cell in row.cells:
            if cell not in own or own[cell].type is not FieldType.COUNT:
                raise inner.wrong("cells", f"dòng «{row.id}» gọi ô «{cell}» nhưng mục này không có số nào mã đó.")
            if cell in placed:
                raise inner.wrong("cells", f"ô «{cell}» đã nằm ở dòng khác. Mỗi số chỉ in một chỗ.")
            placed.add(cell)
    if section.rows and len(section.columns) != 4:
        raise table.wrong("columns", "bảng cần bốn tên cột: TT, Nội dung, Số lượng, Ghi chú. Hãy sửa columns.")
    for inner, field in zip(table.tables("field"), section.fields, strict=True):
        if field.type is FieldType.COUNT and field.id not in placed:
            raise inner.wrong("id", f"số «{field.id}» không nằm ở dòng nào của bảng. Hãy thêm vào cells của một dòng.")


def _judge_defaults(top: Table, form: FormDefinition) -> None:
    """What a new filing begins with fits its field, and names only fields there are."""
    single = {field.id for field in form.fields() if field.type in _SINGLE}
    for table, section in zip(top.tables("section"), form.sections, strict=True):
        for inner, field in zip(table.tables("field"), section.fields, strict=True):
            # a body keeps its names and is filled in when printed; a line is filled in once, when the filing begins
            known = [*COMMON_FIELDS, *(sorted(single) if field.type is FieldType.BODY else ())]
            for name in _NAMED.findall(field.default):
                if name not in known:
                    why = f"«{{{{{name}}}}}» không phải mục dùng được ở đây. Dùng được: {', '.join(known)}. Hãy sửa."
                    raise _at_words(inner, "default", f"{{{{{name}}}}}", why)
            if why := _wrong_default(field):
                raise inner.wrong("default", why)


def _at_words(table: Table, key: str, words: str, why: str) -> UserError:
    """The refusal at the row of a long text where the words stand, so that nobody has to search."""
    raw = table.data.get(key)
    before = raw.split(words)[0].count("\n") if isinstance(raw, str) else 0
    refusal = table.wrong(key, why)
    # a text in three quotes has its first line in the row after the quotes
    shift = before + 1 if before or (isinstance(raw, str) and "\n" in raw) else 0
    return UserError(refusal.code, **{**refusal.facts, "row": int(str(refusal.facts["row"])) + shift})


def _wrong_default(field: Field) -> str:
    words = field.default
    longest = max(len(item) for item in (words.split("\n") if field.type is FieldType.LINES else [words]))
    if longest > field.max_length:
        return f"«default» dài {longest} chữ mà max_length là {field.max_length}. Hãy rút ngắn hoặc tăng số."
    if not words or _NAMED.search(words):
        return ""
    try:
        match field.type:
            case FieldType.DATE:
                date.fromisoformat(words)
            case FieldType.MONTH:
                date.fromisoformat(f"{words}-01")
            case FieldType.TIME:
                time.fromisoformat(words)
            case FieldType.CHOICE if words not in dict(field.choices):
                return f"«default = {words}» không có trong choices. Hãy chọn một."
            case FieldType.COUNT | FieldType.MONEY | FieldType.CLASSES:
                return f"«{field.id}» là số hoặc danh sách lớp, không đặt sẵn được. Hãy bỏ dòng default."
    except ValueError:
        return f"«default = {words}» không đúng kiểu {field.type.value} (2022-10-06, 2022-10, 07:00). Hãy sửa giá trị."
    return ""


def _judge_plan(top: Table, form: FormDefinition) -> None:
    """A plan has what its page is made of, each in the type the page needs."""
    known = {field.id: field for field in form.fields()}
    for id, (kind, needed) in _PLAN_FIELDS.items():
        if id not in known:
            if needed:
                raise top.wrong("", f"kế hoạch cần mục «{id}» kiểu {kind.value}. Hãy thêm [[section.field]] với id đó.")
            continue
        if known[id].type is not kind:
            why = f"mục «{id}» của kế hoạch phải là kiểu {kind.value}. Hãy sửa type."
            raise _field_wrong(top, form, id, "type", why)
    for value, _words in known[NUMBERING].choices if NUMBERING in known else ():
        if value not in NUMBERINGS:
            why = f"không có cách đánh số «{value}». Các cách: {', '.join(NUMBERINGS)}. Hãy sửa choices."
            raise _field_wrong(top, form, NUMBERING, "choices", why)


def _field_wrong(top: Table, form: FormDefinition, id: str, key: str, why: str) -> UserError:
    for table, section in zip(top.tables("section"), form.sections, strict=True):
        for inner, field in zip(table.tables("field"), section.fields, strict=True):
            if field.id == id:
                return inner.wrong(key, why)
    return top.wrong("", why)


def _judge_rules(top: Table, form: FormDefinition) -> None:
    known = {field.id: field.type for field in form.fields()}
    seen: set[str] = set()
    for table, rule in zip(top.tables("rule"), form.rules, strict=True):
        if rule.id in seen:
            raise table.wrong("id", f"mã quy tắc «{rule.id}» đã dùng ở trên. Mỗi mã chỉ dùng một lần.")
        seen.add(rule.id)
        for name, takes in zip(rule.fields, CHECKS[rule.check].takes, strict=True):
            if name == "*" and takes == "every":
                continue
            if name not in known:
                raise table.wrong("fields", f"quy tắc «{rule.id}» gọi mục «{name}» mà biểu mẫu không có.")
            if known[name] not in _TAKEN[takes]:
                raise table.wrong("fields", f"phép kiểm «{rule.check}» không dùng cho mục «{name}» ({known[name]}).")
