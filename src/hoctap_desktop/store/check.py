"""Is everything still what was written? SQLite's own check, the digest of every row of truth, facts, files beside."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.progress import Progress, silent
from hoctap_desktop.foundation.said_ids import filings_said, form_said
from hoctap_desktop.store.attached import fetch, files_of
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact
from hoctap_desktop.store.facts import facts, facts_of

# How a damaged row is named to a person, per table that has digests.
_NAMES: Mapping[str, Callable[[sqlite3.Row], str]] = {
    "unit": lambda row: f"đơn vị mã {row['code']}",
    "filing": lambda row: f"{row['id']}, lần {row['revision']}",
    "own_key": lambda _row: "khóa của đơn vị",
    "former_key": lambda row: f"khóa cũ của đơn vị, thay ngày {row['closed_at'][:10]}",
    "own_token": lambda row: f"thiết bị ký «{row['label']}»",
    "roster_key": lambda row: f"khóa đã đăng ký của {row['unit_name']}",
    "roster_issue": lambda row: f"danh sách khóa số {row['number']}",
    "sent_encrypted": lambda row: f"bản mã hóa của gói đã xuất «{row['name']}»",
    "sent_package": lambda row: f"gói đã xuất của {row['series']}, lần {row['revision']}",
    "quarantine": lambda row: f"gói chờ nhận khóa «{row['file_name']}»",
    "office": lambda _row: "đơn vị và đợt của cơ quan này",
    "deadline": lambda _row: "hạn nộp",
    "unit_change": lambda row: f"nhật ký sửa danh sách đơn vị, lần {row['act']}",
    "excuse": lambda row: f"đơn vị được miễn, mã {row['unit']}",
    "reports_to": lambda row: f"nơi nộp của mã {row['unit']}",
    "campaign_made": lambda row: f"đợt {row['id']} lập ở đây",
    "campaign_taken": lambda row: f"đợt {row['id']} của cấp trên",
    "campaign_issued": lambda row: f"gói đợt {row['campaign']}, số {row['number']}",
    "form_taken": lambda row: f"biểu mẫu {form_said(row['id'])} bản {row['version']} của cấp trên",
    "form_issued": lambda row: f"nơi ra biểu mẫu {row['hash'][:12]}",
    "latest_signed": lambda _row: "ngày ký mới nhất đã thấy",
    "form_made": lambda row: f"biểu mẫu {form_said(row['id'])} bản {row['version']} lập ở đây",
    "form_draft": lambda row: f"biểu mẫu {form_said(row['id'])} đang sửa",
    "change": lambda row: f"nhật ký sửa của {row['filing']}",
    "sitting": lambda _row: "lượt làm việc (ai sửa, lúc nào)",
    "filing_act": lambda row: f"việc đã làm với {row['filing']}",
    "removed_draft": lambda row: f"bản nháp {row['filing']} trong Thùng rác",
    "removed_part": lambda row: f"đoạn của {row['filing']} trong Thùng rác",
    "undo_step": lambda row: f"bước hoàn tác của {row['filing']}",
    "undo_now": lambda row: f"bước hoàn tác của {row['filing']}",
    "stopped": lambda row: f"chỗ đang viết dở của {row['filing']}",
    "doubt": lambda row: f"chỗ máy chưa chắc của {row['filing']}",
    "carried": lambda row: f"kế hoạch năm trước của {row['filing']}",
    "diary_entry": lambda row: f"nhật ký hoạt động, mục {row['number']}",
    "diary_change": lambda _row: "nhật ký sửa của nhật ký hoạt động",
    "taken_number": lambda row: f"số lấy từ nhật ký của {row['filing']}",
    "attachment": lambda row: f"tệp kèm «{row['name']}» của {row['owner']}",
    "attachment_list": lambda row: f"danh sách tệp kèm của {row['owner']}, lần {row['revision']}",
    "turn_kept": lambda row: f"lượt tiếp nhận lúc {row['begun_at'][:16].replace('T', ' ')}",
    "choice": lambda row: f"lựa chọn ngày {row['chosen_at'][:10]} về gói {row['package_id'][:12]}",
    "batch": lambda row: f"lượt nhập {row['id']}",
    "batch_choice": lambda row: f"đợt do lượt nhập {row['batch']} chọn",
    "paper_entry": lambda row: f"bản nhập hộ của {row['unit_name']}, {row['campaign']}",
    "paper_receipt": lambda row: f"bản giấy đã nhận của {row['unit_name']}, {row['campaign']}",
    "receipt_day": lambda row: f"ngày nhận ghi tay, lần {row['number']}",
    "phone_call": lambda row: f"cuộc gọi ngày {row['at'][:10]} cho đơn vị mã {row['unit']}",
    "reminder": lambda row: f"công văn đôn đốc của đợt {row['campaign']}",
    "review": lambda row: f"quyết định ngày {row['decided_at'][:10]} về gói {row['package_id'][:12]}",
    "reply_issued": lambda row: f"phiếu trả lời «{row['name']}»",
    "reply_taken": lambda row: f"phiếu trả lời của {row['unit_name']}, {row['series']}, lần {row['revision']}",
    "roster_taken": lambda row: f"danh sách khóa số {row['number']} của cấp trên",
    "totals_act": lambda row: f"điều cán bộ ghi ở Tổng hợp {row['campaign']}, mục {row['subject'][:40]}",
    "office_act": lambda row: f"quy ước của cơ quan, ghi ngày {row['at'][:10]}",
    "submission": lambda row: f"gói của {row['unit_name']}, {row['series']}, lần {row['revision']}",
}
# The rows whose answers are those of the facts: of a filing only the newest revision.
_NEWEST = "SELECT source, answers FROM filing AS f WHERE revision = (SELECT max(revision) FROM filing WHERE id = f.id)"


@dataclass(frozen=True)
class Damage:
    """where: what is damaged, in words ("báo cáo 2022, lần 1"); how: one sentence."""

    where: str
    how: str


def check(store: Store, progress: Progress = silent) -> tuple[Damage, ...]:
    """Everything in the store that is not what was written; () when all is well. Writes nothing."""
    try:
        found = [
            Damage("tệp dữ liệu", f"SQLite báo: {row[0]}.")
            for row in store.query("PRAGMA integrity_check")
            if row[0] != "ok"
        ]
        tables = [
            row["name"]
            for row in store.query(
                "SELECT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c ON c.name = 'digest' "
                "WHERE m.type = 'table' AND m.name <> 'schema_digest' ORDER BY m.name"
            )
        ]
        for done, table in enumerate(tables):
            progress(done, len(tables), table)
            found += _rows(store, table)
        found += _facts(store)
        progress(len(tables), len(tables))
    except UserError as cause:  # damage so deep that SQLite could not even read on
        return (Damage("tệp dữ liệu", str(cause)),)
    return tuple(found)


def _rows(store: Store, table: str) -> list[Damage]:
    found: list[Damage] = []
    for row in store.query(f"SELECT * FROM {table}"):  # noqa: S608 - a name from the schema
        where = filings_said(_NAMES[table](row)) if table in _NAMES else f"bảng {table}"
        if not intact(row):
            found.append(Damage(where, "Nội dung khác lúc ghi."))
            continue
        for name, suffix in files_of(row):
            try:
                fetch(store, name, suffix)
            except UserError as cause:
                found.append(Damage(where, str(cause)))
    return found


def _facts(store: Store) -> list[Damage]:
    found: list[Damage] = []
    sources = store.query(_NEWEST) + store.query("SELECT source, answers FROM submission WHERE undone_at IS NULL")
    sources += store.query("SELECT source, answers FROM paper_entry WHERE status = 'entered'")
    with store.atomic() as db:
        for row in sources:
            try:
                answers = json.loads(row["answers"])
            except ValueError:
                continue  # its row has a wrong digest and is named already
            if facts(db, row["source"]) != facts_of(answers):
                found.append(Damage(f"số liệu cộng, nguồn {row['source']}", "Các số để cộng khác nội dung văn bản."))
    return found
