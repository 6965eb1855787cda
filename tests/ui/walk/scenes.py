"""Every page and every dialog of the program, for tests that walk all of them."""

from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.office.filings import finalise
from hoctap_desktop.ui import screenshots as shots
from hoctap_desktop.ui.attached import ask_before_opening
from hoctap_desktop.ui.consolidation.shots import (
    read_the_stick,
    with_a_stick,
    with_papers,
    with_two_revisions,
)
from hoctap_desktop.ui.consolidation.totals_dialogs import ConfirmDialog, ReasonDialog
from hoctap_desktop.ui.first_run.window import CHOOSE, KEY, PAPER, PLACES, TYPE
from hoctap_desktop.ui.plan import shots as plan_shots
from hoctap_desktop.ui.screenshots import PLAN_AT, SENT_AT, UPPER, UPPER_AT
from hoctap_desktop.ui.settings_page.key_dialogs import UnitKeysDialog
from hoctap_desktop.ui.submission.key_dialog import KeyDialog
from hoctap_desktop.ui.widgets.coding_dialog import ask_coding
from tests.offices import ask_two_questions
from tests.ui.walk import acts
from tests.ui.walk.acts import upper
from tests.ui.walk.scene import REPORT, Scene, dialog_after, file_dialog, menu_of, menu_over, on_page, pages_only

