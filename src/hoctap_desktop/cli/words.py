"""How filings, findings, boards and totals are told, in sentences and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.filing.model import KIND_WORDS, Filing, Kind, Status
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.numbers import print_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hoctap_desktop.consolidation.outliers import Outliers
    from hoctap_desktop.consolidation.overview import Narrative
    from hoctap_desktop.consolidation.sent import AsSent, Since
    from hoctap_desktop.consolidation.status import Board, Standing
    from hoctap_desktop.consolidation.totals import Total, Totals
    from hoctap_desktop.form.findings import Finding

SEVERITY_WORDS = {"block": "Phải sửa", "ask": "Ghi lý do", "warn": "Xem lại"}


def filing_words(filing: Filing) -> str:
    state = "đã chốt" if filing.status is Status.FINAL else "bản nháp"
    code = f", mã giấy {filing.paper_code}" if filing.paper_code else ""
    return f"{KIND_WORDS[filing.kind]} {filing.campaign}, lần {filing.revision}, {state}{code}"


def filing_json(filing: Filing) -> dict[str, object]:
    return {
        "id": filing.id,
        "kind": filing.kind.value,
        "campaign": filing.campaign,
        "revision": filing.revision,
        "status": filing.status.value,
        "paper_code": filing.paper_code,
        "form": {"id": filing.form.id, "version": filing.form.version, "hash": filing.form.hash},
    }


def finding_line(finding: Finding) -> str:
    reason = f" (lý do đã ghi: {finding.reason})" if finding.reason else ""
    return f"{SEVERITY_WORDS[finding.severity.value]}: {finding.place}: {finding.message}{reason}"


def finding_json(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "field": finding.field,
        "place": finding.place,
        "message": finding.message,
        "blocks": finding.blocks,
        "reason": finding.reason,
    }


def tell_board(board: Board, answer: Answer, *, units: bool = True) -> None:
    """units: a line for each, where nothing else is asked for that names them; `--json` has them always."""
    answer.say(f"{board.campaign.name}, tính đến ngày {print_date(board.as_of)}:")
    for row in board.rows if units else ():
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
        "from_paper": standing.received is not None and standing.received.submission.from_paper,
    }


def tell_totals(found: Totals, answer: Answer) -> None:
    silent = ", ".join(unit.short_name for unit in found.silent if unit.code not in found.uncounted)
    came = "".join(
        f"; {state.lower()}, chưa tính: {', '.join(unit.short_name for unit in units)}"
        for state, units in found.came.items()
    )
    answer.say(
        f"Tổng từ {found.coverage} đơn vị{f'; thiếu: {silent}' if silent else ''}{came}."
        + (" Số liệu minh họa." if found.illustrative else "")
    )
    told = {unit.code for unit in found.silent} | found.uncounted.keys()
    for total in found.numbers:
        value = "-" if total.stated is None else print_count(total.stated)
        # who sent no report at all is named above, once
        blank = [source.unit for source in total.missing if source.unit.code not in told]
        missing = ", ".join(unit.short_name for unit in blank)
        behind = f"; chưa có số: {missing}" if missing else ""
        if total.unasked:
            behind += f"; mẫu chưa hỏi: {', '.join(unit.short_name for unit in total.not_asked)}"
        if total.own_words:
            behind += f"; riêng cơ quan {total.own_words[:1].lower()}{total.own_words[1:]}"
        if total.confirmed is not None:
            behind += f"; cộng được {print_count(total.confirmed.summed)}, đã xác nhận: {total.confirmed.reason}"
        elif total.to_confirm and total.lapsed is not None:
            old = total.lapsed
            behind += f"; trước đã xác nhận {print_count(old.value)} khi cộng được {print_count(old.summed)}"
            behind += f" ({old.reason}), nay cần xác nhận lại"
        elif total.to_confirm:
            behind += "; có thể tính trùng, cần xác nhận"
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
                "not_asked": [unit.code for unit in total.not_asked],
                "may_repeat": total.may_repeat,
                "below": total.below,
                "own": total.own_value,
                "stated": total.stated,
                "confirmed": total.confirmed is not None,
                "to_confirm": total.to_confirm,
            }
            for total in found.numbers
        },
    )


def tell_outliers(doubts: Outliers, answer: Answer) -> None:
    standing = [one for one in doubts if one.standing]
    aside = f" Đã bỏ qua: {len(doubts) - len(standing)}." if len(doubts) > len(standing) else ""
    answer.say((f"Có {len(standing)} chỗ nên xem lại." if standing else "Không có chỗ nào nên xem lại.") + aside)
    for one in standing:
        answer.say(f"  {one.unit.short_name}, {one.place}: {one.sentence} [{one.id}]")
    answer.put(
        outliers=[
            {
                "id": one.id,
                "why": one.why.value,
                "unit": one.unit.code,
                "name": one.unit.short_name,
                "indicator": one.field.id if one.field is not None else None,
                "value": one.value,
                "sentence": one.sentence,
                "package_id": one.package_id,
                "dismissed": one.reason,
            }
            for one in doubts
        ]
    )


def tell_narratives(found: Sequence[Narrative], field: str, answer: Answer) -> None:
    answer.say(f"{len(found)} đơn vị viết ở mục {field}.")
    for one in found:
        answer.say(f"  {one.unit.short_name}: {one.words}")
    answer.put(
        narratives=[
            {"unit": one.unit.code, "name": one.unit.short_name, "words": one.words, "package_id": one.package_id}
            for one in found
        ]
    )


def tell_as_sent(made: AsSent, answer: Answer) -> bool:
    """True when what was sent comes out byte for byte."""
    what = f"Báo cáo lần {made.sent.revision}, cộng lại từ {len(made.totals.reported)} bản đã nhận"
    answer.say(f"{what}: giống bản đã gửi từng byte." if made.same else f"{what}: khác bản đã gửi.")
    for words in made.wrong:
        answer.say(f"  {words}")
    for id in made.overridden:
        answer.say(f"  {made.totals.number(id).field.label}: cơ quan ghi khác số cộng, có lý do trong báo cáo")
    answer.put(
        revision=made.sent.revision,
        package_id=made.sent.package_id,
        same=made.same,
        wrong=list(made.wrong),
        overridden=list(made.overridden),
        based_on=made.totals.based_on,
    )
    return made.same


def tell_since(since: Since | None, answer: Answer) -> None:
    if since is None:
        answer.say("Không có thay đổi nào sau khi gửi, hoặc chưa gửi lần nào.")
        answer.put(changes=None)
        return
    answer.say(since.words)
    for unit in since.units:
        answer.say(f"  {unit.unit.short_name}: {unit.what}")
        for cell in unit.cells:
            answer.say(f"    {cell.place}: {cell.old} → {cell.new}")
    for cell in since.numbers:
        answer.say(f"  Tổng {cell.place}: {cell.old} → {cell.new}")
    answer.put(
        changes={
            "revision": since.sent.revision,
            "units": [
                {
                    "unit": one.unit.code,
                    "name": one.unit.short_name,
                    "what": one.what,
                    "cells": [{"place": cell.place, "old": cell.old, "new": cell.new} for cell in one.cells],
                }
                for one in since.units
            ],
            "totals": [{"place": cell.place, "old": cell.old, "new": cell.new} for cell in since.numbers],
        }
    )


def tell_trace(total: Total, answer: Answer) -> None:
    value = "chưa có số" if total.value is None else f"{print_count(total.value)} {total.field.unit}"
    answer.say(f"{total.field.label}: {value}, từ {total.coverage} đơn vị.")
    for source in total.sources:
        kind = "nhập hộ từ bản giấy" if source.from_paper else "gói"
        revision = f" (lần {source.revision}, {kind} {source.package_id[:12]})" if source.package_id else ""
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
                "from_paper": source.from_paper,
            }
            for source in total.sources
        ],
    )
