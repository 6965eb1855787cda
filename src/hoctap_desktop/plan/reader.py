"""Reads a plan that exists as plain text or in Word into a filled file, and says line by line what was doubtful.

Nothing is corrected: symbols, spelling and numbers are printed again as they came (domain.md §2, §3).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.document.model import Run
from hoctap_desktop.form.definition import NUMBERING, NUMBERINGS, FormDefinition
from hoctap_desktop.form.loader import form_for_unit, twins
from hoctap_desktop.foundation.boundary import Outside, read_apart, take_in
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.file_kind import what_is
from hoctap_desktop.foundation.files import decoded
from hoctap_desktop.foundation.legacy import CODING_WORDS, Coding, changed_lines, find_legacy
from hoctap_desktop.foundation.text import clean_line, without_marks
from hoctap_desktop.plan.body_reader import begins_block, read_body, with_computed_numbers
from hoctap_desktop.plan.fact_reader import find_facts, same_day
from hoctap_desktop.plan.letterhead_reader import Foot, Head, is_recipients_line, read_foot, read_head
from hoctap_desktop.plan.numerals import numeral
from hoctap_desktop.plan.office_reader import office_of
from hoctap_desktop.plan.outline import Block, parse_runs, write, write_runs
from hoctap_desktop.plan.source_lines import Doubt, Line, is_control, joined, source_lines, told_once, wrap_width
from hoctap_desktop.units.model import Level, Signer

__all__ = ["Doubt", "Reading", "read", "read_plan_file"]

LONGEST_TEXT = 300_000
_LARGEST_TEXT = 2 * 2**20
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Word opens these and saves them as .docx.
_SAVED_ANEW = ("đây là tệp Word đời cũ", "đây là tệp văn bản RTF", "đây là trang web (HTML)")
_BASIS = re.compile(r"(?:Căn cứ|Thực hiện|Theo|Xét|Triển khai|Tiếp tục thực hiện)\s")
_SUBJECT_ENDS = re.compile(r"(?:Căn cứ|Thực hiện|Theo|Xét|Nhằm|Để|Ủy ban|Uỷ ban|UBND|Trường|Phòng|Kính gửi)\s")
_TYPED_BOLD = re.compile(r"\*\*[^*]+\*\*")
_MARKS_TYPED = "Trong tệp Word có gõ dấu ** quanh chữ; đã hiểu là chữ đậm, còn dấu # đầu dòng là đề mục."
_LONGEST_SUBJECT = 300
_FALLBACK_TITLE = "NGƯỜI KÝ"
_BLANK_NAME = "……………"


@dataclass(frozen=True)
class Reading:
    """filled: the filled file as a table (kind, form, version, campaign, unit, fields). doubts: in line order."""

    filled: dict[str, object]
    doubts: tuple[Doubt, ...]


def read_plan_file(path: Path, *, convert: bool = False) -> Reading:
    """The plan in a Word file (.docx) or a text file (UTF-8, or UTF-16 as Notepad saves it), known by its bytes.

    convert: letters in TCVN3 or VNI are read as those; without it such a file raises LEGACY_TEXT, which shows some.
    Raises UserError as read, WORD_BAD, WORD_OLD, WRONG_FILE_KIND, FILE_TOO_LARGE, FILE_UNREADABLE.
    """
    data = take_in(Outside.PLAN, path)
    if data.startswith(_ZIP):
        lines, doubts = _word_lines(data, path.name, convert=convert)
        if _marks_typed(lines):
            reading = read(_as_typed(lines), path.name)
            return replace(reading, doubts=(*doubts, Doubt(0, "**", _MARKS_TYPED), *reading.doubts))
        return read_lines(lines, doubts, path.name)
    _refuse_other_kinds(data, path.name)
    if len(data) > _LARGEST_TEXT:
        raise UserError(Code.FILE_TOO_LARGE, file=path.name, limit=f"{_LARGEST_TEXT // 2**20} MB")
    text, doubt = _in_unicode(_text_of(data, path.name), path.name, convert=convert)
    reading = read(text, path.name)
    return replace(reading, doubts=(*doubt, *reading.doubts))


def _word_lines(data: bytes, file: str, *, convert: bool) -> tuple[tuple[Line, ...], tuple[Doubt, ...]]:
    """The lines of a Word file and its doubts, read in a process of its own (docx_reader.py)."""
    found: Any = read_apart(Outside.WORD, data, file, convert=convert)
    lines = tuple(
        Line(number, text, raw, marked, gap, None if cells is None else tuple(cells))
        for number, text, raw, marked, gap, cells in found["lines"]
    )
    return lines, tuple(Doubt(*each) for each in found["doubts"])


def _marks_typed(lines: Sequence[Line]) -> bool:
    """True for a Word file a text with marks (**KẾ HOẠCH**) was pasted into: no bold, no table of Word's own."""
    own = any(line.cells or any(run.bold or run.italic for run in parse_runs(line.text)) for line in lines)
    return not own and any(_TYPED_BOLD.fullmatch(line.raw.strip()) for line in lines)


