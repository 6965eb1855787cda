"""What was before: time line, history of a field, comparing, going back, the trash."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, add, filing_named, number_typed, opened, with_filing, with_store
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.cli.words import filing_json, filing_words
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.said_ids import filings_said

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands
    from hoctap_desktop.filing.model import Filing
    from hoctap_desktop.filing.versions import VersionId
    from hoctap_desktop.office.going_back import Story
    from hoctap_desktop.store.database import Store


def register(commands: Commands) -> None:
    """The commands of this module: history, compare, go-back, discard, trash."""
    history = with_filing(add(commands, "history", _history, "xem các mốc của văn bản, hoặc lịch sử của một mục"))
    history.add_argument("--field", metavar="MỤC", help="mã mục, ví dụ participants: ai sửa, lúc nào, từ gì thành gì")
    compare = with_filing(add(commands, "compare", _compare, "so sánh hai mốc của văn bản"))
    compare.add_argument("old", metavar="MỐC", help="mốc cũ, ví dụ 1 hoặc 1.57 (xem lệnh history)")
    compare.add_argument("new", metavar="MỐC", nargs="?", help="mốc mới; không ghi là bản hiện nay")
    back = with_filing(
        add(commands, "go-back", _go_back, "đưa bản nháp về một mốc; bản hiện nay vẫn còn trong lịch sử")
    )
    back.add_argument("version", metavar="MỐC", help="ví dụ 1.57")
    with_filing(add(commands, "discard", _discard, "chuyển bản nháp vào Thùng rác"))
    trash = with_store(add(commands, "trash", _trash, "xem Thùng rác, lấy lại bản nháp hoặc phần đã bỏ của văn bản"))
    back_from = trash.add_mutually_exclusive_group()
    back_from.add_argument("--put-back", type=number_typed, metavar="SỐ", help="lấy lại bản nháp có số này")
    back_from.add_argument("--put-back-part", type=number_typed, metavar="SỐ", help="đưa phần có số này về chỗ cũ")


def _read(store: Store, name: str) -> Story:
    from hoctap_desktop.office.going_back import story
    from hoctap_desktop.submission.repository import sent_packages

    id = filing_named(store, name)
    return story(store, id, {one.revision: one.sealed_at for one in sent_packages(store) if one.series == id})


def _version(text: str, filing: str) -> VersionId:
    from hoctap_desktop.filing.versions import version_id

    found = version_id(text)
    if found is None:
        raise UserError(Code.VERSION_UNKNOWN, filing=filing, version=text)
    return found


def _history(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.filing.differences import label_of, value_words
    from hoctap_desktop.office.story_words import point_words

    with opened(args) as store:
        told = _read(store, args.filing)
    if args.field:
        entries = told.field(args.field)
        answer.say(f"{label_of(told.form, args.field)}: {len(entries)} lần sửa.")
        for entry in entries:
            before, after = (value_words(told.form, args.field, value) for value in (entry.before, entry.after))
            who = f", {entry.who}" if entry.who else ""
            answer.say(f"  {entry.at:%H:%M:%S %d/%m/%Y}{who}, lần {entry.revision}: {before} → {after}")
        answer.put(
            filing=told.filing.id,
            field=args.field,
            entries=[
                {
                    "number": one.number,
                    "revision": one.revision,
                    "since": one.since.isoformat(),
                    "at": one.at.isoformat(),
                    "who": one.who,
                    "before": one.before,
                    "after": one.after,
                }
                for one in entries
            ],
        )
        return DONE
    points = told.points()
    for point in points:
        answer.say(f"  {point.id}: {point_words(told.form, point)}")
    answer.put(
        filing=told.filing.id,
        points=[
            {
                "version": str(point.id),
                "kind": point.kind,
                "at": point.at.isoformat() if point.at else None,
                "since": point.since.isoformat() if point.since else None,
                "who": point.who,
                "fields": list(point.fields),
            }
            for point in points
        ],
    )
    return DONE


def _compare(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.filing.versions import VersionId

    with opened(args) as store:
        told = _read(store, args.filing)
    old = _version(args.old, told.filing.id)
    new = _version(args.new, told.filing.id) if args.new else VersionId(told.filing.revision)
    found = told.compare(old, new)
    answer.say(f"Khác nhau ở {found.count} mục." if found.count else "Hai mốc giống hệt nhau.")
    for number in found.numbers:
        answer.say(f"  {number.label}: {number.old} → {number.new}")
    texts = []
    for text in found.texts:
        answer.say(f"  {text.label}:")
        pairs = [tuple("".join(span.text for span in line) for line in (pair.old, pair.new)) for pair in text.pairs]
        for was, now in pairs:
            answer.say(f"    - {was}")
            answer.say(f"    + {now}")
        texts.append({"field": text.field, "label": text.label, "lines": [list(pair) for pair in pairs]})
    answer.put(
        filing=told.filing.id,
        old=str(old),
        new=str(new),
        numbers=[{"field": n.field, "label": n.label, "old": n.old, "new": n.new} for n in found.numbers],
        texts=texts,
    )
    return DONE


def _go_back(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.going_back import go_back

    with opened(args) as store:
        id = filing_named(store, args.filing)
        filing = go_back(store, id, _version(args.version, id))
    said = f"{filings_said(filing.id).capitalize()} lần {filing.revision}"
    answer.say(f"{said} nay như ở mốc {args.version}. Bản trước đó còn trong lịch sử.")
    answer.put(filing=filing_json(filing))
    return DONE


def _discard(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.going_back import remove_draft

    with opened(args) as store:
        removed = remove_draft(store, filing_named(store, args.filing))
    answer.say(
        f"Đã chuyển bản nháp {filings_said(removed.filing)} lần {removed.revision} vào Thùng rác, số {removed.number}."
    )
    answer.put(number=removed.number, filing=removed.filing, revision=removed.revision)
    return DONE


def _trash(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.filing.removed import removed_drafts
    from hoctap_desktop.office.going_back import put_draft_back
    from hoctap_desktop.office.trash import text_parts

    with opened(args) as store:
        if args.put_back is not None or args.put_back_part is not None:
            back = put_draft_back(store, args.put_back) if args.put_back is not None else _part_back(store, args)
            answer.say(f"Đã lấy lại: {filing_words(back)}.")
            answer.put(filing=filing_json(back))
            return DONE
        drafts, parts = removed_drafts(store), tuple(text_parts(store))
    lying = [f"{len(found)} {words}" for found, words in ((drafts, "bản nháp"), (parts, "phần văn bản")) if found]
    answer.say(f"Thùng rác có {', '.join(lying)}." if lying else "Thùng rác trống.")
    for one in drafts:
        said = f"  {one.number}: {filings_said(one.filing)} lần {one.revision}, bỏ lúc {one.removed_at:%H:%M %d/%m/%Y}"
        answer.say(f"{said}{_by(one.who)}")
    for part in parts:
        said = f"  phần {part.number}: {filings_said(part.filing)}, {part.title}, bỏ lúc {part.at:%H:%M %d/%m/%Y}"
        answer.say(f"{said}{_by(part.who)}")
    answer.put(
        removed=[
            {
                "number": one.number,
                "filing": one.filing,
                "revision": one.revision,
                "removed_at": one.removed_at.isoformat(),
                "who": one.who,
            }
            for one in drafts
        ],
        parts=[
            {
                "number": part.number,
                "filing": part.filing,
                "field": part.field,
                "title": part.title,
                "removed_at": part.at.isoformat(),
                "who": part.who,
            }
            for part in parts
        ],
    )
    return DONE


def _part_back(store: Store, args: argparse.Namespace) -> Filing:
    from hoctap_desktop.office.trash import text_parts
    from hoctap_desktop.plan.removed_parts import put_part_back

    number: int = args.put_back_part
    found = next((part for part in text_parts(store) if part.number == number), None)
    if found is None:
        raise UserError(Code.REMOVED_UNKNOWN, number=number)
    return put_part_back(store, found.filing, number)


def _by(who: str) -> str:
    return f", {who}" if who else ""
