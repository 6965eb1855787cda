"""Next year's campaign: made, its forms changed, sent to those below; drafts moved to a newer form."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, add, opened, read_passphrase, with_passphrase, with_store, year_typed
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.units.levels import level_word

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands


def register(commands: Commands) -> None:
    """The commands of this module: campaign use, make, form, upgrade, export."""
    campaign = commands.add_parser("campaign", help="đợt: lập, sửa, gửi đơn vị cấp dưới").add_subparsers(
        required=True, metavar="VIỆC"
    )
    use = with_store(add(campaign, "use", _use, "làm việc với đợt này từ nay; bỏ trống mã đợt để xem các đợt"))
    use.add_argument("campaign", nargs="?", default="", metavar="ĐỢT", help="mã đợt, ví dụ 2026")
    make = with_store(add(campaign, "make", _make, "lập đợt mới từ đợt năm trước, hoặc sửa đợt đã có"))
    make.add_argument("--year", type=year_typed, required=True, metavar="NĂM")
    make.add_argument("--theme", action="append", metavar="CHỦ ĐỀ", help="ghi nhiều lần nếu có nhiều chủ đề")
    make.add_argument("--week", nargs=2, metavar=("TỪ", "ĐẾN"), help="ví dụ 05/10/2026 11/10/2026")
    words = "plan|report:CẤP hoặc MÃ:NGÀY, thêm :ca nếu tính cả ngày đó"
    make.add_argument("--deadline", action="append", default=[], metavar="HẠN", help=words)
    words = "plan|report:CẤP: không đơn vị nào của cấp đó phải nộp"
    make.add_argument("--not-owed", action="append", default=[], metavar="PHẦN", help=words)
    make.add_argument("--reason", default="", metavar="LÝ DO", help="vì sao một đơn vị có hạn riêng")
    make.add_argument("--use", action="store_true", help="làm việc với đợt này từ nay")
    form = with_store(add(campaign, "form", _form, "thêm, bỏ câu hỏi của biểu báo cáo; phát hành bản mới"))
    form.add_argument("--add", nargs=2, action="append", default=[], metavar=("NỘI DUNG", "ĐƠN VỊ TÍNH"))
    form.add_argument("--retire", action="append", default=[], metavar="DÒNG", help="mã dòng, xem danh sách")
    form.add_argument("--label", nargs=2, action="append", default=[], metavar=("DÒNG", "NỘI DUNG"))
    form.add_argument("--take-upper", action="store_true", help="bắt đầu lại từ biểu cấp trên, giữ câu hỏi riêng")
    form.add_argument("--publish", action="store_true", help="phát hành bản mới cho đợt đang làm")
    with_store(add(campaign, "upgrade", _upgrade, "chuyển bản nháp sang biểu mẫu mới; kể từng mục chuyển, mục bỏ"))
    words = "ký và ghi đợt đang làm: ngày, chủ đề, hạn nộp, biểu mẫu"
    export = with_passphrase(with_store(add(campaign, "export", _export, words)))
    export.add_argument("--out", type=Path, required=True, metavar="DIR")


def _use(args: argparse.Namespace, answer: Answer) -> int:
    """Raises UserError(CAMPAIGN_UNKNOWN)."""
    from hoctap_desktop.campaign.repository import active, choose, known_campaigns

    with opened(args) as store:
        campaign = choose(store, args.campaign) if args.campaign else active(store)
        known = known_campaigns()
    if args.campaign:
        answer.say(f"Từ nay làm việc với đợt {campaign.id}: {campaign.name}.")
    for one in known if not args.campaign else ():
        answer.say(f"{'*' if one.id == campaign.id else ' '} {one.id}  {one.name}")
    answer.put(campaign=campaign.id, known=[one.id for one in known])
    return DONE


def _make(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.campaign.repository import choose, known_campaigns, with_deadlines
    from hoctap_desktop.office.campaigns import (
        change_campaign,
        make_campaign,
        parse_deadline,
        parse_freed,
        set_deadlines,
        set_free,
    )

    days = [parse_date(day) for day in args.week or ()]
    deadlines = [parse_deadline(words) for words in args.deadline]
    freed = [parse_freed(words) for words in args.not_owed]
    with opened(args) as store, store.atomic():
        id = str(args.year)
        new = all(campaign.id != id for campaign in known_campaigns())
        campaign = make_campaign(store, args.year) if new else with_deadlines(store, id)
        changed = replace(
            campaign,
            themes=tuple(args.theme or campaign.themes),
            week_from=days[0] if days else campaign.week_from,
            week_to=days[1] if days else campaign.week_to,
        )
        if changed != campaign:
            campaign = change_campaign(store, changed)
        if deadlines:
            campaign = set_deadlines(store, id, deadlines, args.reason)
        if freed:
            campaign = set_free(store, id, freed)
        if args.use:
            choose(store, id)
    answer.say(f"{'Đã lập' if new else 'Đợt'} {campaign.name}: {'; '.join(campaign.themes)}.")
    answer.say(f"Tuần lễ từ {print_date(campaign.week_from)} đến {print_date(campaign.week_to)}.")
    for due in campaign.deadlines:
        edge = "tính cả ngày" if due.inclusive else "trước ngày"
        what = "kế hoạch" if due.kind == "plan" else "báo cáo"
        answer.say(f"  {what}, {due.unit or level_word(due.level)}: {edge} {print_date(due.day)}")
    for kind, level in sorted(campaign.free):
        answer.say(f"  {'kế hoạch' if kind == 'plan' else 'báo cáo'}, {level_word(level)}: không phải nộp")
    if new and not args.theme:
        answer.say("Chủ đề còn là của năm trước. Hãy ghi chủ đề mới: --theme …")
    answer.put(campaign=campaign.id, made=new, themes=campaign.themes, deadlines=len(campaign.deadlines))
    answer.put(not_owed=[f"{kind}:{level}" for kind, level in sorted(campaign.free)])
    return DONE


def _form(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.campaign.repository import active
    from hoctap_desktop.form import editing
    from hoctap_desktop.office.campaigns import (
        edit_form,
        ids_ever,
        publish_form,
        read_campaign_facts,
        take_upper_form,
    )

    with opened(args) as store:
        campaign = active(store)
        facts = read_campaign_facts(store, campaign.id)
        form = take_upper_form(store, campaign.year) if args.take_upper else facts.draft or facts.form
        before = form
        for row, label in args.label:
            form = editing.relabelled(form, row, label)
        for row in args.retire:
            gone = editing.retired(form, row)
            form = gone.form
            if gone.rules:
                answer.say(f"Bỏ theo các phép kiểm: {', '.join(gone.rules)}.")
        for label, unit in args.add:
            form, id = editing.added(form, label, unit, year=campaign.year, taken=ids_ever(store, form))
            answer.say(f"Câu hỏi mới, mã {id}: {label} ({unit})")
        if form != before:
            edit_form(store, form)
        if args.publish:
            published = publish_form(store, form.id, campaign.year)
            answer.say(f"Đã phát hành {published.id} bản {published.version}, mã {published.hash[:12]}.")
            answer.put(version=published.version, hash=published.hash)
            form = published
    if form != facts.form:
        answer.say(editing.differences(facts.form, form).words)
    lacking = editing.lacking(form, facts.upward)
    if lacking:
        answer.say(f"Cấp trên hỏi, biểu này chưa có: {'; '.join(lacking)}. Thêm cả: --take-upper.")
    for one in editing.questions(form):
        answer.say(f"  {one.id}  {one.number} {one.label}{f' ({one.unit})' if one.unit else ''}")
    answer.put(
        form=form.id,
        lacking=list(lacking),
        rows=[{"id": one.id, "label": one.label, "unit": one.unit} for one in editing.questions(form)],
    )
    return DONE


def _upgrade(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.campaigns import move_drafts

    with opened(args) as store:
        offers = move_drafts(store)
    for offer in offers:
        done = offer.upgrade
        answer.say(f"{offer.filing.id}: từ bản {offer.old.version} sang bản {offer.new.version}, giữ {done.kept} mục.")
        for moved in done.moved:
            answer.say(f"  Chuyển: {moved.before} → {moved.after}")
        for dropped in done.dropped:
            answer.say(f"  Bỏ ra, còn trong lịch sử: {dropped.label}. {dropped.why}")
        for label in done.new:
            answer.say(f"  Mới: {label}")
    if not offers:
        answer.say("Không có bản nháp nào ở biểu mẫu cũ.")
    answer.put(
        moved=[
            {
                "filing": offer.filing.id,
                "from": offer.old.version,
                "to": offer.new.version,
                "kept": offer.upgrade.kept,
                "moved": [one.id for one in offer.upgrade.moved],
                "dropped": [one.id for one in offer.upgrade.dropped],
                "new": offer.upgrade.new,
            }
            for offer in offers
        ]
    )
    return DONE


def _export(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.campaigns import (
        already_issued_campaign,
        campaign_to_send,
        issue_campaign,
        unasked_words,
        undated_words,
    )
    from hoctap_desktop.submission.enrolment import open_key
    from hoctap_desktop.submission.outgoing import made_folder, read_back_words, write_to

    with opened(args) as store:
        sent, missing = campaign_to_send(store), (unasked_words(store), undated_words(store))
        sealed = already_issued_campaign(store, sent) or issue_campaign(
            store, open_key(store, read_passphrase(args)), store.clock()
        )
        path = write_to(made_folder(args.out), sealed.name, sealed.data)
    forms = [one.ref for one in sent.forms]
    answer.say(f"{path} ({len(sealed.data)} byte). {read_back_words(path.parent)}")
    for words in filter(None, missing):
        answer.say(words)
    named = ", ".join(f"{ref.id} bản {ref.version}" for ref in forms)
    answer.say(f"{sent.campaign.name}, {len(sent.campaign.deadlines)} hạn nộp. Biểu mẫu: {named}.")
    answer.put(
        file=path,
        size=len(sealed.data),
        package_id=sealed.package_id,
        campaign=sent.campaign.id,
        forms=[{"id": ref.id, "version": ref.version, "hash": ref.hash} for ref in forms],
    )
    return DONE