SCENES: tuple[Scene, ...] = (
    Scene("home", "home", before=shots.plan_sent_report_begun),
    Scene("home of an upper office", "home", unit=UPPER, at=UPPER_AT, before=with_papers),
    Scene("home, the number", "home", act=on_page(lambda p: p._ask_number(REPORT, Kind.REPORT))),
    Scene("plan, first part", "plan", at=PLAN_AT),
    Scene("plan, the text", "plan", at=PLAN_AT, act=pages_only(acts.plan_text)),
    Scene("plan, search", "plan", at=PLAN_AT, act=pages_only(lambda p: p.ask_search())),
    Scene("plan, other words", "plan", at=PLAN_AT, act=pages_only(acts.replace)),
    Scene("plan, final", "plan", before=lambda store: finalise(store, "2022-plan")),
    Scene(
        "plan of last year",
        "plan",
        at=plan_shots.NEXT_YEAR_AT,
        before=plan_shots.next_year,
        act=pages_only(plan_shots.begun_from_last_year),
    ),
    Scene("plan, old plans", "plan", at=PLAN_AT, act=menu_of("read_button")),
    Scene("plan, an old plan read", "plan", at=PLAN_AT, act=on_page(acts.as_a_plan)),
    Scene("plan, finalise", "plan", at=PLAN_AT, act=on_page(lambda p: p.ask_finalise())),
    Scene("plan, part", "plan", at=PLAN_AT, act=pages_only(lambda p: p.pick_part())),
    Scene("diary", "diary"),
    Scene(
        "report, the head",
        "report",
        before=shots.report_being_filled,
        act=pages_only(lambda p: p.forms.show("head", focus=True)),
    ),
    Scene("report, a long text", "report", act=pages_only(lambda p: p.forms.show("direction", focus=True))),
    Scene("report, money", "report", act=pages_only(lambda p: p.forms.show("funding", focus=True))),
    Scene("report, figures", "report", "talks", before=shots.report_being_filled),
    Scene("report, foot", "report", act=pages_only(lambda p: p.forms.show("foot", focus=True))),
    Scene("report, final", "report", before=shots.report_final),
    Scene("report, finalise", "report", act=on_page(lambda p: p.final.ask_final())),
    Scene("report, amend", "report", before=shots.report_final, act=on_page(lambda p: p.final._ask_amend())),
    Scene("report, classes", "report", act=on_page(lambda p: p.changes.list_classes())),
    Scene("report, a paste", "report", act=on_page(acts.paste)),
    Scene("report, no number yet", "report", act=pages_only(acts.no_number)),
    Scene("report, from Excel", "report", act=on_page(acts.differences)),
    Scene("report, Excel", "report", act=acts.menu_of_workbook),
    Scene("report, menu of a cell", "report", "talks", act=menu_over(lambda p: p.grid)),
    Scene("report, history of a field", "report", "talks", act=on_page(lambda p: p.history.open_field())),
    Scene(
        "report, time line", "report", before=shots.report_being_filled, act=on_page(lambda p: p.history.open_line())
    ),
    Scene("report, trash", "report", act=on_page(lambda p: p.history.trash.open())),
    Scene("report, from the diary", "report", act=on_page(lambda p: p.diary.ask_take_all())),
    Scene("print", "print", REPORT, before=shots.report_final, act=pages_only(shots._with_a_printer)),
    Scene("print, search", "print", REPORT, before=shots.report_final, act=pages_only(lambda p: p.reader.search.ask())),
    Scene("export, nothing", "export"),
    Scene("export", "export", at=SENT_AT, before=shots.report_final),
    Scene("export, written", "export", at=SENT_AT, before=shots.report_final, act=pages_only(shots._onto_a_stick)),
    Scene(
        "export, new key",
        "export",
        before=shots.report_final,
        act=on_page(lambda p: KeyDialog(p, print, new=True).open()),
    ),
    Scene(
        "export, key", "export", before=shots.report_final, act=on_page(lambda p: KeyDialog(p, print, new=False).open())
    ),
    Scene(
        "receive, an encrypted file",
        "receive",
        unit=UPPER,
        at=UPPER_AT,
        act=on_page(lambda p: KeyDialog(p, print, new=False, opens="khóa cũ, thay ngày 12/10/2022").open()),
    ),
    Scene("report, attached", "report", act=on_page(acts.attached)),
    Scene("receive, nothing", "receive", unit=UPPER, at=UPPER_AT, before=with_a_stick),
    Scene("receive", "receive", unit=UPPER, at=UPPER_AT, before=with_a_stick, act=pages_only(read_the_stick)),
    Scene("receive, of the turn before", "receive", unit=UPPER, at=UPPER_AT, before=with_a_stick, act=acts.left_over),
    Scene("receive, compare", "receive", unit=UPPER, at=UPPER_AT, before=with_a_stick, act=dialog_after(acts.compare)),
    Scene(
        "receive, next step", "receive", unit=UPPER, at=UPPER_AT, before=with_a_stick, act=dialog_after(acts.copy_again)
    ),
    Scene("receive, watched folder", "receive", unit=UPPER, at=UPPER_AT, act=on_page(lambda p: p.ask_inbox())),
    Scene(
        "receive, turns",
        "receive",
        unit=UPPER,
        at=UPPER_AT,
        before=with_two_revisions,
        act=menu_of("turns"),
    ),
    Scene("beside", "beside", unit=UPPER, at=UPPER_AT, before=with_two_revisions),
    Scene(
        "beside, return",
        "beside",
        unit=UPPER,
        at=UPPER_AT,
        before=with_two_revisions,
        act=on_page(lambda p: p.ask_return()),
    ),
    Scene("received", "received", unit=UPPER, at=UPPER_AT, before=with_papers, act=acts.first_paper),
    Scene(
        "received, to look at", "received", unit=UPPER, at=UPPER_AT, before=with_papers, act=acts.first_paper_at("look")
    ),
    Scene(
        "received, beside", "received", unit=UPPER, at=UPPER_AT, before=with_papers, act=acts.first_paper_at("compare")
    ),
    Scene("totals, two persons", "totals", unit=UPPER, at=UPPER_AT, before=acts.two_persons),
    Scene("received, replies", "received", unit=UPPER, at=UPPER_AT, before=with_papers, act=dialog_after(acts.replies)),
    Scene(
        "keying, whose",
        "keying",
        ("", "", "board"),
        unit=UPPER,
        at=UPPER_AT,
        before=with_papers,
        act=on_page(lambda _p: None),
    ),
    Scene("keying", "keying", ("05812-THCS", "report", "board"), unit=UPPER, at=UPPER_AT, before=with_papers),
    Scene(
        "keying, decide",
        "keying",
        ("05812-THCS", "report", "board"),
        unit=UPPER,
        at=UPPER_AT,
        before=with_papers,
        act=on_page(acts.decide),
    ),
    Scene("board", "board", unit=UPPER, at=UPPER_AT, before=with_papers),
    Scene("board, missing", "board", unit=UPPER, at=UPPER_AT, before=with_a_stick),
    Scene("board, groups", "board", unit=UPPER, at=UPPER_AT, before=with_papers, act=pages_only(acts.grouped)),
    Scene("board, nobody", "board", unit=UPPER, at=UPPER_AT, act=pages_only(acts.nobody)),
    Scene("board, menu", "board", unit=UPPER, at=UPPER_AT, before=with_papers, act=menu_of("more")),
    Scene("board, order", "board", unit=UPPER, at=UPPER_AT, before=with_papers, act=menu_of("sight")),
    upper("board, paper", "board", lambda p: p.receive_paper()),
    upper("board, day", "board", acts.day_of_receipt),
    Scene("remind", "remind", (None, None), unit=UPPER, at=UPPER_AT, before=with_a_stick),
    Scene("letter", "letter", ((Kind.REPORT,), None, None), unit=UPPER, at=UPPER_AT, before=with_a_stick),
    Scene("totals", "totals", unit=UPPER, at=UPPER_AT, before=with_papers),
    upper("units, one", "units", lambda p: p.open_unit("05812")),
    upper("units, the end", "units", lambda p: p._open_end(p._below("05812"))),
    upper("units, own days", "campaign", lambda p: p.ask_unit_days("05812-THCS")),
    upper("units, elsewhere", "units", lambda p: p._open_elsewhere(p._below("05812"))),
    upper("totals, own numbers", "totals", lambda p: p.ask_own()),
    Scene("totals, own numbers left", "totals", unit=UPPER, at=UPPER_AT, before=with_papers, act=acts.own_left),
    upper("totals, confirm", "totals", lambda p: ConfirmDialog(p, "Số người tham gia", "535", ("15",), print).open()),
    upper("totals, reason", "totals", lambda p: ReasonDialog(p, "Vì sao", "Số khác tổng", print).open()),
    Scene("report, a newer form", "report", act=on_page(lambda p: acts.upgrade_dialog(p).open())),
    upper("totals, since sent", "totals", lambda p: acts.since(p).open()),
    upper("settings, a token", "settings", lambda p: acts.token(p).open()),
    upper("units, a sheet", "units", lambda p: acts.sheet(p).open()),
    upper("settings, passphrase", "settings", lambda p: acts.secret(p).open()),
    upper("settings, keys of units", "settings", lambda p: UnitKeysDialog(p, (), print, print).open()),
    Scene(
        "totals, print", "totals", unit=UPPER, at=UPPER_AT, before=with_papers, act=on_page(lambda p: p.paper.click())
    ),
    Scene(
        "totals, the report",
        "totals",
        unit=UPPER,
        at=UPPER_AT,
        before=with_papers,
        act=on_page(lambda p: p._ask_report()),
    ),
    Scene("units", "units", unit=UPPER, at=UPPER_AT),
    Scene("units, none", "units"),
    Scene("units, form", "units", unit=UPPER, at=UPPER_AT, act=on_page(lambda page: page.open_unit("05812-THCS"))),
    Scene("units, from the list", "units", unit=UPPER, at=UPPER_AT, act=on_page(lambda page: page.open_gazetteer())),
    Scene("campaign", "campaign", unit=UPPER, at=UPPER_AT),
    Scene("campaign, form", "campaign", "form", unit=UPPER, at=UPPER_AT),
    Scene("campaign, asked more", "campaign", "form", unit=UPPER, at=UPPER_AT, before=ask_two_questions),
    Scene(
        "campaign, no days",
        "campaign",
        unit=UPPER,
        at=UPPER_AT,
        act=on_page(lambda p: p._told_missing(("", "Đợt chưa có hạn nộp kế hoạch, báo cáo: không thấy ngày cuối."))),
    ),
    Scene(
        "campaign, question of the upper unit reworded",
        "campaign",
        "form",
        unit=UPPER,
        at=UPPER_AT,
        act=on_page(lambda page: page._ask_which("Số chuyến thư viện lưu động", "talks", "Số xe sách", print)),
    ),
    Scene(
        "campaign, asked more, written",
        "campaign",
        unit=UPPER,
        at=UPPER_AT,
        before=ask_two_questions,
        act=on_page(lambda page: page.send.click()),
    ),
    Scene("campaign, as a clerk", "campaign", "trial", unit=UPPER, at=UPPER_AT),
    Scene("campaign, question", "campaign", "form", unit=UPPER, at=UPPER_AT, act=on_page(lambda p: p.add_question())),
    Scene("settings", "settings"),
    Scene("settings of an upper office", "settings", unit=UPPER, at=UPPER_AT),
    Scene("help", "report", act=lambda window: window.show_help()),
    Scene("problem", "home", act=acts.problem(Code.FILE_UNWRITABLE)),
    Scene("a bug", "home", act=acts.bug),
    Scene("closing", "home", act=acts.closing),
    Scene("closing, unsaved", "home", act=acts.unsaved),
    Scene(
        "old letters",
        "home",
        act=on_page(lambda p: ask_coding(p, "Chữ theo bảng mã cũ", "K\u00d5 ho\u00b9ch", "Kế hoạch", print)),
    ),
    Scene("a PDF with more than pages", "home", act=on_page(lambda p: ask_before_opening(p, "to-trinh.pdf", print))),
    Scene("files", "receive", unit=UPPER, at=UPPER_AT, act=file_dialog(lambda p: p._pick_files())),
    Scene("folder", "receive", unit=UPPER, at=UPPER_AT, act=file_dialog(lambda p: p._pick_folder())),
    Scene("save as", "board", unit=UPPER, at=UPPER_AT, act=file_dialog(lambda p: p._save_excel())),
    Scene("first run, choose", "", CHOOSE),
    Scene("first run, typed", "", TYPE),
    Scene("first run, paper", "", PAPER),
    Scene("first run, places", "", PLACES),
    Scene("first run, key", "", KEY),
    Scene("first run, sample", "", CHOOSE, act=lambda window: window.ask_sample()),
)
