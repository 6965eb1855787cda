"""What is wrong with a file of ours: a form definition, a campaign, a filled file."""

from dataclasses import dataclass
from pathlib import Path

from hoctap_desktop.campaign.office_file import read_office_file
from hoctap_desktop.campaign.repository import read_campaign
from hoctap_desktop.diary.filled_entries import read_entries
from hoctap_desktop.diary.loader import load_diary
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.form.context import NOTHING_ELSE_KNOWN
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.loader import load_form
from hoctap_desktop.foundation.boundary import Outside
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.toml_source import load_toml
from hoctap_desktop.office.filings import check


@dataclass(frozen=True)
class Linted:
    """file: its path as given. problem: the sentence that refuses it, or "". what: what it is when it is sound."""

    file: str
    problem: str
    what: str = ""
    findings: tuple[Finding, ...] = ()


def lint(path: Path) -> Linted:
    """Reads one file as what it says it is. Never raises a UserError: the sentence is in the answer."""
    try:
        return _linted(path)
    except UserError as refusal:
        return Linted(str(path), str(refusal))


def _linted(path: Path) -> Linted:
    if path.suffix.lower() != ".json":
        top = load_toml(path, Outside.FILLED, Code.FORM_BAD)
        if top.has("themes"):
            campaign = read_campaign(path)
            return Linted(str(path), "", f"{campaign.name}, {len(campaign.themes)} chủ đề.")
        if top.has("unit") and not top.has("form"):
            office = read_office_file(path)
            return Linted(str(path), "", f"{office.own.short_name}, {len(office.below)} đơn vị cấp dưới.")
        if top.has("form_version"):
            diary = load_diary(path)
            numbers = sum(len(kind.numbers) for kind in diary.kinds)
            return Linted(str(path), "", f"Nhật ký bản {diary.version}: {len(diary.kinds)} loại việc, {numbers} số.")
        if top.has("entry"):
            return Linted(str(path), "", f"{len(read_entries(path))} việc của nhật ký.")
        if not top.has("form"):
            form = load_form(path)
            fields, rules = len(list(form.fields())), len(form.rules)
            numbers = len(list(form.indicators()))
            what = f"Biểu mẫu {form.id} bản {form.version}: {fields} mục, {numbers} số, {rules} quy tắc."
            return Linted(str(path), "", what)
    filing = read_filled(path)
    found = check(filing, NOTHING_ELSE_KNOWN)
    return Linted(str(path), "", f"{filing.unit.short_name}: {filing.kind.value} {filing.campaign}.", found)
