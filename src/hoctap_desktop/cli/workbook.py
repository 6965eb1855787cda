"""Excel out and in: the workbook of a report, and one that comes back filled."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, REFUSED, add, filing_named, opened, refuse_other_suffix, with_filing, write
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.cli.words import filing_json, filing_words
from hoctap_desktop.foundation.errors import UserError

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands
    from hoctap_desktop.filing.workbook_changes import Comparison


def register(commands: Commands) -> None:
    """The command of this module: workbook. `fill` takes workbooks too (filings.py)."""
    workbook = with_filing(add(commands, "workbook", _workbook, "xuất biểu Excel của báo cáo để điền"))
    workbook.add_argument("-o", "--out", type=Path, required=True, metavar="F.xlsx")


@contextlib.contextmanager
def faults_told(answer: Answer) -> Iterator[None]:
    """Every fault of a workbook that is refused, not the first alone."""
    try:
        yield
    except UserError as refusal:
        faults = refusal.facts.get("faults")
        faults = faults if isinstance(faults, tuple) else ()
        for fault in faults:
            answer.say(f"  {fault}")
        if faults:
            answer.put(faults=list(faults))
        raise


def fill_from_workbook(args: argparse.Namespace, answer: Answer) -> int:
    """`hoctap fill STORE FILE.xlsx`: whole or not at all; what was wrong is told cell by cell."""
    from hoctap_desktop.office import workbook

    with faults_told(answer), opened(args) as store:
        filing, found = workbook.fill_from_workbook(store, args.file)
    _tell(found, answer)
    answer.say(f"Đã lấy {len(found.differences)} mục từ Excel vào: {filing_words(filing)}.")
    answer.put(filing=filing_json(filing), taken=_json(found), notes=list(found.notes))
    return DONE


def look_at_workbook(args: argparse.Namespace, answer: Answer) -> int:
    """`hoctap fill STORE FILE.xlsx --look`: what taking it would change. Nothing is written."""
    from hoctap_desktop.office import workbook

    with opened(args) as store:
        found = workbook.look_at(store, args.file).comparison
    _tell(found, answer)
    for fault in found.faults:
        answer.say(fault.sentence)
    answer.say(f"{len(found.differences)} mục khác trong máy, {len(found.faults)} chỗ chưa lấy được. Chưa lấy gì.")
    faults = [fault.sentence for fault in found.faults]
    answer.put(differences=_json(found), faults=faults, notes=list(found.notes))
    return REFUSED if faults else DONE


def _tell(found: Comparison, answer: Answer) -> None:
    for each in found.differences:
        said = f" ({each.said})" if each.said else ""
        both = " [sửa ở cả hai nơi]" if each.both_changed else ""
        answer.say(f"  {each.address}, {each.label}: {each.before_words} → {each.after_words}{said}{both}")
    for note in found.notes:
        answer.say(note)


def _json(found: Comparison) -> list[dict[str, object]]:
    return [
        {
            "field": each.field,
            "address": each.address,
            "before": each.before,
            "after": each.after,
            "said": each.said,
            "both_changed": each.both_changed,
        }
        for each in found.differences
    ]


def _workbook(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.workbook import workbook_of

    refuse_other_suffix(args.out, (".xlsx",))
    with opened(args) as store:
        data = workbook_of(store, filing_named(store, args.filing))
    write(args.out, data, answer, "biểu Excel")
    return DONE
