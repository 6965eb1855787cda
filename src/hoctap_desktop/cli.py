"""The headless twin of the window: the same acts, one command each (docs/cli.md).

Exit codes: 0 done, 1 refused or findings, 2 misuse.
"""

from __future__ import annotations

import argparse
import errno
import getpass
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop import __version__
from hoctap_desktop.command_parser import Answer, Parser
from hoctap_desktop.filing.model import KIND_WORDS, Filing, Kind, Status
from hoctap_desktop.foundation.clock import system_clock
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import read_limited, read_text, replace_whole
from hoctap_desktop.foundation.numbers import print_count

if TYPE_CHECKING:
    # Named in signatures only: printing one page shall not wait for rooms it does not enter.
    from hoctap_desktop.consolidation.status import Board, Standing
    from hoctap_desktop.consolidation.totals import Total, Totals
    from hoctap_desktop.form.findings import Finding
    from hoctap_desktop.store.database import Store
    from hoctap_desktop.submission.model import Verdict

Command = Callable[[argparse.Namespace, Answer], int]
DONE, REFUSED = 0, 1
PAPERS = (".pdf", ".docx")
SEVERITY_WORDS = {"block": "Phải sửa", "ask": "Ghi lý do", "warn": "Xem lại"}


def main(argv: Sequence[str]) -> int:
    """Runs one command. Returns 0 done, 1 refused or findings; misuse leaves through SystemExit(2)."""
    return _listened_to(_run, argv)


