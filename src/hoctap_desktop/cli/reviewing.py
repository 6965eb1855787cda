"""An officer's decisions about packages, and the receipts and return slips that go back down."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import (
    DONE,
    REFUSED,
    add,
    opened,
    read_passphrase,
    with_passphrase,
    with_store,
)
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.numbers import print_count

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands


def register(commands: Commands) -> None:
    """The commands of this module: review, two-persons, reply, replies."""
    with_store(add(commands, "replies", _replies, "xem phiếu tiếp nhận, phiếu trả lại của cấp trên"))
    review = with_store(add(commands, "review", _review, "duyệt hoặc trả lại một bản đã nhận"))
    review.add_argument("package", metavar="PACKAGE_ID", help="mã gói, 8 ký tự đầu trở lên (xem totals --trace)")
    act = review.add_mutually_exclusive_group(required=True)
    act.add_argument("--accept", action="store_true", help="duyệt")
    act.add_argument(
        "--return", dest="back", metavar="LÝ DO", help="trả lại; lý do chung, có thể để trống khi có --field"
    )
    act.add_argument("--reopen", action="store_true", help="bỏ quyết định trước, xem lại từ đầu")
    review.add_argument(
        "--field", action="append", default=[], metavar="MỤC=NHẬN XÉT", help="nhận xét ở một mục, ví dụ talks=Còn thiếu"
    )
    review.add_argument("--who", default="", metavar="TÊN", help="người duyệt")
    rule = with_store(add(commands, "two-persons", _two_persons, "quy ước hai người duyệt: xem, bật, tắt"))
    choice = rule.add_mutually_exclusive_group()
    choice.add_argument("--on", action="store_true", help="từ nay bản nhận được cần hai người duyệt mới được cộng")
    choice.add_argument("--off", action="store_true", help="một người duyệt là đủ")
    reply = with_passphrase(
        with_store(add(commands, "reply", _reply, "ghi phiếu tiếp nhận, phiếu trả lại cho các đơn vị"))
    )
    reply.add_argument("--out", type=Path, required=True, metavar="DIR")
    reply.add_argument("--unit", metavar="MÃ", help="chỉ của một đơn vị")
    reply.add_argument("--pdf", action="store_true", help="ghi thêm bản in nửa trang A4 của mỗi phiếu")


def _replies(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.replies import taken_replies
    from hoctap_desktop.submission.verdict import reply_words

    with opened(args) as store:
        found = taken_replies(store)
    for one in found:
        reply = one.reply
        late = f", muộn {print_count(reply.days_late)} ngày" if reply.days_late else ""
        words = f": {reply.words}" if reply.words else ""
        answer.say(f"{reply_words(reply)}, nhận ngày {print_date(reply.received_on)}{late}{words}")
        for remark in reply.remarks:
            answer.say(f"  {remark.field}: {remark.words}")
    if not found:
        answer.say("Chưa có phiếu nào của cấp trên.")
    answer.put(
        replies=[
            {
                "act": one.reply.act.value,
                "series": one.reply.series,
                "revision": one.reply.revision,
                "paper_code": one.reply.paper_code,
                "received_on": one.reply.received_on.isoformat(),
                "days_late": one.reply.days_late,
                "words": one.reply.words,
                "remarks": [{"field": remark.field, "words": remark.words} for remark in one.reply.remarks],
            }
            for one in found
        ]
    )
    return DONE


def _review(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation.repository import package_named, submission
    from hoctap_desktop.consolidation.reviewing import decide, remarks_from
    from hoctap_desktop.consolidation.status import ReviewAct

    act = ReviewAct.APPROVED if args.accept else ReviewAct.REOPENED if args.reopen else ReviewAct.RETURNED
    with opened(args) as store:
        id = package_named(store, args.package)
        remarks = remarks_from(store, id, args.field)
        review = decide(store, id, act, args.back or "", remarks, args.who)
        got = submission(store, id)
    act = review.act
    words = {
        ReviewAct.PROPOSED: "Đã đề nghị duyệt (chờ người thứ hai)",
        ReviewAct.APPROVED: "Đã duyệt",
        ReviewAct.RETURNED: "Đã trả lại",
        ReviewAct.REOPENED: "Đã bỏ quyết định về",
    }
    answer.say(f"{words[act]} {got.series}, {got.nth}, của {got.unit_name}.")
    for remark in review.remarks:
        answer.say(f"  {remark.field}: {remark.words}")
    answer.put(
        package_id=id, act=act.value, words=review.reason, remarks=[[one.field, one.words] for one in review.remarks]
    )
    return DONE


def _two_persons(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.office_acts import set_two_persons, two_persons

    with opened(args) as store:
        if args.on or args.off:
            set_two_persons(store, on=args.on)
        on = two_persons(store)
    answer.say("Hai người duyệt: một đề nghị, một duyệt." if on else "Một người duyệt là đủ.")
    answer.put(two_persons=on)
    return DONE


def _reply(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation.overview import current_board
    from hoctap_desktop.consolidation.reviewing import replies_due, slip_page
    from hoctap_desktop.submission.enrolment import open_key
    from hoctap_desktop.submission.outgoing import made_folder, write_to
    from hoctap_desktop.submission.replies import already_issued, issue_reply
    from hoctap_desktop.submission.verdict import reply_words

    files: list[dict[str, object]] = []
    refused = 0
    with opened(args) as store:
        due = [one for one in replies_due(store, current_board(store)) if args.unit in (None, one[0].code)]
        # the passphrase is asked for once, and only when something has to be signed
        key = (
            open_key(store, read_passphrase(args))
            if any(already_issued(store, reply) is None for _, reply in due)
            else None
        )
        folder = made_folder(args.out)
        for unit, reply in due:
            try:
                with store.atomic():  # a slip that could not be written was never issued
                    known = already_issued(store, reply)
                    sealed = known or (issue_reply(store, unit, reply, key, store.clock()) if key else None)
                    assert sealed is not None
                    path = write_to(folder, sealed.name, sealed.data)
                answer.say(f"{path} ({len(sealed.data)} byte): {reply_words(reply)} của {unit.name}")
                files.append({"file": path, "unit": unit.code, "act": reply.act.value, "series": reply.series})
                if args.pdf:
                    page = write_to(folder, f"{path.stem}.pdf", slip_page(store, unit, reply))
                    answer.say(f"{page}")
            except UserError as refusal:
                refused += 1
                answer.say(f"{unit.name}: {refusal}")
    if not due:
        answer.say("Chưa có bản nào để trả lời.")
    answer.put(files=files)
    return REFUSED if refused else DONE
