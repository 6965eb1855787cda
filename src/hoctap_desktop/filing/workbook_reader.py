"""A workbook that comes back (Nhập từ Excel): by tag never by position, every fault in one pass, with its cell.

What is whole but doubtful (a number kept as text, an inserted blank row) is said; what is wrong is never taken.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from hoctap_desktop.document.sheet_cells import RawCell, RawSheet, read_cells
from hoctap_desktop.document.sheet_entry import MARK, ROLE_ROW, TAG_ROW
from hoctap_desktop.filing.workbook import (
    CLASS_COLUMNS,
    CLASS_DAYS,
    CLASSES,
    FIGURES,
    META,
    NUMBERS,
    TEXTS,
    VERSION,
    in_workbook,
)
from hoctap_desktop.filing.workbook_cell import (
    KINDS,
    address,
    answer,
    as_text,
    choice,
    count,
    day,
    letter,
    made_otherwise,
)
from hoctap_desktop.form.answers import Missing, cell_json
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition
from hoctap_desktop.form.validation import wrong_shape
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_lines, fold

# The sheet as a whole cannot be trusted: nothing of it is taken.
STRUCTURAL = frozenset({Code.WORKBOOK_MERGED, Code.WORKBOOK_FORMULA, Code.WORKBOOK_CHANGED})
_MOST_FAULTS = 300


@dataclass(frozen=True)
class WorkbookFacts:
    """Which report a workbook was written from. base: fingerprint of each answer it was written with."""

    form: str
    form_version: int
    form_hash: str
    form_name: str
    kind: str
    campaign: str
    unit: str
    unit_name: str
    filing: str
    revision: int
    paper_code: str
    written_at: datetime
    base: Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """What a cell (or the class list) says. said: how it was read when that was not plain, else ""."""

    field: str
    address: str
    value: JsonValue
    said: str = ""


@dataclass(frozen=True)
class Fault:
    """Something that cannot be taken, by its cell. sentence: whole, with the address."""

    code: Code
    address: str
    sentence: str

    @property
    def structural(self) -> bool:
        """True when nothing of the workbook may be taken because of it."""
        return self.code in STRUCTURAL


@dataclass(frozen=True)
class Reading:
    """A workbook as read. blanks: open cells in which nothing stands, field and address; notes: said of the whole."""

    file: str
    facts: WorkbookFacts
    entries: tuple[Entry, ...]
    blanks: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]


def read_workbook(path: Path, forms: Callable[[str, int, str], FormDefinition]) -> Reading:
    """What a workbook of ours says. forms: the form by id, version and hash, raising UserError(FORM_UNKNOWN).

    Raises UserError as `read_cells`, and WORKBOOK_FOREIGN, WORKBOOK_NEWER, WORKBOOK_OTHER_FORM, FORM_UNKNOWN.
    """
    return reading_of(read_cells(path), path.name, forms)


def reading_of(sheets: Sequence[RawSheet], file: str, forms: Callable[[str, int, str], FormDefinition]) -> Reading:
    """The same of sheets that were read. file: its name, for sentences. Raises UserError as read_workbook."""
    tagged: dict[str, list[RawSheet]] = {}
    strange: list[str] = []
    for sheet in sheets:
        mark = sheet.cells.get((TAG_ROW, 1), RawCell("", "")).text
        if mark.startswith(f"{MARK}:"):
            tagged.setdefault(mark.removeprefix(f"{MARK}:"), []).append(sheet)
        else:
            strange.append(sheet.name)
    facts = _facts(tagged, file)
    try:
        form = forms(facts.form, facts.form_version, facts.form_hash)
    except UserError as refusal:  # of that number there may be another text
        own = forms(facts.form, facts.form_version, "")
        claimed = f"{facts.form_name}, bản khác"
        raise UserError(Code.WORKBOOK_OTHER_FORM, file=file, claimed=claimed, own=own.name) from refusal
    reader = _Reader(form)
    for tag in (FIGURES, TEXTS, CLASSES):
        for place, sheet in enumerate(tagged.get(tag, [])):
            if place:
                reader.fault(Code.WORKBOOK_CHANGED, f"Trang «{sheet.name}»", why="Trang này là bản chép thêm của biểu.")
            else:
                reader.read(tag, sheet)
    reader.say_what_is_missing(tuple(tagged))
    notes = [*reader.notes]
    if strange:
        notes.append(f"Bỏ qua trang không thuộc biểu: {', '.join(f'«{name}»' for name in strange)}.")
    return Reading(
        file, facts, tuple(reader.entries), tuple(reader.blanks), tuple(reader.faults[:_MOST_FAULTS]), tuple(notes)
    )


# --- the hidden sheet ----------------------------------------------------------------------------------------------


def _facts(tagged: Mapping[str, Sequence[RawSheet]], file: str) -> WorkbookFacts:
    """Raises UserError WORKBOOK_FOREIGN, WORKBOOK_NEWER."""
    if len(tagged.get(META, [])) != 1:
        raise UserError(Code.WORKBOOK_FOREIGN, file=file, found="mất trang ẩn ghi nguồn gốc")
    found: dict[str, dict[str, str]] = {"fact": {}, "base": {}}
    cells = tagged[META][0].cells
    for (row, column), cell in cells.items():
        if row > ROLE_ROW and column == 1 and cell.text in found:
            name, value = (cells.get((row, at), RawCell("s", "")).text for at in (2, 3))
            found[cell.text][name] = value
    facts = found["fact"]
    try:
        if int(facts["version"]) > VERSION:
            raise UserError(Code.WORKBOOK_NEWER, file=file)
        return WorkbookFacts(
            facts["form"],
            int(facts["form_version"]),
            facts["form_hash"],
            facts["form_name"],
            facts["kind"],
            facts["campaign"],
            facts["unit"],
            facts["unit_name"],
            facts["filing"],
            int(facts["revision"]),
            facts.get("paper_code", ""),
            datetime.fromisoformat(facts["written_at"]),
            found["base"],
        )
    except (KeyError, ValueError) as cause:
        raise UserError(Code.WORKBOOK_FOREIGN, file=file, found="trang ẩn ghi nguồn gốc bị sửa") from cause


# --- the sheets ----------------------------------------------------------------------------------------------------


class _Reader:
    """Gathers entries and faults over all sheets."""

    def __init__(self, form: FormDefinition) -> None:
        self.form = form
        self.fields = {field.id: field for field in form.fields() if in_workbook(field)}
        self.labels = _labels(form)
        self.entries: list[Entry] = []
        self.blanks: list[Entry] = []
        self.faults: list[Fault] = []
        self.notes: list[str] = []
        self.seen: dict[str, str] = {}

    def fault(self, code: Code, address: str, **facts: str) -> None:
        self.faults.append(Fault(code, address, str(UserError(code, address=address, **facts))))

    def wrong(self, address: str, why: str) -> None:
        self.fault(Code.WORKBOOK_CELL, address, why=why)

    def read(self, tag: str, sheet: RawSheet) -> None:
        for found in sheet.merged:
            self.fault(Code.WORKBOOK_MERGED, f"Trang «{sheet.name}», ô {found}")
        roles: dict[str, int] = {}
        for (row, column), cell in sorted(sheet.cells.items()):
            if row == ROLE_ROW:
                if cell.text in roles:
                    why = "Có hai cột cùng loại, không biết lấy cột nào."
                    self.fault(Code.WORKBOOK_CHANGED, f"Trang «{sheet.name}», cột {letter(column)}", why=why)
                roles.setdefault(cell.text, column)
            elif cell.kind == "f":
                self.fault(Code.WORKBOOK_FORMULA, address(sheet, row, column), typed=cell.text[:60])
        wanted = {
            FIGURES: ("id.value", "id.note", "label", "value", "note", "none", "reason"),
            TEXTS: ("id.value", "label", "value", "none", "reason"),
            CLASSES: ("id.value", *(f"class.{key}" for key, _, _ in CLASS_COLUMNS)),
        }[tag]
        if missing := [role for role in wanted if role not in roles]:
            why = f"Biểu bị mất cột ({', '.join(missing)})."
            self.fault(Code.WORKBOOK_CHANGED, f"Trang «{sheet.name}»", why=why)
            return
        if tag == CLASSES:
            self._classes(sheet, roles)
        else:
            self._rows(sheet, roles, has_notes=tag == FIGURES)

    def say_what_is_missing(self, tags: Sequence[str]) -> None:
        """A row or a sheet that was removed."""
        if any(fault.code is Code.WORKBOOK_CHANGED and "mất cột" in fault.sentence for fault in self.faults):
            return
        for id, field in self.fields.items():
            if id not in self.seen and not (field.type is FieldType.CLASSES and CLASSES not in tags):
                self.fault(Code.WORKBOOK_CHANGED, "Biểu", why=f"Biểu bị mất dòng «{field.label}».")
        if CLASSES not in tags and any(field.type is FieldType.CLASSES for field in self.fields.values()):
            self.fault(Code.WORKBOOK_CHANGED, "Biểu", why="Biểu bị mất trang danh sách lớp.")

    # --- the table and the written parts --------------------------------------------------------------------------

    def _rows(self, sheet: RawSheet, roles: Mapping[str, int], *, has_notes: bool) -> None:
        head = self._head(sheet, roles["label"])
        rows: dict[int, dict[int, RawCell]] = {}
        for (row, column), cell in sheet.cells.items():
            if row > head:
                rows.setdefault(row, {})[column] = cell
        typed = [roles[role] for role in ("value", "note", "none", "reason") if role in roles]
        last = max(
            (row for row, cells in rows.items() if roles["id.value"] in cells or self._locked_label(cells, roles)),
            default=0,
        )
        for row in range(head + 1, max([last, *rows]) + 1):
            cells = rows.get(row, {})
            ids = {name: cells[roles[name]].text for name in ("id.value", "id.note") if roles.get(name) in cells}
            if ids:
                self._tagged(sheet, row, cells, roles, ids, has_notes=has_notes)
            elif self._locked_label(cells, roles):
                self._untyped(sheet, row, cells, typed)  # a group row: no number belongs there
            elif cells:
                found = ", ".join(f"«{cells[at].text[:40]}»" for at in sorted(cells))
                why = f"Dòng này không thuộc biểu (đã chèn thêm), có ghi {found}. Máy không biết số đó của mục nào."
                self.fault(Code.WORKBOOK_CHANGED, f"Trang «{sheet.name}», dòng {row}", why=why)
            elif row < last:
                self.notes.append(
                    f"Trang «{sheet.name}» có dòng chèn thêm, để trống (dòng {row}). Máy lấy số theo mã của dòng, "
                    "không theo vị trí."
                )

    def _head(self, sheet: RawSheet, column: int) -> int:
        """The row of titles: the last one before the first tagged row."""
        known = set(self.fields)
        tagged = [row for (row, at), cell in sheet.cells.items() if row > ROLE_ROW and cell.text in known]
        titles = [
            row
            for (row, at), cell in sheet.cells.items()
            if at == column and cell.text in ("Nội dung hoạt động", "Nội dung") and row < min(tagged, default=row + 1)
        ]
        return max(titles, default=ROLE_ROW)

    def _locked_label(self, cells: Mapping[int, RawCell], roles: Mapping[str, int]) -> bool:
        return cells.get(roles["label"], RawCell("", "")).text in self.labels["groups"]

    def _untyped(self, sheet: RawSheet, row: int, cells: Mapping[int, RawCell], typed: Sequence[int]) -> None:
        for column in typed:
            if column in cells:
                self.wrong(
                    address(sheet, row, column), f"«{cells[column].text[:40]}» nằm ở dòng không có ô ghi. Hãy xóa."
                )

    def _tagged(
        self,
        sheet: RawSheet,
        row: int,
        cells: Mapping[int, RawCell],
        roles: Mapping[str, int],
        ids: Mapping[str, str],
        *,
        has_notes: bool,
    ) -> None:
        place = f"Trang «{sheet.name}», dòng {row}"
        for id in ids.values():
            if id not in self.fields:
                self.fault(Code.WORKBOOK_CHANGED, place, why=f"Mã dòng «{id[:40]}» không có trong biểu.")
                return
            if id in self.seen:
                self.fault(
                    Code.WORKBOOK_CHANGED, place, why=f"Dòng «{self.fields[id].label}» có hai lần ({self.seen[id]})."
                )
                return
        for id in ids.values():
            self.seen[id] = place
        label = cells.get(roles["label"], RawCell("s", "")).text
        if any(clean_lines(label).strip() not in self.labels[id] for id in ids.values()):
            why = f"Nhãn «{label[:60]}» không phải của dòng này: các dòng đã bị xếp lại hoặc sửa."
            self.fault(Code.WORKBOOK_CHANGED, place, why=why)
            return
        field = self.fields.get(ids.get("id.value", ""))
        number = tuple(roles[role] for role in ("value", "none", "reason"))
        if field is None:
            self._untyped(sheet, row, cells, number)
        elif field.type in NUMBERS:
            self._number(sheet, row, cells, number, field)
        else:
            self._text(sheet, row, cells, roles["value"], field)
            self._untyped(sheet, row, cells, number[1:])
        if has_notes:
            note = self.fields.get(ids.get("id.note", ""))
            if note is not None:
                self._text(sheet, row, cells, roles["note"], note)
            else:
                self._untyped(sheet, row, cells, (roles["note"],))

    def _number(
        self, sheet: RawSheet, row: int, cells: Mapping[int, RawCell], columns: Sequence[int], field: Field
    ) -> None:
        value, none, reason = (cells.get(column) for column in columns)
        at, at_none, at_reason = (address(sheet, row, column) for column in columns)
        if any(cell is not None and cell.kind == "f" for cell in (value, none, reason)):
            return  # named already
        stated = choice(none.text) if none else None
        if none and none.text.strip() and stated is None:
            self.wrong(at_none, f"«{none.text[:40]}» không phải một trong bốn cách ghi. Hãy chọn lại trong danh sách.")
            return
        said = ""
        found: JsonValue | None = None
        if value is not None and value.text.strip():
            if (kind := KINDS.get(fold(value.text))) is not None:
                found = cell_json(Missing(kind))
            else:
                try:
                    found, said = count(value, field)
                except UserError as refusal:
                    self.wrong(at, str(refusal))
                    return
        words = clean_lines(reason.text) if reason else ""
        if stated is not None:
            if found is not None and found != stated:
                self.wrong(
                    at, f"Vừa ghi «{value.text if value else ''}» vừa chọn «{none.text if none else ''}». Hãy bỏ một."
                )
                return
            found = stated
        if words and found is None:
            self.wrong(at_reason, "Có lý do nhưng chưa chọn «Chưa có số liệu». Hãy chọn, hoặc xóa lý do.")
            return
        if isinstance(found, dict):
            found = {**found, "reason": words}
        elif words:
            said = f"{said} Lý do «{words[:40]}» không lấy vì đã có số.".strip()
        self._keep(field, at, found, said)

    def _text(self, sheet: RawSheet, row: int, cells: Mapping[int, RawCell], column: int, field: Field) -> None:
        raw, at = cells.get(column), address(sheet, row, column)
        if raw is not None and raw.kind == "f":
            return
        if raw is not None and raw.kind in ("e", "b"):
            self.wrong(at, f"«{raw.text}» không phải chữ. Hãy ghi lại.")
            return
        text = clean_lines(as_text(raw)) if raw is not None else ""
        if not text.strip():
            self._keep(field, at, None)
            return
        try:
            self._keep(field, at, answer(field, text), made_otherwise(raw) if raw is not None else "")
        except UserError as refusal:
            self.wrong(at, str(refusal))

    def _keep(self, field: Field, address: str, value: JsonValue | None, said: str = "") -> None:
        if value is None:
            self.blanks.append(Entry(field.id, address, None))
            return
        why = wrong_shape(field, value)
        if why:
            self.wrong(address, why)
        else:
            self.entries.append(Entry(field.id, address, value, said))

    # --- the class list -------------------------------------------------------------------------------------------

    def _classes(self, sheet: RawSheet, roles: Mapping[str, int]) -> None:
        """Every row under the head that says something is a class; the order is that of the sheet."""
        field = next((each for each in self.fields.values() if each.type is FieldType.CLASSES), None)
        if field is None:
            self.fault(Code.WORKBOOK_CHANGED, f"Trang «{sheet.name}»", why="Biểu mẫu này không có danh sách lớp.")
            return
        self.seen[field.id] = f"Trang «{sheet.name}»"
        tagged = [r for (r, at), cell in sheet.cells.items() if r > ROLE_ROW and cell.text == field.id]
        head = min(tagged, default=ROLE_ROW + 1) - 1
        columns = {key: roles[f"class.{key}"] for key, _, _ in CLASS_COLUMNS}
        rows = sorted({row for row, column in sheet.cells if row > head and column in columns.values()})
        items: list[JsonValue] = []
        before, said = len(self.faults), []
        for row in rows:
            item: dict[str, JsonValue] = {}
            for key, column in columns.items():
                raw, at = sheet.cells.get((row, column)), address(sheet, row, column)
                if raw is None or raw.kind == "f" or not raw.text.strip():
                    continue
                try:
                    if key == "learners":
                        item[key], how = count(raw, replace(field, label="Số học viên", type=FieldType.COUNT))
                        said += [f"{at}: {how}"] if how else []
                    elif key in CLASS_DAYS:
                        item[key] = day(raw)
                        said += [f"{at}: {how}"] if (how := made_otherwise(raw)) else []
                    elif words := clean_lines(as_text(raw)):
                        item[key] = words
                        said += [f"{at}: {how}"] if (how := made_otherwise(raw)) else []
                except UserError as refusal:
                    self.wrong(at, str(refusal))
            if item and "name" not in item:
                self.wrong(address(sheet, row, columns["name"]), "Lớp này chưa có tên. Hãy ghi tên lớp.")
            if item:
                items.append(item)
        if len(self.faults) == before:
            self._keep(field, f"Trang «{sheet.name}»", items or None, " ".join(said))


def _labels(form: FormDefinition) -> dict[str, set[str]]:
    """The labels that may stand beside a field, and under "groups" those of rows without a cell."""
    found: dict[str, set[str]] = {"groups": set()}
    for field in form.fields():
        label = f"{field.label} ({field.unit})" if field.unit else field.label
        found[field.id] = {clean_lines(label).strip(), f"+ {clean_lines(label).strip()}"}
    for section in form.sections:
        for row in section.rows:
            if row.is_group:
                found["groups"].add(row.label)
                continue
            found[row.note] = {clean_lines(row.label).strip()}
            for id in row.cells:
                known = form.field(id)
                unit = f" ({known.unit})" if known is not None and known.unit else ""
                found[id].add(clean_lines(row.label + unit).strip())
                found[row.note].add(clean_lines(row.label + unit).strip())
    return found
