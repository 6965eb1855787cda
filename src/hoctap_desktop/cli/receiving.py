"""Receiving at the upper office: files, a folder that is watched, past turns, two papers side by side."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import (
    DONE,
    REFUSED,
    add,
    number_typed,
    opened,
    read_passphrase,
    refuse_wrong_outputs,
    with_passphrase,
    with_store,
    write,
)
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import print_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hoctap_desktop.cli.command import Commands
    from hoctap_desktop.consolidation.desk import Desk
    from hoctap_desktop.consolidation.side_by_side import SideBySide
    from hoctap_desktop.consolidation.turns import Turn
    from hoctap_desktop.consolidation.verdict_lines import Line
    from hoctap_desktop.store.database import Store
    from hoctap_desktop.submission.signer import Opener


def register(commands: Commands) -> None:
    """The commands of this module: receive, turns, beside."""
    receive = with_passphrase(with_store(add(commands, "receive", _receive, "tiếp nhận tệp, thư mục, cả USB")))
    receive.add_argument("paths", type=Path, nargs="*", metavar="PATH")
    receive.set_defaults(misuse=receive.error)
    receive.add_argument("--undo", metavar="LƯỢT", help="hoàn tác một lượt nhập")
    receive.add_argument("--inbox", type=Path, metavar="DIR", help="nhận những tệp mới trong thư mục nhận")
    turns = with_store(add(commands, "turns", _turns, "các lượt tiếp nhận, xem lại hoặc in một lượt"))
    turns.add_argument(
        "turn", type=number_typed, nargs="?", metavar="SỐ", help="số của lượt, bỏ trống để xem danh sách"
    )
    turns.add_argument("--xlsx", type=Path, metavar="F")
    turns.add_argument("--pdf", type=Path, metavar="F", help="Danh sách tiếp nhận, khổ A4")
    turns.add_argument("--aside", metavar="TỆP", help="gác lại một tệp không nhận được, hoặc đưa lại")
    turns.set_defaults(misuse=turns.error)
    beside = with_store(add(commands, "beside", _beside, "xem bản mới cạnh bản đã duyệt và quyết định"))
    beside.add_argument("package", metavar="PACKAGE_ID", help="mã gói của bản mới, 8 ký tự đầu trở lên")
    act = beside.add_mutually_exclusive_group()
    act.add_argument("--take", action="store_true", help="lấy bản mới")
    act.add_argument("--keep", action="store_true", help="giữ bản đã duyệt")
    act.add_argument("--return", dest="back", metavar="LÝ DO", help="trả lại bản mới")
    act.add_argument("--reopen", action="store_true", help="bỏ quyết định trước")
    beside.add_argument("--who", default="", metavar="TÊN", help="người quyết định")
    beside.add_argument("--all", action="store_true", help="kể cả những ô không khác nhau")


def _receive(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation import desk as desks
    from hoctap_desktop.foundation.progress import silent

    if sum((bool(args.paths), bool(args.undo), bool(args.inbox))) != 1:
        args.misuse("receive cần đường dẫn, --inbox DIR, hoặc --undo LƯỢT (một trong ba)")
    with opened(args) as store:
        _tidy(store, answer)
        if args.undo:
            back = desks.undo(store, (args.undo,))
            answer.say(f"Đã hoàn tác lượt {args.undo}: {len(back)} bản không còn tính.")
            answer.put(undone=list(back))
            return DONE
        if args.inbox:
            paths: Sequence[Path]
            paths, moving = _new_in(store, args.inbox)
            if moving:
                answer.say(f"{moving} tệp còn đang chép, chưa xem.")
            answer.put(moving=moving)
            if not paths:
                answer.say("Không có tệp mới trong thư mục nhận.")
                answer.put(batch=None, files=[])
                return DONE
            summary, _desk = desks.take_in(store, silent, paths, "thư mục nhận", _keys(args, store, paths))
        else:
            summary, _desk = desks.take_in(store, silent, args.paths, keys=_keys(args, store, args.paths))
    for note in summary.notes:
        answer.say(note)
    if not summary.lines:
        answer.say("Không có gói nào ở đây.")
    for line in summary.lines:
        who = ", ".join(part for part in (line.unit, line.paper) if part)
        answer.say(f"{line.file}: {who + ': ' if who else ''}{line.sentence}" + _code(line.code))
    if summary.skipped:
        answer.say(f"Bỏ qua {print_count(summary.skipped)} tệp khác.")
    if summary.batch:
        answer.say(f"Lượt {summary.batch}. Muốn bỏ cả lượt: hoctap receive {args.store} --undo {summary.batch}")
    answer.put(
        batch=summary.batch,
        skipped=summary.skipped,
        notes=summary.notes,
        files=[_line(line) for line in summary.lines],
    )
    return DONE if summary.clean else REFUSED


def _tidy(store: Store, answer: Answer) -> None:
    """What a killed program left: its turn is finished and told, files no row names go."""
    from hoctap_desktop.consolidation.desk import finish_broken_off
    from hoctap_desktop.consolidation.turn_paper import broken_off_words
    from hoctap_desktop.store.attached import sweep

    turn = finish_broken_off(store)
    if turn is not None:
        answer.say(broken_off_words(turn.at, len(turn.own)))
    sweep(store)


def _keys(args: argparse.Namespace, store: Store, paths: Sequence[Path]) -> Sequence[Opener]:
    """The keys that encrypted files among these need. Without a passphrase none: their lines say what they wait for.

    Raises UserError WRONG_PASSPHRASE, TOKEN_…
    """
    from hoctap_desktop.consolidation.desk import locked
    from hoctap_desktop.foundation.progress import silent
    from hoctap_desktop.submission.encrypted_files import unlock

    readers = locked(store, silent, paths)
    if not readers:
        return ()
    try:
        passphrase = read_passphrase(args)
    except UserError as refusal:
        if refusal.code is not Code.PASSPHRASE_MISSING:
            raise
        return ()
    return unlock(readers, passphrase)


def _new_in(store: Store, folder: Path) -> tuple[Sequence[Path], int]:
    """The new files of the watched folder, and how many are still being copied. Raises UserError(INBOX_GONE)."""
    import time

    from hoctap_desktop.consolidation.inbox import look_twice, unjudged

    found = look_twice(folder, time.sleep)
    if found.gone:
        raise UserError(Code.INBOX_GONE, folder=str(folder))
    return unjudged(store, found), found.moving


def _turns(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation import desk as desks
    from hoctap_desktop.consolidation.turn_paper import Below, turn_document, turn_sheets, verdict_words
    from hoctap_desktop.consolidation.turns import turns
    from hoctap_desktop.document import pdf, sheet
    from hoctap_desktop.units.repository import own_unit, units_below

    refuse_wrong_outputs(args)
    if args.turn is None and (args.pdf or args.xlsx):
        args.misuse("turns cần số của lượt để in hoặc lưu")
    if args.turn is not None and args.aside:
        args.misuse("--aside là của lượt mới nhất, không kèm số của lượt")
    with opened(args) as store:
        _tidy(store, answer)
        if args.aside:
            return _aside(store, args.aside, answer)
        if args.turn is None:
            found = turns(store)
            for one in found:
                answer.say(_turn_words(one))
            if not found:
                answer.say("Chưa có lượt tiếp nhận nào.")
            answer.put(turns=[_turn(one) for one in found])
            return DONE
        desk, own = desks.read_turn(store, args.turn), own_unit(store)
        below = units_below(store, own.code)
    known = Below(below)
    assert desk.at is not None
    for line in desk.lines:
        answer.say(f"{known.who(line, line.file)}: {verdict_words(line)}" + _code(line.code))
    answer.put(turn=_desk(desk))
    day = desk.at.astimezone(VIETNAM).date()
    if args.xlsx:
        sheets = turn_sheets(
            own, desk.at, desk.source, desk.lines, skipped=desk.skipped, broken_off=desk.broken_off, below=below
        )
        write(args.xlsx, sheet.render(sheets, created=day), answer)
    if args.pdf:
        page = turn_document(
            own,
            desk.at,
            desk.source,
            desk.lines,
            skipped=desk.skipped,
            undone_at=desk.undone_at,
            broken_off=desk.broken_off,
            below=below,
        )
        write(args.pdf, pdf.render(page).data, answer)
    return DONE


def _beside(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation import side_by_side as pairs
    from hoctap_desktop.consolidation.repository import package_named

    with opened(args) as store:
        id = package_named(store, args.package)
        if args.take:
            found = pairs.take_later(store, id, args.who)
        elif args.keep:
            found = pairs.keep_accepted(store, id, args.who)
        elif args.back is not None:
            found = pairs.send_back(store, id, args.back, args.who)
        elif args.reopen:
            found = pairs.take_back(store, id, args.who)
        else:
            found = pairs.side_by_side(store, id)
    answer.say(pairs.heading(found))
    for cell in found.cells if args.all else found.changed:
        by = f" ({cell.difference})" if cell.difference else ""
        answer.say(f"  {cell.label}: {cell.old} → {cell.new}{by}")
    for text in found.texts:
        answer.say(f"  {text.label}: lời văn khác nhau ở {len(text.pairs)} dòng")
    for file in found.changed_files:
        answer.say(f"  Tệp kèm «{file.name}»: {pairs.FILE_WORDS[file.state]}")
    answer.say(pairs.standing_words(found))
    answer.put(**_pair(found))
    return DONE


def _pair(found: SideBySide) -> dict[str, object]:
    return {
        "accepted": found.accepted.package_id,
        "later": found.later.package_id,
        "standing": found.standing.value,
        "cells": [
            {"field": one.field, "old": one.old, "new": one.new, "difference": one.difference} for one in found.changed
        ],
        "texts": [one.field for one in found.texts],
        "files": [{"name": one.name, "state": one.state.value} for one in found.changed_files],
    }


def _aside(store: Store, file: str, answer: Answer) -> int:
    """Raises UserError(FILE_NOT_REFUSED)."""
    from hoctap_desktop.consolidation import desk as desks
    from hoctap_desktop.consolidation.verdict_lines import Outcome

    desk = desks.read_desk(store)
    kinds = (Outcome.REFUSED, Outcome.PUT_ASIDE)
    line = next((one for one in desk.lines if one.file == file and one.outcome in kinds), None)
    if line is None:
        raise UserError(Code.FILE_NOT_REFUSED, file=file)
    desks.put_aside(store, desk, line)
    aside = line.outcome is Outcome.REFUSED
    answer.say(f"Đã gác lại «{file}»." if aside else f"Đã đưa «{file}» về Cần xử lý.")
    answer.put(file=file, aside=aside)
    return DONE


def _turn_words(one: Turn) -> str:
    from hoctap_desktop.consolidation.turn_paper import counts_words, turn_words

    undone = " (đã hoàn tác)" if one.undone_at else ""
    said = turn_words(one.at, one.source, one.lines, one.skipped, broken_off=one.broken_off)
    return f"{one.number}. {said}. {counts_words(one.lines)}.{undone}"


def _turn(one: Turn) -> dict[str, object]:
    return {
        "number": one.number,
        "at": one.at.isoformat(),
        "batches": list(one.batches),
        "files": len(one.own),
        "undone": one.undone_at is not None,
        "broken_off": one.broken_off,
    }


def _desk(desk: Desk) -> dict[str, object]:
    assert desk.at is not None
    return {
        "number": desk.turn,
        "at": desk.at.isoformat(),
        "batches": list(desk.batches),
        "files": [_line(line) for line in desk.lines],
        "undone": desk.undone_at is not None,
        "broken_off": desk.broken_off,
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "file": line.file,
        "outcome": line.outcome.value,
        "code": line.code.value if line.code else None,
        "sentence": line.sentence,
        "unit": line.unit_code,
        "unit_name": line.unit,
        "paper": line.paper,
        "package_id": line.package_id,
        "fingerprint": line.fingerprint,
        "left_over": line.left_over,
    }


def _code(code: Code | None) -> str:
    return f" [{code.value}]" if code else ""