def _as_typed(lines: Sequence[Line]) -> str:
    """What was typed: each paragraph the row of its number, the lines of one parted as by a soft break."""
    rows: dict[int, list[str]] = {}
    for line in lines:
        rows.setdefault(line.number, []).append(line.raw)
    return "\n".join("\x0b".join(rows.get(number, ())) for number in range(1, max(rows) + 1))


def _text_of(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else decoded(data, file)
    except UnicodeDecodeError as cause:
        raise UserError(Code.NOT_TEXT, file=file, found=what_is(data)) from cause
    except UserError:
        # one byte a letter, as Notepad saved texts in .VnTime and VNI-Times
        old = data.decode("latin-1")
        if not is_control(old) and find_legacy(old) is not None:
            return old
        raise


def _in_unicode(text: str, file: str, *, convert: bool) -> tuple[str, tuple[Doubt, ...]]:
    """The text in Unicode, with what to tell about it. Raises UserError(LEGACY_TEXT) when that was not agreed to."""
    found = find_legacy(text)
    if found is None:
        return text, ()
    before, after = next(iter(changed_lines(text, found.after)), ("", ""))
    words = CODING_WORDS[found.coding]
    if not convert and found.coding is not Coding.MARKS:
        raise UserError(Code.LEGACY_TEXT, file=file, coding=words, before=before, after=after)
    return found.after, (Doubt(0, "", f"Chữ gõ bằng {words}, đã chuyển: «{before}» thành «{after}»."),)


def _refuse_other_kinds(data: bytes, file: str) -> None:
    found = what_is(data)
    if found in _SAVED_ANEW:
        raise UserError(Code.WORD_OLD, file=file, found=found)
    if "mật khẩu" in found:
        raise UserError(Code.WORD_BAD, file=file, why="tệp có mật khẩu. Hãy mở bằng Word, bỏ mật khẩu")
    if data and found.startswith("đây là") and "văn bản" not in found:
        raise UserError(Code.WRONG_FILE_KIND, file=file, wanted="tệp Word (.docx) hay tệp chữ", found=found)


def read(text: str, file: str) -> Reading:
    """The plan in `text`; `file` is its name in sentences.

    Raises UserError NOT_TEXT, or PLAN_NOT_RECOGNISED saying what a plan has and this text has not.
    """
    if is_control(text):
        raise UserError(Code.NOT_TEXT, file=file, found=what_is(text.encode("utf-8", "replace")))
    _refuse_long(len(text), file)
    lines, doubts = source_lines(text.replace("{{", "{ {"))
    if "{{" in text:
        doubts += (Doubt(0, "{{", "Dấu «{{» là dấu của mục điền tự động, đã tách thành «{ {»."),)
    return read_lines(lines, doubts, file)


def _refuse_long(length: int, file: str) -> None:
    if length > LONGEST_TEXT:
        raise _not_a_plan(file, f"văn bản dài {length} ký tự, một bản kế hoạch không quá {LONGEST_TEXT}")


def read_lines(lines: Sequence[Line], doubts: Sequence[Doubt], file: str) -> Reading:
    """The plan in lines already clean, with what was doubtful about them. Raises UserError PLAN_NOT_RECOGNISED."""
    from hoctap_desktop.campaign.repository import known_campaigns
    from hoctap_desktop.units.levels import levels

    _refuse_long(sum(len(line.text) for line in lines), file)
    parts = _parts(lines, file)
    reading = _Reading(parts, levels(), known_campaigns(), list(doubts))
    return Reading(reading.filled(file), told_once(sorted(reading.doubts, key=lambda doubt: doubt.line)))


def _not_a_plan(file: str, missing: str) -> UserError:
    return UserError(Code.PLAN_NOT_RECOGNISED, file=file, missing=missing)


# --- the parts of the text ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Parts:
    head: Head
    subject: str
    foot: Foot
    doubts: tuple[Doubt, ...]


def _parts(lines: Sequence[Line], file: str) -> _Parts:
    title = next((i for i, line in enumerate(lines) if _title_rest(line) is not None), None)
    numbered = sum(1 for line in lines if (n := numeral(line.bare)) and n.kind in ("roman", "part", "upper"))
    missing = []
    if title is None:
        missing.append("dòng tên loại «KẾ HOẠCH»")
    if not numbered and not any(numeral(line.bare) for line in lines):
        missing.append("đề mục đánh số (I., 1., …)")
    if not any(is_recipients_line(line) for line in lines):
        missing.append("phần «Nơi nhận»")
    first_numbered = next((i for i, line in enumerate(lines) if numeral(line.bare)), 0)
    if title is None and (len(missing) > 1 or numbered < 2 or not _speaks_of_plan(lines[:first_numbered])):
        raise _not_a_plan(file, "; ".join(missing))
    if title is not None and len(missing) == 2 and len(lines) - title < 4:
        raise _not_a_plan(file, "; ".join(missing))
    if title is None:
        why = "Không thấy dòng tên loại «KẾ HOẠCH». Hãy xem lại đầu bài."
        return _Parts(Head(), "", read_foot(lines), (Doubt(lines[0].number, lines[0].bare, why),))
    rest = _title_rest(lines[title]) or ""
    subject, after = _subject(rest, lines[title + 1 :])
    return _Parts(read_head(lines[:title]), subject, read_foot(after), ())


def _title_rest(line: Line) -> str | None:
    """What follows KẾ HOẠCH in the title line ("" when nothing does); None for any other line."""
    words = line.bare
    if without_marks(re.sub(r"\s", "", words)) == "kehoach":
        return ""
    found = re.match(r"K[ẾEÉ]\s+HO[ẠA]CH\b[:\s]*(.*)", words)
    if found and len(found[1]) <= _LONGEST_SUBJECT and not words.endswith(";"):
        return found[1].strip()
    return None


def _speaks_of_plan(lines: Sequence[Line]) -> bool:
    return any("kế hoạch" in line.bare.lower() for line in lines)


def _subject(first: str, lines: Sequence[Line]) -> tuple[str, Sequence[Line]]:
    words = [first] if first else []
    used = 0
    for line in lines:
        bare = line.bare
        long = len(" ".join([*words, bare])) > _LONGEST_SUBJECT
        if long or _SUBJECT_ENDS.match(bare) or numeral(bare) or bare.endswith((";", ":", ".")):
            break
        same = bare[:1].islower() or (line.bold and not line.gap) or bare == bare.upper() or bare.startswith("(")
        if words and not same and (line.gap or len(words[-1]) < 40):
            break
        words.append(bare)
        used += 1
    return clean_line(" ".join(words)), lines[used:]


# --- the filled file ---------------------------------------------------------------------------------------------


class _Reading:
    """One reading: the parts, and the doubts as they come up."""

    def __init__(
        self,
        parts: _Parts,
        levels: Sequence[Level],
        campaigns: Sequence[Campaign],
        doubts: list[Doubt],
    ) -> None:
        self.parts = parts
        self.levels = levels
        self.campaigns = campaigns
        self.doubts = [*doubts, *parts.doubts, *parts.head.doubts, *parts.foot.doubts]

    def filled(self, file: str) -> dict[str, object]:
        foot = self.parts.foot
        whole = "\n".join(line.bare for line in (*foot.body, *foot.appendix))
        start = next((i for i, line in enumerate(foot.body) if numeral(line.bare)), len(foot.body))
        width = wrap_width(foot.body, begins_block)
        bases, lead = self._before_headings(foot.body[:start], width)
        words = " ".join([*bases, *(line.bare for line in lead)])
        signer = self._signer(foot.signer)
        unit, doubts = office_of(self.parts.head, words, f"{words}\n{whole}", signer, self.levels)
        self.doubts += doubts
        form = form_for_unit("plan", unit)
        raw, more = read_body((*lead, *foot.body[start:]), width)
        self.doubts += more
        if not raw:
            raise _not_a_plan(file, "nội dung sau tên loại «KẾ HOẠCH»")
        scheme, blocks = _best_numbering(raw, form)
        special = _special_line(blocks)
        if special:
            blocks = blocks[:-1]
        facts = find_facts(blocks, lambda id: form.field(id) is not None)
        campaign = self._campaign(facts.values, f"{self.parts.subject}\n{words}\n{whole}")
        appendix, more = read_body(_with_bold_titles(foot.appendix), width)
        self.doubts += more
        fields: dict[str, object] = {
            "subject": self.parts.subject or self._blank_subject(campaign),
            "document.month": self._month(words, facts.values, campaign),
            "legal_bases": list(bases),
            **self._week(facts.values, campaign),
            **facts.values,
            NUMBERING: scheme,
            "body": write(facts.body),
            "recipients": list(foot.recipients),
            "signer.collective": signer.collective,
            "signer.authority": signer.authority,
            "signer.title": signer.title,
            "signer.name": signer.name,
            "special_line": special,
            "appendix": write(with_computed_numbers(appendix, scheme)),
        }
        for id in ("body", "appendix"):
            field, written = form.field(id), str(fields[id])
            if field and len(written) > field.max_length:
                raise _not_a_plan(file, f"văn bản dài {len(written)} ký tự, biểu mẫu nhận không quá {field.max_length}")
        if not foot.recipients:
            self._doubt("Không thấy phần «Nơi nhận». Hãy nhập nơi nhận.")
        return {
            "kind": "plan",
            "form": form.id,
            "version": form.version,
            **({"form_hash": form.hash} if twins(form) else {}),
            "campaign": campaign.id,
            "illustrative": False,
            "note": f"Đọc từ tệp {file}",
            "unit": _unit_table(unit),
            "fields": {id: value for id, value in fields.items() if value not in ("", []) and form.field(id)},
        }

    def _doubt(self, why: str, text: str = "") -> None:
        self.doubts.append(Doubt(0, text, why))

    def _before_headings(self, lines: Sequence[Line], width: int) -> tuple[tuple[str, ...], tuple[Line, ...]]:
        """Legal bases, and the lines of the lead-in; a basis that runs on into the lead-in stays there."""
        whole, doubts = joined(lines, lambda line: begins_block(line) or bool(_BASIS.match(line.bare)), width)
        bases: list[str] = []
        for index, line in enumerate(whole):
            words = re.sub(r"^\\?[-+*–]\s+", "", line.text)
            ends = line.bare.endswith((";", ".", ","))
            if not _BASIS.match(re.sub(r"^[-+*–]\s+", "", line.bare)) or not ends or len(words) > 600:
                self.doubts += doubts
                return tuple(bases), tuple(whole[index:])
            bases.append(write_runs((Run("".join(run.text for run in parse_runs(words))),)))
        self.doubts += doubts
        return tuple(bases), ()

    def _signer(self, found: Signer) -> Signer:
        if not any((found.collective, found.authority, found.title)):
            self._doubt("Không thấy khối chữ ký (TM., KT., CHỦ TỊCH, HIỆU TRƯỞNG …). Hãy nhập chức vụ người ký.")
        elif not found.title:
            self._doubt("Không thấy chức vụ của người ký. Hãy nhập.", found.authority or found.collective)
        if not found.name:
            self._doubt("Không thấy họ tên người ký. Hãy nhập.")
        title, authority = found.title, found.authority
        if not title:
            title, authority = (authority, "") if authority else (_FALLBACK_TITLE, "")
        return replace(found, title=title, authority=authority, name=found.name or _BLANK_NAME)

    def _campaign(self, values: dict[str, object], words: str) -> Campaign:
        years = [int(year) for year in re.findall(r"năm (20\d\d)\b", words)] or [
            int(year) for year in re.findall(r"/(20\d\d)\b", words)
        ]
        told = values.get("week.from")
        subject = re.findall(r"\b(20\d\d)\b", self.parts.subject)
        year = (
            int(subject[-1])
            if subject
            else told.year
            if isinstance(told, date)
            else max(years, key=years.count)
            if years
            else self.parts.head.year
        )
        nearest = min(self.campaigns, key=lambda campaign: (abs(campaign.year - year), -campaign.year))
        if nearest.year != year:
            self._doubt(f"Không rõ năm, hoặc máy chưa có đợt của năm {year or ''}; lấy đợt {nearest.id}. Hãy xem lại.")
        return nearest

    def _week(self, values: dict[str, object], campaign: Campaign) -> dict[str, object]:
        if "week.from" not in values or "week.to" not in values:
            self._doubt("Không tách được ngày bắt đầu, kết thúc Tuần lễ thành mục riêng; lấy theo đợt của Bộ.")
        if "theme" not in values:
            self._doubt("Không tách được chủ đề thành mục riêng; lấy theo đợt của Bộ.")
        return {
            "theme": "; ".join(campaign.themes),
            "week.from": campaign.week_from,
            "week.to": campaign.week_to,
        }

    def _blank_subject(self, campaign: Campaign) -> str:
        self._doubt("Không thấy trích yếu dưới tên loại. Hãy xem lại.")
        return f"Tổ chức {campaign.name}"

    def _month(self, lead: str, values: dict[str, object], campaign: Campaign) -> str:
        head = self.parts.head
        if head.month and 1 <= head.month <= 12:
            return f"{head.year or campaign.year}-{head.month:02d}"
        # An office answers a letter in the month the letter came; never after the Week began.
        days = [day for found in re.findall(r"\d{1,2}/\d{1,2}/\d{4}", lead) if (day := _day(found))]
        first = values.get("week.from")
        start = first if isinstance(first, date) else campaign.week_from
        before = [day for day in days if day <= start and day.year == campaign.year]
        guess = max(before) if before else start
        self._doubt("Không rõ tháng ban hành; đoán theo ngày của văn bản căn cứ. Hãy xem lại.", f"{guess.month:02d}")
        return f"{guess.year}-{guess.month:02d}"


def _best_numbering(written: Sequence[Block], form: FormDefinition) -> tuple[str, tuple[Block, ...]]:
    """The scheme that leaves the fewest numbers set by hand, the form's own before others, and the blocks with it."""
    schemes = [form.numbering, *NUMBERINGS] if form.field(NUMBERING) else [form.numbering]
    found = [(scheme, with_computed_numbers(written, scheme)) for scheme in dict.fromkeys(schemes)]
    return min(found, key=lambda pair: sum(bool(block.number) for block in pair[1]))


def _day(words: str) -> date | None:
    day, month, year = words.split("/")
    return same_day(f"{int(day):02d}/{int(month):02d}/{year}")


def _special_line(blocks: Sequence[Block]) -> str:
    """ "(Kế hoạch này thay cho giấy mời)" as the last line of the text."""
    words = blocks[-1].text.strip()
    alone = blocks[-1].kind == "paragraph" and words.startswith("(") and words.endswith(")") and len(words) <= 150
    return words if alone and len(blocks) > 1 else ""


def _with_bold_titles(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The title lines of an appendix as bold lines, so that they stand centred (plan/printed.py)."""
    fixed: list[Line] = []
    leading = True
    for line in lines:
        words = line.bare
        capitals = words == words.upper() and any(c.isalpha() for c in words) and not numeral(words)
        title = capitals or re.fullmatch(r"phụ lục(\s+\S+)?", words, re.IGNORECASE)
        leading = leading and bool(title)
        fixed.append(replace(line, text=f"**{words}**", marked=False) if leading and "\t" not in line.raw else line)
    return tuple(fixed)


def _unit_table(unit: object) -> dict[str, object]:
    from hoctap_desktop.units.model import Unit
    from hoctap_desktop.units.unit_table import unit_table

    assert isinstance(unit, Unit)
    return unit_table(unit)
