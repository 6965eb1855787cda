"""Forms and filled files that need no store: checking, reading an existing plan, printing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, PAPERS, REFUSED, add, refuse_other_suffix, write
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.cli.words import finding_json, finding_line
from hoctap_desktop.foundation.files import replace_whole

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands


def register(commands: Commands) -> None:
    """The commands of this module: form check, read, render."""
    form = commands.add_parser("form", help="biểu mẫu").add_subparsers(required=True, metavar="VIỆC")
    form_check = add(form, "check", _form_check, "soát biểu mẫu và tệp đã điền")
    form_check.add_argument("files", type=Path, nargs="+", metavar="FILE")

    read = add(commands, "read", _read, "đọc một kế hoạch có sẵn thành tệp đã điền")
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument("-o", "--out", type=Path, required=True, metavar="plan.toml")
    read.add_argument("--convert", action="store_true", help="tệp gõ bằng TCVN3 hay VNI: chuyển sang Unicode")

    render = add(commands, "render", _render, "in một tệp đã điền, không cần dữ liệu")
    render.add_argument("file", type=Path, metavar="FILE.toml")
    render.add_argument("-o", "--out", type=Path, required=True, metavar="OUT.pdf|OUT.docx|OUT.xlsx")


def _form_check(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.lint import lint

    results = [lint(path) for path in args.files]
    for result in results:
        if result.problem:
            answer.say(f"{result.file}: {result.problem}")
        else:
            answer.say(f"{result.file}: đúng. {result.what}")
        for finding in result.findings:
            answer.say(f"  {finding_line(finding)}")
    answer.put(
        files=[
            {"file": r.file, "problem": r.problem, "what": r.what, "findings": [finding_json(f) for f in r.findings]}
            for r in results
        ]
    )
    return REFUSED if any(r.problem or any(f.blocks for f in r.findings) for r in results) else DONE


def _read(args: argparse.Namespace, answer: Answer) -> int:
    import tomli_w

    from hoctap_desktop.plan.reader import read_plan_file

    refuse_other_suffix(args.out, (".toml",))
    reading = read_plan_file(args.file, convert=args.convert)
    replace_whole(args.out, tomli_w.dumps(reading.filled, multiline_strings=True).encode())
    answer.say(f"Đã đọc {args.file.name} thành {args.out} ({args.out.stat().st_size} byte).")
    for doubt in reading.doubts:
        where = f"dòng {doubt.line}" if doubt.line else "cả bài"
        answer.say(f"  {where}: {doubt.why}" + (f" «{doubt.text}»" if doubt.text else ""))
    if reading.doubts:
        answer.say(f"Có {len(reading.doubts)} chỗ máy chưa chắc. Hãy xem lại từng dòng.")
    answer.put(out=args.out, doubts=[{"line": d.line, "text": d.text, "why": d.why} for d in reading.doubts])
    return DONE


def _render(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.filing.filled_file import read_filled
    from hoctap_desktop.office.paper import print_filing, sheet_of, word_of

    refuse_other_suffix(args.out, PAPERS)
    filing = read_filled(args.file)
    match args.out.suffix.lower():
        case ".docx":
            write(args.out, word_of(filing), answer)
        case ".xlsx":
            write(args.out, sheet_of(filing), answer)
        case _:
            page = print_filing(filing)
            write(args.out, page.data, answer, f"{page.pages} trang")
    return DONE
