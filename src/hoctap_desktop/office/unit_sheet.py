"""The list of units as an Excel sheet: written, filled in by hand, read back with every wrong cell named.

Columns are found by their heads, in any order, with or without accents. Nothing is taken before the differences were
shown; units that are not in the sheet stay as they are.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from hoctap_desktop.document.sheet import Cell, Sheet, SheetColumn, render
from hoctap_desktop.document.sheet_cells import RawCell, RawSheet, read_any_cells
from hoctap_desktop.filing.workbook_cell import letter
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.office.unit_heads import HEADS, UPPER, UPPER_HEAD, find_heads, key
from hoctap_desktop.office.units_below import KINDS, Register, complete
from hoctap_desktop.store.database import Store
from hoctap_desktop.units import gazetteer, register
from hoctap_desktop.units.levels import level_word, levels
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.proposals import level_of_name, offices_of
from hoctap_desktop.units.register import Edit, UnitAct
from hoctap_desktop.units.rules import PLAN, REPORT, Excuse, ReportsTo, mistakes, upper_in
from hoctap_desktop.units.unit_table import CODE

_WIDTHS = {"code": 14.0, "name": 46.0, "short_name": 32.0, "free_plan": 24.0, "free_report": 24.0}
_WORDS = {
    "name": "tên",
    "short_name": "tên ngắn",
    "level": "loại",
    "area": "thuộc",
    "contact": "người liên hệ",
    "phone": "điện thoại",
    "valid_from": "từ ngày",
    "valid_to": "đến hết ngày",
    "successors": "đơn vị thay thế",
}
_NOTES_EACH = 3  # so many cells of a column are told one by one, more of them in one line
_TOO_MANY = 20_000
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# What stands between and under the units of a list: "I. Bậc mầm non", "Tổng cộng: 24 trường".
_NO_UNIT = re.compile(r"tong (cong|so)\b.*|cong( [0-9].*)?|([ivx]+ )?(bac|cap|khoi|cac)\b.*")
_NUMBER_IN_WORDS = re.compile(r"\+?[0-9][0-9 .()-]{6,}[0-9]")


@dataclass(frozen=True)
class WrongCell:
    """address: "ô C5"; why: one sentence, which says what to do."""

    address: str
    why: str

    def __str__(self) -> str:
        return f"{self.address}: {self.why}"


@dataclass(frozen=True)
class Difference:
    """One unit that the sheet would add or change. what: the fields, in words, each with before and after."""

    unit: Unit
    new: bool
    what: tuple[str, ...]


@dataclass(frozen=True)
class SheetReading:
    """What taking the sheet would do. edits are empty while `wrong` is not.

    differences: of rows without a wrong cell; same: such units that stay; absent: codes that are known here and not in
    the sheet (they stay too); notes: what the machine put right by itself, each with its cell.
    """

    file: str
    differences: tuple[Difference, ...] = ()
    wrong: tuple[WrongCell, ...] = ()
    same: int = 0
    absent: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()


def unit_sheet(found: Register, made_on: date) -> bytes:
    """The list as a workbook: one sheet, a row a unit, codes as text, days as days."""
    years = sorted({found.year} | {line.year for line in found.moves})
    columns = tuple(SheetColumn(heads[0], _WIDTHS.get(id, 0.0)) for id, heads in HEADS.items())
    columns += tuple(SheetColumn(UPPER_HEAD.format(year=year), 18.0) for year in years)
    rows = []
    for one in found.rows:
        unit = one.unit
        rows.append(
            (
                unit.code,
                unit.name,
                unit.short_name,
                level_word(unit.level),
                unit.area,
                unit.contact,
                unit.phone,
                unit.valid_from,
                unit.valid_to,
                ", ".join(unit.successors),
                one.free.get(PLAN, ""),
                one.free.get(REPORT, ""),
                *(upper_in(unit, year, found.moves) for year in years),
            )
        )
    above = (
        f"Danh sách đơn vị của {found.own.short_name}",
        f"Đợt {found.campaign}. Mã là chữ, giữ số 0 ở đầu. Sửa rồi nhập lại bằng nút «Nhập từ Excel».",
    )
    sheet = Sheet("Đơn vị", columns, tuple(tuple(Cell(value) for value in row) for row in rows), above, landscape=True)
    return render([sheet], title=above[0], author=found.own.name, created=made_on)


def read_unit_sheet(path: Path, found: Register) -> SheetReading:
    """What a workbook says of the units, against what is known. Writes nothing.

    Raises UserError UNIT_SHEET_HEAD when no sheet has the columns for code and name, READ_TOO_LARGE for more than
    20,000 rows under them, and those of read_any_cells.
    """
    for sheet in read_any_cells(path):
        head = find_heads(sheet, found.year)
        if head is not None:
            return _Reader(path.name, sheet, head, found).read()
    raise UserError(Code.UNIT_SHEET_HEAD, file=path.name)


def take_unit_sheet(store: Store, reading: SheetReading) -> UnitAct | None:
    """Takes what was shown, as one act. Raises UserError(UNIT_SHEET_BAD) while a cell is wrong; nothing is written."""
    if reading.wrong:
        raise UserError(Code.UNIT_SHEET_BAD, file=reading.file, count=len(reading.wrong), first=f"{reading.wrong[0]}.")
    words = f"Nhập {print_count(len(reading.differences))} đơn vị từ {reading.file}"
    return register.keep(store, words, reading.edits)


# --- reading ------------------------------------------------------------------------------------------------------


class _Reader:
    """One sheet, row by row; every mistake is kept with its cell."""

    def __init__(self, file: str, sheet: RawSheet, head: tuple[int, dict[str, int]], found: Register) -> None:
        self._file = file
        self._cells = sheet.cells
        self._head, self._columns = head
        self._own = found.own
        self._campaign = found.campaign
        self._moves = found.moves
        self._known = {one.unit.code: one for one in found.rows}
        self._wrong: list[WrongCell] = []
        self._wrong_rows: set[int] = set()
        self._zeros: dict[str, list[tuple[str, str]]] = {}
        self._guessed: dict[str, int] = {}
        self._named: list[str] = []
        self._phones: list[str] = []
        self._made: list[str] = []  # codes, in a list that has none
        self._begun: list[str] = []
        self._listed = found.listed
        self._by_name = {one.unit.name.casefold(): code for code, one in self._known.items()}
        self._levels = {key(level.word): level.id for level in levels()} | {key(x.id): x.id for x in levels()}

    def read(self) -> SheetReading:
        rows = sorted({row for row, _ in self._cells if row > self._head})
        if len(rows) > _TOO_MANY:
            raise UserError(Code.READ_TOO_LARGE, file=self._file, limit=f"{print_count(_TOO_MANY)} dòng")
        units: dict[str, Unit] = {}
        free: dict[str, dict[str, str]] = {}
        moves: dict[str, list[ReportsTo]] = {}
        places: dict[str, int] = {}
        for row in rows:
            unit = self._unit(row)
            if unit is None:
                continue
            if unit.code in units:
                self._add(row, "code", f"mã {unit.code} đã có ở dòng {places[unit.code]}. Mỗi đơn vị một dòng.")
                continue
            units[unit.code], places[unit.code] = unit, row
            free[unit.code] = self._free(row, unit.code)
            moves[unit.code] = self._moved(row, unit)
        for code, unit in self._begin_successors(units).items():
            if code not in units:  # known here, and not in the sheet
                free[code], moves[code] = dict(self._known[code].free), []
                places[code] = next(at for one, at in places.items() if code in units[one].successors)
            units[code] = unit
        others = {code: one.unit for code, one in self._known.items()} | units
        for code, unit in units.items():
            for field, why in mistakes(unit, {k: v for k, v in others.items() if k != code}).items():
                column = {"successor": "successors"}.get(field, field)
                self._add(places[code], column if column in self._columns else "code", why)
        # what a row with a wrong cell would change nobody knows before the cell is right
        doubted = {code for code, row in places.items() if row in self._wrong_rows}
        return self._reading(units, free, moves, doubted)

    def _begin_successors(self, units: Mapping[str, Unit]) -> dict[str, Unit]:
        """Those that stand since a unit ended by this sheet, if nothing says since when: else they would be missing in
        every campaign before (as in units_below.close)."""
        begun: dict[str, Unit] = {}
        for unit in sorted(units.values(), key=lambda one: one.valid_to or date.max):
            known = self._known.get(unit.code)
            stands = known is None or (known.unit.valid_to, known.unit.successors) != (unit.valid_to, unit.successors)
            for code in unit.successors if unit.valid_to is not None else ():
                assert unit.valid_to is not None
                first = unit.valid_to + timedelta(days=1)
                before = self._known[code].unit if code in self._known else None
                after = units.get(code) or before
                if after is None or after.valid_from or after.valid_to or code in begun:
                    continue
                kept = before is not None and before.valid_from == first  # set so once: a blank cell leaves it
                if kept or (stands and (before is None or self._is_younger(code, unit.valid_to))):
                    begun[code] = replace(after, valid_from=first)
                    self._begun += [f"{after.short_name} ({code}) có từ ngày {print_date(first)}"] * (not kept)
        return begun

    def _is_younger(self, code: str, day: date) -> bool:
        return code in self._listed and self._listed[code] > day

    def _reading(
        self,
        units: Mapping[str, Unit],
        free: Mapping[str, dict[str, str]],
        moves: Mapping[str, Sequence[ReportsTo]],
        doubted: Collection[str],
    ) -> SheetReading:
        differences = []
        edits: list[Edit] = []
        of_units: list[Edit] = []  # before what is written of them, in the order of the sheet
        for code, unit in units.items():
            if code in doubted:
                continue
            known = self._known.get(code)
            what = _what(known.unit if known else None, unit)
            of_unit = known is None or bool(what)
            before = known.free if known else {}
            for kind, column in ((PLAN, "free_plan"), (REPORT, "free_report")):
                reason = free[code].get(kind, "")
                if column in self._columns and reason != before.get(kind, ""):
                    paper = "kế hoạch" if kind == PLAN else "báo cáo"
                    what.append(f"miễn {paper}: {reason}" if reason else f"phải nộp {paper}")
                    edits.append(
                        register.with_excuse(Excuse(self._campaign, code, kind, reason))
                        if reason
                        else register.without_excuse(self._campaign, code, kind)
                    )
            for line in moves[code]:
                before_it = upper_in(unit, line.year, self._moves)
                if before_it != line.upper:  # else a year that stays although the one before it changes
                    what.append(f"nộp về từ đợt {line.year}: {before_it} → {line.upper}")
                edits.append(register.with_reports_to(line))
            if of_unit:
                of_units.append(register.with_unit(unit))
            if known is None or what:
                differences.append(Difference(unit, known is None, tuple(what)))
        return SheetReading(
            self._file,
            tuple(differences),
            tuple(self._wrong),
            len(units) - len(differences) - len(doubted),
            tuple(code for code in self._known if code not in units),
            tuple(self._notes()),
            (*of_units, *edits) if not self._wrong else (),
        )

    def _notes(self) -> list[str]:
        """What the machine put right by itself; the same act in a whole column is one line."""
        said: list[str] = []
        for column, found in self._zeros.items():
            if len(found) <= _NOTES_EACH:
                said += [f"{address}: {read}, Excel đã bỏ số 0 ở đầu." for address, read in found]
            else:
                at = letter(self._columns[column])
                said.append(f"{print_count(len(found))} ô ở cột {at}: Excel đã bỏ số 0 ở đầu (ví dụ {found[0][1]}).")
        if self._named:
            more = f" và {print_count(len(self._named) - 1)} tên khác" if len(self._named) > 1 else ""
            said.append(f"{self._named[0]}{more}, đúng tên trong danh mục.")
        if self._phones:
            more = f" và {print_count(len(self._phones) - 1)} ô khác" if len(self._phones) > 1 else ""
            said.append(f"{self._phones[0]}{more}: chữ đứng cạnh số điện thoại được bỏ.")
        if self._made:
            first, last = self._made[0], self._made[-1]
            codes = first if len(self._made) == 1 else f"từ {first} đến {last}"
            said.append(
                f"mã còn trống của {print_count(len(self._made))} đơn vị, đặt {codes}. "
                "Bấm «Lưu Excel» lấy bảng có mã rồi báo cho từng đơn vị: họ ghi đúng mã đó khi mở máy lần đầu."
            )
        if self._begun:
            more = f"; {print_count(len(self._begun) - 1)} đơn vị khác cũng vậy" if len(self._begun) > 1 else ""
            told = f"{self._begun[0]}{more}: ngày sau khi đơn vị trước hết hiệu lực."
            said.append(f"{told} Đã có từ trước thì ghi ngày ở cột «{HEADS['valid_from'][0]}».")
        if self._guessed:
            kinds = ", ".join(f"{level_word(level)} {count}" for level, count in self._guessed.items())
            said.append(f"loại đơn vị còn trống, đọc theo tên: {kinds}.")
        return said

    def _unit(self, row: int) -> Unit | None:
        """The unit of a row, what is blank or has no column as it is known; None for an empty row or a wrong code."""
        typed = {id: self._text(row, id) for id in self._columns}
        name = clean_line(typed["name"])
        # a section, a sum, who signed the list: no code, and nothing that is the name of a unit
        if not typed.get("code") and (not name or _NO_UNIT.fullmatch(key(name))):
            return None
        code = self._code(row) if "code" in self._columns else self._code_of(name)
        if not code:
            return None
        if code in (self._own.code, self._own.upper):
            self._add(row, "code", "là mã của chính cơ quan này hoặc cấp trên. Hãy bỏ dòng này.")
            return None
        known = self._known.get(code)
        base = known.unit if known else Unit(code, "", "", "", upper=self._own.code)
        kept: dict[str, str] = {
            id: clean_line(typed[id]) for id in ("name", "short_name", "area", "contact", "phone") if id in typed
        }
        if kept.get("name"):
            kept["name"] = self._whole_name(row, code, kept["name"])
        level = self._level(row, typed.get("level", ""), base, kept.get("name", ""))
        successors = self._successors(typed)
        unit = replace(
            base,
            name=kept.get("name", base.name),
            short_name=kept.get("short_name") or (base.short_name if kept.get("name") == base.name else ""),
            area=kept.get("area", base.area),
            contact=kept.get("contact", base.contact),
            phone=self._phone(row, kept["phone"]) if "phone" in kept else base.phone,
            level=level,
            valid_from=self._day(row, "valid_from", base.valid_from),
            valid_to=self._day(row, "valid_to", base.valid_to),
            successor=(successors[0] if successors else "") if "successors" in self._columns else base.successor,
            also=tuple(successors[1:]) if "successors" in self._columns else base.also,
        )
        if not unit.name:
            self._add(row, "name", "thiếu tên đơn vị. Ghi tên đầy đủ như trên con dấu.")
            return None
        if unit.name != base.name:
            unit = replace(unit, issuing=(), governing=(), symbol="")
        return complete(unit, self._own)

    def _code(self, row: int) -> str:
        code = self._code_in(row, "code")
        if not code:
            self._add(row, "code", "thiếu mã đơn vị.")
        return code

    def _code_of(self, name: str) -> str:
        """In a list without codes: that of the unit which is known by this very name, else the next free one."""
        code = self._by_name.get(name.casefold())
        if code is None:
            taken = {*self._known, *self._made}
            code = next(c for at in range(1, _TOO_MANY) if (c := f"{self._own.code}-{at:02d}") not in taken)
            self._made.append(code)
        return code

    def _code_in(self, row: int, id: str) -> str:
        """The code in a cell, "" in a blank one."""
        cell = self._cell(row, id)
        text = clean_line(cell.text) if cell else ""
        if cell is not None and cell.kind == "n":
            text = text.removesuffix(".0")
            # Excel takes the zeros in front of a number away
            whole = text.zfill(5)
            here = {*self._known, self._own.code, self._own.upper}
            if text not in here and (whole in here or gazetteer.by_code(whole) is not None):
                self._zeros.setdefault(id, []).append((self._address(row, id), f"{text} đọc là {whole}"))
                return whole
        return text

    def _phone(self, row: int, text: str) -> str:
        numbers = _NUMBER_IN_WORDS.findall(text)
        if numbers and re.search(r"[^\W\d_]", text):  # "0912 345 678 (Zalo)"
            kept = ", ".join(numbers)
            self._phones.append(f"{self._address(row, 'phone')}: «{text}» ghi là «{kept}»")
            return kept
        cell = self._cell(row, "phone")
        # a number of this country has 10 or 11 digits with the zero in front, which Excel takes away
        if cell is None or cell.kind != "n" or not re.fullmatch(r"[1-9][0-9]{8,9}", text):
            return text
        self._zeros.setdefault("phone", []).append((self._address(row, "phone"), f"{text} đọc là 0{text}"))
        return f"0{text}"

    def _whole_name(self, row: int, code: str, name: str) -> str:
        """A commune written by its bare name ("Xã An Khánh") is the committee of that name, when the code says so."""
        place = gazetteer.by_code(code)
        if place is None or key(name) not in (key(place.full_name), key(place.name)):
            return name
        whole = offices_of(place)[0].own.name
        self._named.append(f"{self._address(row, 'name')}: «{name}» ghi là «{whole}»")
        return whole

    def _level(self, row: int, typed: str, base: Unit, name: str) -> str:
        if not typed:
            if base.level:
                return base.level
            guessed = level_of_name(name)
            if guessed:
                self._guessed[guessed] = self._guessed.get(guessed, 0) + 1
                return guessed
            column = "level" if "level" in self._columns else "name"
            self._add(row, column, "thiếu loại đơn vị. Ghi xã, trường, … ở cột «Loại».")
            return "school"
        found = self._levels.get(key(typed))
        if found is None:
            words = ", ".join(level.word for level in levels())
            self._add(row, "level", f"không có loại «{clean_line(typed)}». Ghi một trong: {words}.")
            return "school"
        return found

    def _day(self, row: int, id: str, otherwise: date | None) -> date | None:
        if id not in self._columns:
            return otherwise
        cell = self._cell(row, id)
        if cell is None:
            return None
        text = cell.text[:10] if cell.kind == "d" and _ISO_DAY.match(cell.text) else cell.text
        try:
            return parse_date(text)
        except UserError:
            self._add(row, id, f"«{clean_line(cell.text)[:30]}» không phải ngày. Ghi như 30/06/2025.")
            return otherwise

    def _successors(self, typed: Mapping[str, str]) -> list[str]:
        return [part for part in re.split(r"[\s,;]+", typed.get("successors", "")) if part]

    def _free(self, row: int, code: str) -> dict[str, str]:
        before = self._known[code].free if code in self._known else {}
        found = dict(before)
        for kind, column in zip(KINDS, ("free_plan", "free_report"), strict=True):
            if column in self._columns:
                reason = clean_line(self._text(row, column))
                found.pop(kind, None)
                if reason:
                    found[kind] = reason[:200]
        return found

    def _moved(self, row: int, unit: Unit) -> list[ReportsTo]:
        """The lines that make the unit report as the row says, year by year; a blank cell leaves a year as it is."""
        found: list[ReportsTo] = []
        lines = list(self._moves)
        for id in sorted(id for id in self._columns if id.startswith(UPPER)):
            cell = self._cell(row, id)
            if cell is None or cell.kind in ("f", "e"):
                continue
            year, upper = int(id.removeprefix(UPPER)), self._code_in(row, id)
            if upper == upper_in(unit, year, lines):
                continue
            if upper == unit.code or not re.fullmatch(CODE, upper):
                why = "là chính đơn vị này" if upper == unit.code else f"«{upper[:32]}» không phải mã đơn vị"
                self._add(row, id, f"{why}. Ghi mã nơi nhận; để trống thì giữ như cũ.")
                continue
            line = ReportsTo(unit.code, year, upper)
            lines = [one for one in lines if (one.unit, one.year) != (line.unit, year)] + [line]
            found.append(line)
        return found

    def _cell(self, row: int, id: str) -> RawCell | None:
        found = self._cells.get((row, self._columns[id]))
        return found if found is not None and clean_line(found.text) else None

    def _text(self, row: int, id: str) -> str:
        cell = self._cell(row, id)
        if cell is None:
            return ""
        if cell.kind in ("f", "e"):
            self._add(row, id, "là công thức hoặc ô lỗi. Chép giá trị vào rồi nhập lại.")
            return ""
        if cell.kind == "n":
            return cell.text.removesuffix(".0")
        return cell.text

    def _add(self, row: int, id: str, why: str) -> None:
        self._wrong_rows.add(row)
        found = WrongCell(self._address(row, id), why)
        if found not in self._wrong:
            self._wrong.append(found)

    def _address(self, row: int, id: str) -> str:
        return f"ô {letter(self._columns[id])}{row}"


def _what(before: Unit | None, after: Unit) -> list[str]:
    if before is None:
        return []
    said: dict[str, str] = {}
    for field, words in _WORDS.items():
        one, other = _shown(getattr(before, field), field), _shown(getattr(after, field), field)
        if one != other:
            said.setdefault(words, f"{words}: {one or 'để trống'} → {other or 'để trống'}")
    return list(said.values())


def _shown(value: object, field: str) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        return ", ".join(value)
    return level_word(str(value)) if field == "level" else str(value or "")
