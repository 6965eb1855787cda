"""How filings, findings, boards and totals are told, in sentences and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.filing.model import KIND_WORDS, Filing, Kind, Status
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.numbers import print_count

if TYPE_CHECKING:
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


def tell_board(board: Board, answer: Answer) -> None:
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
        "from_paper": standing.received is not None and standing.received.submission.from_paper,
    }


def tell_totals(found: Totals, answer: Answer) -> None:
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