def _run(argv: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may still speak a code page without ế and ữ.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = build_parser().parse_args(argv)
    answer = Answer(as_json=args.json)
    command: Command = args.run
    try:
        code = command(args, answer)
    except UserError as refusal:
        answer.put(code=refusal.code.value, message=str(refusal))
        answer.finish(ok=False)
        print(f"{refusal} [{refusal.code.value}]", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("Đã dừng. Không ghi gì thêm.", file=sys.stderr)
        return REFUSED
    answer.finish(ok=code == DONE)
    return code


def _listened_to(run: Callable[[Sequence[str]], int], argv: Sequence[str]) -> int:
    """Runs `run`; a reader of our output that went away (`| head`), or a full disk behind it, is no bug of ours."""
    try:
        code = run(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # what is still to be written at exit has nowhere to go either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as cause:
        if cause.errno != errno.ENOSPC or cause.filename is not None:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(UserError(Code.DISK_FULL, file="câu trả lời"), file=sys.stderr)
        return REFUSED
    return code


# --- the parser ---------------------------------------------------------------------------------------------------


def build_parser() -> Parser:
    """Every command with its options."""
    parser = Parser(prog="hoctap", description="Tuần lễ hưởng ứng học tập suốt đời: kế hoạch, báo cáo, gói gửi đi.")
    parser.add_argument("--version", action="version", version=f"hoctap {__version__}", help="xem số bản")
    commands = parser.add_subparsers(required=True, metavar="LỆNH", parser_class=Parser)

    demo = _add(commands, "demo", _demo, "chạy cả quy trình với dữ liệu minh họa")
    demo.add_argument("--out", type=Path, required=True, metavar="DIR", help="thư mục để ghi các tệp")
    demo.add_argument("--plan", type=Path, metavar="FILE", help="kế hoạch có sẵn (.docx, .txt) dùng thay kế hoạch mẫu")

    form = commands.add_parser("form", help="biểu mẫu").add_subparsers(required=True, metavar="VIỆC")
    form_check = _add(form, "check", _form_check, "soát biểu mẫu và tệp đã điền")
    form_check.add_argument("files", type=Path, nargs="+", metavar="FILE")

    read = _add(commands, "read", _read, "đọc một kế hoạch có sẵn thành tệp đã điền")
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument("-o", "--out", type=Path, required=True, metavar="plan.toml")

    render = _add(commands, "render", _render, "in một tệp đã điền, không cần dữ liệu")
    render.add_argument("file", type=Path, metavar="FILE.toml")
    render.add_argument("-o", "--out", type=Path, required=True, metavar="OUT.pdf|OUT.docx")

    office = commands.add_parser("office", help="đơn vị").add_subparsers(required=True, metavar="VIỆC")
    init = _with_store(_add(office, "init", _office_init, "tạo dữ liệu của một đơn vị"))
    init.add_argument("--unit", type=Path, required=True, metavar="FILE", help="tệp đơn vị (.toml)")
    init.add_argument("--campaign", metavar="NĂM", help="đợt làm việc, ví dụ 2022")
    _with_store(_add(office, "show", _office_show, "xem đơn vị, đợt và văn bản"))

    fill = _with_store(_add(commands, "fill", _fill, "lấy một tệp đã điền vào làm bản nháp"))
    fill.add_argument("file", type=Path, metavar="FILE")
    for name, run, words in (
        ("check", _check, "xem chỗ phải sửa, nên xem"),
        ("finalise", _finalise, "chốt để in trình ký"),
        ("amend", _amend, "lập lần sau từ bản đã chốt"),
    ):
        _with_filing(_add(commands, name, run, words))
    printing = _with_filing(_add(commands, "print", _print, "in văn bản ra PDF hoặc Word"))
    printing.add_argument("-o", "--out", type=Path, required=True, metavar="OUT.pdf|OUT.docx")
    printing.add_argument("--numbered", action="store_true", help="in lại, đã điền số và ngày văn bản")
    numbering = _with_filing(_add(commands, "number", _number, "ghi số và ngày văn bản, có sau khi ký"))
    numbering.add_argument("--number", required=True, metavar="SỐ", help="ví dụ 21")
    numbering.add_argument("--day", required=True, metavar="NGÀY", help="ví dụ 04/10/2022")

    keys = commands.add_parser("keys", help="khóa để ký gói").add_subparsers(required=True, metavar="VIỆC")
    _with_passphrase(_with_store(_add(keys, "init", _keys_init, "tạo khóa của đơn vị")))
    enrol = _with_passphrase(_with_store(_add(keys, "enrol", _keys_enrol, "ghi phiếu đăng ký khóa")))
    enrol.add_argument("--out", type=Path, required=True, metavar="DIR")
    accept = _with_store(_add(keys, "accept", _keys_accept, "nhận khóa của đơn vị cấp dưới"))
    accept.add_argument("file", type=Path, metavar="FILE.htgoi")
    compared = accept.add_mutually_exclusive_group()
    compared.add_argument("--fingerprint", metavar="DÃY SỐ", help="dãy số trên phiếu có dấu; máy so giúp")
    compared.add_argument("--compared", action="store_true", help="đã tự so dãy số với phiếu có dấu, thấy khớp")
    roster = _with_passphrase(_with_store(_add(keys, "roster", _keys_roster, "xem sổ khóa, hoặc ghi ra gói")))
    roster.add_argument("--out", type=Path, metavar="DIR")

    revoke = _with_store(_add(keys, "revoke", _keys_revoke, "hủy khóa của một đơn vị (bị lộ, bị lấy cắp)"))
    revoke.add_argument("unit", metavar="UNIT_CODE", help="mã đơn vị, ví dụ 05812")

    seal = _with_passphrase(_with_filing(_add(commands, "seal", _seal, "ký và ghi gói gửi cấp trên")))
    seal.add_argument("--out", type=Path, required=True, metavar="DIR")
    verify = _add(commands, "verify", _verify, "xem một tệp là gì, của ai, có nguyên vẹn không")
    verify.add_argument("files", type=Path, nargs="+", metavar="FILE")

    receive = _with_store(_add(commands, "receive", _receive, "tiếp nhận tệp, thư mục, cả USB"))
    receive.add_argument("paths", type=Path, nargs="*", metavar="PATH")
    receive.add_argument("--undo", metavar="LƯỢT", help="hoàn tác một lượt nhập")
    receipt = _with_store(_add(commands, "receipt", _receipt, "ghi tay ngày nhận của một gói, có lý do"))
    receipt.add_argument("package", metavar="PACKAGE_ID", help="mã gói, 8 ký tự đầu trở lên (xem totals --trace)")
    receipt.add_argument("--day", required=True, metavar="NGÀY", help="ví dụ 17/10/2022")
    receipt.add_argument("--reason", required=True, metavar="LÝ DO", help="ví dụ: dấu bưu điện ngày 17")
    board = _with_store(_add(commands, "board", _board, "ai đã nộp, ai chưa"))
    board.add_argument("--as-of", metavar="NGÀY", help="tính đến ngày, ví dụ 14/10/2022")
    totals = _with_store(_add(commands, "totals", _totals, "bảng tổng hợp"))
    totals.add_argument("--trace", metavar="CHỈ TIÊU", help="số này từ những đơn vị nào")
    totals.add_argument("--into-report", action="store_true", help="đưa số tổng hợp vào báo cáo của đơn vị")
    for command in (board, totals):
        command.add_argument("--xlsx", type=Path, metavar="F")
        command.add_argument("--pdf", type=Path, metavar="F")

    backup = _with_store(_add(commands, "backup", _backup, "sao lưu dữ liệu"))
    backup.add_argument("--out", type=Path, required=True, metavar="FILE")
    _with_store(_add(commands, "doctor", _doctor, "soát dữ liệu có hỏng không"))
    return parser


def _add(commands: argparse._SubParsersAction[Parser], name: str, run: Command, words: str) -> Parser:
    command = commands.add_parser(name, help=words, description=words)
    command.add_argument("--json", action="store_true", help="trả lời bằng JSON")
    command.set_defaults(run=run)
    return command


def _with_store(command: Parser) -> Parser:
    command.add_argument("store", type=Path, metavar="STORE", help="tệp dữ liệu của đơn vị")
    return command


def _with_filing(command: Parser) -> Parser:
    _with_store(command).add_argument("filing", metavar="FILING", help="ví dụ 2022-report; hoặc plan, report")
    return command


def _with_passphrase(command: Parser) -> Parser:
    words = "tệp chứa mật khẩu của khóa (không có thì lấy biến HOCTAP_PASSPHRASE, hoặc hỏi)"
    command.add_argument("--passphrase-file", type=Path, metavar="F", help=words)
    return command


def _passphrase(args: argparse.Namespace) -> str:
    if args.passphrase_file:
        return read_text(args.passphrase_file).rstrip("\r\n")
    try:
        return os.environ.get("HOCTAP_PASSPHRASE") or getpass.getpass("Mật khẩu của khóa: ")
    except EOFError as cause:
        raise UserError(Code.PASSPHRASE_MISSING) from cause


@contextmanager
def _opened(args: argparse.Namespace) -> Iterator[Store]:
    from hoctap_desktop.store.database import open_store

    store = open_store(args.store, system_clock)
    try:
        yield store
    finally:
        store.close()


def _filing_named(store: Store, name: str) -> str:
    """ "report" is the report of the active campaign; anything else is an id."""
    from hoctap_desktop.campaign.repository import active
    from hoctap_desktop.filing.model import filing_id

    if name in {kind.value for kind in Kind}:
        return filing_id(active(store).id, Kind(name))
    return name


# --- forms, reading, printing -------------------------------------------------------------------------------------


def _form_check(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.lint import lint

    results = [lint(path) for path in args.files]
    for result in results:
        if result.problem:
            answer.say(f"{result.file}: {result.problem}")
        else:
            answer.say(f"{result.file}: đúng. {result.what}")
        for finding in result.findings:
            answer.say(f"  {_finding_line(finding)}")
    answer.put(
        files=[
            {"file": r.file, "problem": r.problem, "what": r.what, "findings": [_finding_json(f) for f in r.findings]}
            for r in results
        ]
    )
    return REFUSED if any(r.problem or any(f.blocks for f in r.findings) for r in results) else DONE


def _read(args: argparse.Namespace, answer: Answer) -> int:
    import tomli_w

    from hoctap_desktop.plan.reader import read_plan_file

    _refuse_other_suffix(args.out, (".toml",))
    reading = read_plan_file(args.file)
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
    from hoctap_desktop.office.paper import print_filing, word_of

    _refuse_other_suffix(args.out, PAPERS)
    filing = read_filled(args.file)
    if _is_word(args.out):
        _write(args.out, word_of(filing), answer)
    else:
        page = print_filing(filing)
        _write(args.out, page.data, answer, f"{page.pages} trang")
    return DONE


def _is_word(path: Path) -> bool:
    return path.suffix.lower() == ".docx"


def _refuse_other_suffix(path: Path, known: tuple[str, ...]) -> None:
    if path.suffix.lower() not in known:
        found = f"đuôi tệp là «{path.suffix or 'không có'}»"
        raise UserError(Code.WRONG_FILE_KIND, file=path.name, wanted=f"tệp {' hoặc '.join(known)}", found=found)


def _write(path: Path, data: bytes, answer: Answer, what: str = "") -> None:
    replace_whole(path, data)
    answer.say(f"{path} ({len(data)} byte{', ' + what if what else ''})")
    answer.put(out=path, size=len(data))


# --- the office and its filings -----------------------------------------------------------------------------------


def _office_init(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.setting_up import set_up

    store = set_up(args.store, args.unit, system_clock, args.campaign)
    try:
        answer.say(f"Đã tạo dữ liệu {args.store}.")
        _tell_office(store, answer)
    finally:
        store.close()
    return DONE


def _office_show(args: argparse.Namespace, answer: Answer) -> int:
    with _opened(args) as store:
        _tell_office(store, answer)
    return DONE


def _tell_office(store: Store, answer: Answer) -> None:
    from hoctap_desktop.campaign.repository import active
    from hoctap_desktop.filing.repository import all_filings
    from hoctap_desktop.units.repository import own_unit, units_below

    unit, campaign = own_unit(store), active(store)
    below = units_below(store, unit.code)
    filings = all_filings(store)
    answer.say(f"{unit.name} (mã {unit.code}), {len(below)} đơn vị cấp dưới.")
    answer.say(f"{campaign.name}: {print_date(campaign.week_from)} đến {print_date(campaign.week_to)}.")
    for filing in filings:
        answer.say(f"  {filing.id}: {_filing_words(filing)}")
    answer.put(
        unit={"code": unit.code, "name": unit.name},
        campaign=campaign.id,
        below=[{"code": u.code, "name": u.name} for u in below],
        filings=[_filing_json(f) for f in filings],
    )


def _filing_words(filing: Filing) -> str:
    state = "đã chốt" if filing.status is Status.FINAL else "bản nháp"
    code = f", mã giấy {filing.paper_code}" if filing.paper_code else ""
    return f"{KIND_WORDS[filing.kind]} {filing.campaign}, lần {filing.revision}, {state}{code}"


def _filing_json(filing: Filing) -> dict[str, object]:
    return {
        "id": filing.id,
        "kind": filing.kind.value,
        "campaign": filing.campaign,
        "revision": filing.revision,
        "status": filing.status.value,
        "paper_code": filing.paper_code,
        "form": {"id": filing.form.id, "version": filing.form.version, "hash": filing.form.hash},
    }


def _fill(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.filing.filled_file import read_filled
    from hoctap_desktop.office.filings import fill

    filled = read_filled(args.file)
    with _opened(args) as store:
        filing = fill(store, filled)
    answer.say(f"Đã lấy vào: {filing.id}, {_filing_words(filing)}.")
    answer.put(filing=_filing_json(filing))
    return DONE


def _check(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.filings import check_stored

    with _opened(args) as store:
        found = check_stored(store, _filing_named(store, args.filing))
    for finding in found:
        answer.say(_finding_line(finding))
    blocking = sum(finding.blocks for finding in found)
    answer.say(f"Còn {blocking} chỗ phải sửa." if blocking else "Không có chỗ phải sửa, chốt được.")
    answer.put(findings=[_finding_json(finding) for finding in found])
    return REFUSED if blocking else DONE


def _finding_line(finding: Finding) -> str:
    reason = f" (lý do đã ghi: {finding.reason})" if finding.reason else ""
    return f"{SEVERITY_WORDS[finding.severity.value]}: {finding.place}: {finding.message}{reason}"


def _finding_json(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "field": finding.field,
        "place": finding.place,
        "message": finding.message,
        "blocks": finding.blocks,
        "reason": finding.reason,
    }


def _finalise(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.filings import finalise

    with _opened(args) as store:
        filing = finalise(store, _filing_named(store, args.filing))
    answer.say(f"Đã chốt {filing.id}: {_filing_words(filing)}.")
    answer.put(filing=_filing_json(filing))
    return DONE


def _amend(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.filings import amend

    with _opened(args) as store:
        filing = amend(store, _filing_named(store, args.filing))
    answer.say(f"Đã lập {filing.id} lần {filing.revision}, sửa được.")
    answer.put(filing=_filing_json(filing))
    return DONE


def _print(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.filings import paper, paper_with_number, word, word_with_number

    _refuse_other_suffix(args.out, PAPERS)
    if _is_word(args.out):
        printed = word_with_number if args.numbered else word
    else:
        printed = paper_with_number if args.numbered else paper
    with _opened(args) as store:
        _write(args.out, printed(store, _filing_named(store, args.filing)), answer)
    return DONE


def _number(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.filing.repository import set_document_number

    day = parse_date(args.day)
    with _opened(args) as store:
        id = _filing_named(store, args.filing)
        filing = set_document_number(store, id, args.number, day, store.clock())
    answer.say(f"Đã ghi {filing.id}: số {filing.document_number}, ngày {print_date(day)}.")
    answer.put(filing=_filing_json(filing), number=filing.document_number, day=day.isoformat())
    return DONE


# --- keys and sealed files ----------------------------------------------------------------------------------------


def _keys_init(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.enrolment import init_key

    passphrase = _passphrase(args)
    with _opened(args) as store:
        key = init_key(store, passphrase, store.clock())
    answer.say(f"Đã tạo khóa. Dãy số khóa: {key.fingerprint}")
    answer.put(fingerprint=key.fingerprint)
    return DONE


def _keys_enrol(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.enrolment import open_key, request
    from hoctap_desktop.submission.outgoing import made_folder, write_enrolment

    passphrase = _passphrase(args)
    with _opened(args) as store:
        key = open_key(store, passphrase)
        asked = request(store, key, store.clock())
    path, paper = write_enrolment(asked, made_folder(args.out))
    answer.say(f"{path} ({path.stat().st_size} byte)")
    answer.say(f"{paper} ({paper.stat().st_size} byte): in ra, ký, đóng dấu rồi gửi cùng tệp.")
    answer.say(f"Dãy số khóa: {key.fingerprint}")
    answer.put(file=path, sheet=paper, fingerprint=key.fingerprint)
    return DONE


def _keys_accept(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation.intake import release
    from hoctap_desktop.submission.container import MAX_FILE
    from hoctap_desktop.submission.enrolment import accept
    from hoctap_desktop.submission.unseal import unseal

    data = read_limited(args.file, MAX_FILE)
    if args.fingerprint is None and not args.compared:
        # A key is trusted for years on one look: the look comes first, never after.
        raise UserError(
            Code.NOT_COMPARED, file=args.file.name, fingerprint=unseal(data, args.file.name).envelope.fingerprint
        )
    with _opened(args) as store:
        accepted = accept(store, data, args.file.name, store.clock(), args.fingerprint)
        released = release(store, accepted.key.key_hash)
    answer.say(f"Đã nhận khóa của {accepted.key.unit.name}. Dãy số khóa: {accepted.key.fingerprint}")
    for line in released.lines:
        answer.say(f"  {line.file}: {line.sentence}")
    answer.put(unit=accepted.key.unit.code, fingerprint=accepted.key.fingerprint, released=len(released.lines))
    return DONE


def _keys_roster(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.enrolment import issue_roster, open_key
    from hoctap_desktop.submission.outgoing import made_folder, write_to
    from hoctap_desktop.submission.repository import roster

    with _opened(args) as store:
        if args.out:
            issued = issue_roster(store, open_key(store, _passphrase(args)), store.clock())
            path = write_to(made_folder(args.out), issued.name, issued.data)
            answer.say(f"{path} ({path.stat().st_size} byte)")
            answer.put(file=path)
        known = roster(store)
    for key in known.keys:
        state = f"đã hủy ngày {print_date(key.revoked)}" if key.revoked else f"dùng đến {print_date(key.valid_to)}"
        answer.say(f"{key.unit.code}  {key.unit.name}: {key.fingerprint}, {state}")
    answer.say(f"Sổ khóa số {known.number}: {len(known.keys)} khóa.")
    answer.put(
        number=known.number,
        keys=[
            {
                "unit": key.unit.code,
                "name": key.unit.name,
                "fingerprint": key.fingerprint,
                "valid_to": key.valid_to.isoformat(),
                "revoked": key.revoked.isoformat() if key.revoked else None,
                "epoch": key.epoch,
            }
            for key in known.keys
        ],
    )
    return DONE


def _keys_revoke(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.enrolment import revoke

    with _opened(args) as store:
        revoked = revoke(store, args.unit, store.clock())
    for key in revoked:
        answer.say(f"Đã hủy khóa của {key.unit.name}: {key.fingerprint}")
    answer.say("Gói ký bằng khóa này không nhận nữa; gói đã nhận vẫn giữ. Đơn vị cần tạo khóa mới và đăng ký lại.")
    answer.put(unit=args.unit, revoked=[key.fingerprint for key in revoked])
    return DONE


def _seal(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.enrolment import open_key
    from hoctap_desktop.submission.outgoing import made_folder, write_to
    from hoctap_desktop.submission.repository import note_written
    from hoctap_desktop.submission.sending import already_sealed, seal

    with _opened(args) as store:
        id = _filing_named(store, args.filing)
        sealed = already_sealed(store, id) or seal(store, id, open_key(store, _passphrase(args)), store.clock())
        path = write_to(made_folder(args.out), sealed.name, sealed.data)
        note_written(store, sealed.package_id, f"thư mục {path.parent.name}", store.clock())
    answer.say(f"{path} ({len(sealed.data)} byte). Đã đọc lại thấy đúng, có thể rút USB.")
    answer.put(file=path, size=len(sealed.data), package_id=sealed.package_id)
    return DONE


def _verify(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.container import MAX_FILE
    from hoctap_desktop.submission.examine import describe
    from hoctap_desktop.submission.model import Verdict

    verdicts: list[Verdict] = []
    for path in args.files:
        try:
            verdicts.append(describe(read_limited(path, MAX_FILE), path.name))
        except UserError as refusal:
            verdicts.append(Verdict(path.name, refusal.code, str(refusal)))
    for path, verdict in zip(args.files, verdicts, strict=True):
        answer.say(f"{path}: {verdict.sentence}" + (f" [{verdict.code.value}]" if verdict.code else ""))
        for note in verdict.notes:
            answer.say(f"  lưu ý: {note.sentence}")
    answer.put(files=[_verdict_json(verdict) for verdict in verdicts])
    return DONE if all(verdict.code is None for verdict in verdicts) else REFUSED


def _verdict_json(verdict: Verdict) -> dict[str, object]:
    manifest = verdict.manifest
    return {
        "file": verdict.file_name,
        "code": verdict.code.value if verdict.code else None,
        "sentence": verdict.sentence,
        "intact": verdict.intact,
        "package_id": verdict.package_id,
        "fingerprint": verdict.fingerprint,
        "kind": manifest.kind.value if manifest else None,
        "unit": manifest.unit.code if manifest else None,
        "unit_name": manifest.unit.name if manifest else None,
        "series": manifest.series if manifest else None,
        "revision": manifest.revision if manifest else None,
        "notes": [note.sentence for note in verdict.notes],
    }


# --- the upper office ---------------------------------------------------------------------------------------------


def _receive(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation.intake import intake, undo

    if bool(args.paths) == bool(args.undo):
        build_parser().error("receive cần đường dẫn, hoặc --undo LƯỢT (một trong hai)")
    with _opened(args) as store:
        if args.undo:
            back = undo(store, args.undo)
            answer.say(f"Đã hoàn tác lượt {args.undo}: {len(back)} bản không còn tính.")
            answer.put(undone=[submission.package_id for submission in back])
            return DONE
        summary = intake(store, args.paths)
    for note in summary.notes:
        answer.say(note)
    if not summary.lines:
        answer.say("Không có gói nào ở đây.")
    for line in summary.lines:
        who = ", ".join(part for part in (line.unit, line.paper) if part)
        answer.say(f"{line.file}: {who + ': ' if who else ''}{line.sentence}" + _code(line.code))
    if summary.skipped:
        answer.say(f"Bỏ qua {summary.skipped} tệp khác.")
    if summary.batch:
        answer.say(f"Lượt {summary.batch}. Muốn bỏ cả lượt: hoctap receive {args.store} --undo {summary.batch}")
    answer.put(
        batch=summary.batch,
        skipped=summary.skipped,
        notes=summary.notes,
        files=[
            {
                "file": line.file,
                "outcome": line.outcome.value,
                "code": line.code.value if line.code else None,
                "sentence": line.sentence,
                "unit": line.unit_code,
                "unit_name": line.unit,
                "paper": line.paper,
                "package_id": line.package_id,
                "fingerprint": line.fingerprint,
            }
            for line in summary.lines
        ],
    )
    return DONE if summary.clean else REFUSED


def _receipt(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation.repository import package_named, set_received_on

    day = parse_date(args.day)
    with _opened(args) as store:
        got = set_received_on(store, package_named(store, args.package), day, args.reason)
    what = f"{KIND_WORDS[got.kind].lower()} {got.campaign}, lần {got.revision}"
    answer.say(f"Đã ghi ngày nhận {print_date(day)} cho {what} của {got.unit_name}. Lý do: {got.day_reason}")
    answer.put(package_id=got.package_id, unit=got.unit_code, received_on=day.isoformat(), reason=got.day_reason)
    return DONE


def _code(code: Code | None) -> str:
    return f" [{code.value}]" if code else ""


def _board(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation.overview import current_board
    from hoctap_desktop.consolidation.printed import board_document, board_sheets
    from hoctap_desktop.document import pdf, sheet
    from hoctap_desktop.units.repository import own_unit

    as_of = parse_date(args.as_of) if args.as_of else None
    _refuse_wrong_outputs(args)
    with _opened(args) as store:
        board, own = current_board(store, as_of), own_unit(store)
    _tell_board(board, answer)
    if args.xlsx:
        _write(args.xlsx, sheet.render(board_sheets(board, own), created=board.as_of), answer)
    if args.pdf:
        _write(args.pdf, pdf.render(board_document(board, own)).data, answer)
    return DONE


def _refuse_wrong_outputs(args: argparse.Namespace) -> None:
    for path, suffix in ((args.xlsx, ".xlsx"), (args.pdf, ".pdf")):
        if path:
            _refuse_other_suffix(path, (suffix,))


def _tell_board(board: Board, answer: Answer) -> None:
    answer.say(f"{board.campaign.name}, tính đến ngày {print_date(board.as_of)}:")
    for row in board.rows:
        received = row.report.received_on or row.plan.received_on
        day = f", nhận ngày {print_date(received)}" if received else ""
        answer.say(f"  {row.unit.short_name}: kế hoạch {row.plan.words}; báo cáo {row.report.words}{day}")
    for kind in (Kind.PLAN, Kind.REPORT):
        answer.say(f"  {KIND_WORDS[kind]}: {board.done(kind)} trên {board.owing(kind)} đơn vị đã xong phần nộp.")
    answer.put(
        campaign=board.campaign.id,
        as_of=board.as_of.isoformat(),
        units=[
            {
                "unit": row.unit.code,
                "name": row.unit.short_name,
                "plan": _standing_json(row.plan),
                "report": _standing_json(row.report),
            }
            for row in board.rows
        ],
    )


def _standing_json(standing: Standing) -> dict[str, object]:
    return {
        "state": standing.state.value,
        "words": standing.words,
        "days_late": standing.days_late,
        "overdue": standing.overdue,
        "received_on": standing.received_on.isoformat() if standing.received_on else None,
        "note": standing.note,
    }


def _totals(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.campaign.repository import active
    from hoctap_desktop.consolidation.overview import current_totals
    from hoctap_desktop.consolidation.own_report import prepare_report
    from hoctap_desktop.consolidation.printed import totals_document, totals_sheets
    from hoctap_desktop.document import pdf, sheet
    from hoctap_desktop.units.repository import own_unit

    _refuse_wrong_outputs(args)
    with _opened(args) as store:
        found, own, campaign = current_totals(store), own_unit(store), active(store)
        today = store.clock().date()
        if args.trace:
            _tell_trace(found.number(args.trace), answer)
        else:
            _tell_totals(found, answer)
        if args.into_report:
            filing = prepare_report(store)
            answer.say(f"Đã đưa số tổng hợp vào {filing.id}, lần {filing.revision}.")
            answer.put(filing=_filing_json(filing))
    if args.xlsx:
        _write(args.xlsx, sheet.render(totals_sheets(found, own, campaign, today), created=today), answer)
    if args.pdf:
        _write(args.pdf, pdf.render(totals_document(found, own, campaign, today)).data, answer)
    return DONE


def _tell_totals(found: Totals, answer: Answer) -> None:
    answer.say(f"Tổng từ {found.coverage} đơn vị." + (" Số liệu minh họa." if found.illustrative else ""))
    for total in found.numbers:
        value = "-" if total.value is None else print_count(total.value)
        missing = ", ".join(source.unit.short_name for source in total.missing)
        behind = f"; chưa có số: {missing}" if missing else ""
        answer.say(f"  {total.field.label}: {value} {total.field.unit} (từ {total.coverage}{behind})")
    answer.put(
        coverage=found.coverage,
        illustrative=found.illustrative,
        based_on=found.based_on,
        totals={
            total.field.id: {
                "value": total.value,
                "coverage": total.coverage,
                "missing": [source.unit.code for source in total.missing],
                "may_repeat": total.may_repeat,
            }
            for total in found.numbers
        },
    )


def _tell_trace(total: Total, answer: Answer) -> None:
    value = "chưa có số" if total.value is None else f"{print_count(total.value)} {total.field.unit}"
    answer.say(f"{total.field.label}: {value}, từ {total.coverage} đơn vị.")
    for source in total.sources:
        revision = f" (lần {source.revision}, gói {source.package_id[:12]})" if source.package_id else ""
        answer.say(f"  {source.unit.short_name}: {source.words}{revision}")
    answer.put(
        indicator=total.field.id,
        value=total.value,
        coverage=total.coverage,
        sources=[
            {
                "unit": source.unit.code,
                "name": source.unit.short_name,
                "value": source.value,
                "words": source.words,
                "revision": source.revision,
                "package_id": source.package_id,
            }
            for source in total.sources
        ],
    )


# --- the demo -----------------------------------------------------------------------------------------------------


def _demo(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.demo import run_demo

    outcome = run_demo(args.out, args.plan, lambda path, size: answer.say(f"{path}  {size} byte"))
    for doubt in outcome.doubts:
        answer.say(f"Kế hoạch đã đọc, chưa chắc: {doubt}")
    for board in outcome.boards:
        _tell_board(board, answer)
    _tell_totals(outcome.totals, answer)
    answer.put(files=[{"file": path, "size": path.stat().st_size} for path in outcome.files], doubts=outcome.doubts)
    return DONE


# --- keeping safe -------------------------------------------------------------------------------------------------


def _backup(args: argparse.Namespace, answer: Answer) -> int:
    with _opened(args) as store:
        if args.out.exists():
            raise UserError(Code.STORE_EXISTS, file=args.out.name)
        path = store.back_up(args.out)
    answer.say(f"Đã sao lưu vào {path} ({path.stat().st_size} byte). Thư mục {args.store.name}.files cần chép riêng.")
    answer.put(out=path, size=path.stat().st_size)
    return DONE


def _doctor(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.store.check import check as check_store

    with _opened(args) as store:
        found = check_store(store)
    for damage in found:
        answer.say(f"{damage.where}: {damage.how}")
    answer.say("Dữ liệu bị hỏng; hãy khôi phục từ bản sao lưu." if found else "Dữ liệu nguyên vẹn.")
    answer.put(damage=[{"where": damage.where, "how": damage.how} for damage in found])
    return REFUSED if found else DONE
