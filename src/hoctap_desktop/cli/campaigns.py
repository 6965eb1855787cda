"""The campaign an upper office sends to those below."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, add, opened, read_passphrase, with_passphrase, with_store
from hoctap_desktop.cli.parser import Answer

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands


def register(commands: Commands) -> None:
    """The commands of this module: campaign export."""
    campaign = commands.add_parser("campaign", help="gói đợt gửi đơn vị cấp dưới").add_subparsers(
        required=True, metavar="VIỆC"
    )
    words = "ký và ghi đợt đang làm: ngày, chủ đề, hạn nộp, biểu mẫu"
    export = with_passphrase(with_store(add(campaign, "export", _export, words)))
    export.add_argument("--out", type=Path, required=True, metavar="DIR")


def _export(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.campaigns import already_issued_campaign, campaign_to_send, issue_campaign
    from hoctap_desktop.submission.enrolment import open_key
    from hoctap_desktop.submission.outgoing import made_folder, write_to

    with opened(args) as store:
        sent = campaign_to_send(store)
        sealed = already_issued_campaign(store, sent) or issue_campaign(
            store, open_key(store, read_passphrase(args)), store.clock()
        )
        path = write_to(made_folder(args.out), sealed.name, sealed.data)
    forms = [one.ref for one in sent.forms]
    answer.say(f"{path} ({len(sealed.data)} byte). Đã đọc lại thấy đúng, có thể rút USB.")
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
