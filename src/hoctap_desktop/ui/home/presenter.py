"""The road of one campaign: which steps, in what state, and what the one card says. No widgets, no store."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.ui.home.due import WORDS, days_late, due_facts, due_words, late_words
from hoctap_desktop.ui.home.due import chip as chip_of
from hoctap_desktop.ui.home.facts import Button, CardFacts, HomeFacts, PaperFacts, ReceiptFacts, Road, Step

_OPEN_ICON = "arrow-right"


def road(facts: HomeFacts) -> Road:
    """The steps of the year in order, exactly one of them with the card; and the deadline that comes next."""
    steps = _steps_of(facts)
    done = {step: _is_done(facts, step) for step in steps}
    now = _now(facts, steps, done)
    made = tuple(_step(facts, step, number, done, now) for number, step in enumerate(steps, 1))
    note = ""
    if facts.newer_year:
        note = f"Máy chưa có đợt của năm {facts.newer_year}. Dưới đây là đợt trước."
    return Road(f"Việc của {facts.word} trong đợt này", made, due_facts(facts, now[1] or _last_kind(facts)), note)


# A step is named by its act and, but for two, its paper.
_MAKE, _PRINT, _SEND, _DIARY, _RECEIPT = "make", "print", "send", "diary", "receipt"
_StepId = tuple[str, Kind | None]
_TITLES = {_MAKE: "Lập {name}", _PRINT: "In, trình ký {name}"}


def _steps_of(facts: HomeFacts) -> tuple[_StepId, ...]:
    """Whoever owes no report keeps no diary for it."""
    found: list[_StepId] = []
    for kind in (Kind.PLAN, Kind.REPORT):
        if kind in facts.owes:
            if kind is Kind.REPORT:
                found.append((_DIARY, None))
            found += [(act, kind) for act in (_MAKE, _PRINT, _SEND)]
    return (*found, (_RECEIPT, None))


def _last_kind(facts: HomeFacts) -> Kind:
    return Kind.REPORT if Kind.REPORT in facts.owes else Kind.PLAN


def _is_done(facts: HomeFacts, step: _StepId) -> bool:
    act, kind = step
    if act == _RECEIPT:
        receipt, paper = facts.receipts.get(_last_kind(facts)), facts.paper(_last_kind(facts))
        return (
            receipt is not None
            and paper is not None
            and paper.final
            and receipt.revision == paper.revision
            and receipt.state == "accepted"
        )
    if act == _DIARY:
        return facts.report is not None and facts.report.final and facts.today > facts.week_to
    assert kind is not None
    paper = facts.paper(kind)
    if paper is None or not paper.final or facts.returned(kind):
        return False
    if act == _MAKE:
        return True
    sent = paper.sent_at is not None
    # A paper that was sent had been signed, whether or not its number was noted here.
    return sent if act == _SEND else sent or bool(paper.document_number or paper.document_day)


def _now(facts: HomeFacts, steps: Sequence[_StepId], done: Mapping[_StepId, bool]) -> _StepId:
    """The step with the card: the first not done. After the Week the report goes before the plan; until its end, with
    the plan gone and no report begun, the diary is what there is to do.

    With the last paper sent, a plan that was begun is work still; one that never was is not asked for any more.
    """

    def first_open(kind: Kind) -> _StepId | None:
        return next((step for step in steps if step[1] is kind and not done[step]), None)

    plan, report = first_open(Kind.PLAN), first_open(Kind.REPORT)
    if Kind.REPORT not in facts.owes:
        return plan or (_RECEIPT, None)
    if report is None:
        return plan if plan and facts.plan is not None else (_RECEIPT, None)
    if facts.today > facts.week_to:
        return report
    if plan is not None:
        return plan
    return report if facts.report is not None else (_DIARY, None)


def _step(facts: HomeFacts, step: _StepId, number: int, done: Mapping[_StepId, bool], now: _StepId) -> Step:
    act, kind = step
    if kind is None:
        return _diary_step(facts, number, now) if act == _DIARY else _receipt_step(facts, number, done[step], now)
    paper, name = facts.paper(kind), WORDS[kind]
    title = _TITLES.get(act, "").format(name=name)
    if act == _SEND:
        title = f"{'Gửi kế hoạch' if kind is Kind.PLAN else 'Xuất gói, gửi'} lên {facts.upper_word}"
    late = days_late(facts, kind)
    if step == now:
        return Step(number, title, "overdue" if late else "now", card=_card(facts, act, kind, paper))
    if done[step] and paper is not None:
        return Step(number, title, "done", _done_note(act, paper, facts), _look_button(act, kind))
    before = [(one, kind) for one in (_MAKE, _PRINT, _SEND)]
    reachable = all(done[one] for one in before[: before.index((act, kind))])
    passed = kind is Kind.PLAN and (now[1] is not Kind.PLAN)
    if step == (_MAKE, Kind.REPORT) or (passed and reachable):
        chip = ("circle-alert", "danger", f"Quá hạn {late} ngày") if late else None
        note, button = _open_note(act, paper, facts, kind), _next_button(act, kind, paper, facts)
        return Step(number, title, "overdue" if late else "open", note, button, chip=chip)
    return Step(number, title, "later", _later_note(act, kind, facts))


def _diary_step(facts: HomeFacts, number: int, now: _StepId) -> Step:
    title, said = "Ghi nhật ký hoạt động", facts.diary
    noted = f"Đã ghi {said.entries} hoạt động" if said is not None and said.entries else ""
    closed = facts.report is not None and facts.report.final
    over, begun = facts.today > facts.week_to, facts.week_from is None or facts.today >= facts.week_from
    if facts.today == facts.week_to:
        when = "Tuần lễ kết thúc hôm nay"
    elif begun and not over:
        when = f"Tuần lễ đến hết ngày {print_date(facts.week_to)}"
    elif over:
        when = f"Tuần lễ đã kết thúc ngày {print_date(facts.week_to)}"
    else:
        assert facts.week_from is not None
        when = f"Tuần lễ bắt đầu ngày {print_date(facts.week_from)}"
    if now == (_DIARY, None):
        text = f"{when}. Ghi mỗi việc đã làm ngay trong ngày, khi lập báo cáo máy điền số từ đây."
        looks = (("warn", f"{said.waiting} việc trong kế hoạch chưa ghi"),) if said is not None and said.waiting else ()
        words = "Ghi thêm hoạt động" if noted else "Ghi nhật ký"
        return Step(
            number, title, "now", card=CardFacts(_and(noted, text), Button("diary", words, "notebook-pen"), looks=looks)
        )
    button = Button("diary", "Ghi thêm" if noted and not closed else "Xem lại" if closed else "Ghi")
    if closed and over:
        return Step(number, title, "done", noted or "Không ghi hoạt động nào", button)
    if not begun and not noted:
        return Step(number, title, "later", when)
    return Step(number, title, "open", _and(noted, when), button)


def _receipt_step(facts: HomeFacts, number: int, done: bool, now: _StepId) -> Step:
    kind = _last_kind(facts)
    paper, name, title = facts.paper(kind), WORDS[kind], "Nhận phiếu tiếp nhận"
    receipt = facts.receipts.get(kind)
    by = _by(facts, receipt)
    if now != (_RECEIPT, None) or paper is None:
        if done and receipt is not None:
            said = f"{by} nhận {name} ngày {print_date(receipt.day)}, đã duyệt. {_which(receipt, paper)}"
            return Step(number, title, "done", said, _look_button(_SEND, kind))
        return Step(number, title, "later", f"Khi {facts.upper_word} đã nhận gói và có dấu trên bản giấy")
    look, page = (
        Button(f"export {kind.value}", "Xem gói đã xuất", "package"),
        Button(f"print {kind.value}", "Xem trang in", "eye"),
    )
    late = late_words(facts, kind, paper)
    package = f"Gói {name} xuất ngày {_day(paper.sent_at)}{late}, mã giấy {_code(paper.paper_code)}."
    if Kind.PLAN in facts.owes and facts.plan is None and kind is Kind.REPORT:
        package = f"Đợt này chưa lập kế hoạch. {package}"
    if done and receipt is not None:
        text = f"Đã xong việc của đợt này. {by} nhận {name} ngày {print_date(receipt.day)}, đã duyệt. {package}"
        return Step(number, title, "done", card=CardFacts(text, look, page, ("circle-check", "ok", "Đã duyệt")))
    if receipt is not None and receipt.revision == paper.revision:
        text = f"{by} đã nhận {name} ngày {print_date(receipt.day)}, chưa duyệt. {package}"
        return Step(number, title, "now", card=CardFacts(text, look, page, ("inbox", "pri", "Đã nhận")))
    text = (
        f"{package} Nộp gói cùng bản giấy có dấu rồi xin {facts.upper_word} ký nhận vào bản giấy: máy không nối mạng "
        "nên không tự biết gói đã tới nơi."
    )
    return Step(number, title, "now", card=CardFacts(text, look, page, ("clock", "plain", "Chờ phiếu")))


def _which(receipt: ReceiptFacts, paper: PaperFacts | None) -> str:
    """ "Lần 1, mã giấy 7K3M-Q9TX-2HBV." """
    code = receipt.paper_code or (paper.paper_code if paper is not None else "")
    return f"Lần {receipt.revision}" + (f", mã giấy {_code(code)}." if code else ".")


def _by(facts: HomeFacts, receipt: ReceiptFacts | None) -> str:
    """Who answered: "Huyện"; by its name when the unit reports to another one by now."""
    word = receipt.former if receipt is not None and receipt.former else facts.upper_word
    return word[:1].upper() + word[1:]


def _and(first: str, second: str) -> str:
    return f"{first}. {second}" if first else second


def _done_note(act: str, paper: PaperFacts, facts: HomeFacts) -> str:
    again = f", lần {paper.revision}" if paper.revision > 1 else ""
    if act == _MAKE:
        return f"Chốt ngày {_day(paper.finalised_at)}{again}"
    if act == _PRINT:
        number = f"Số {paper.document_number}/{paper.symbol}" if paper.document_number else ""
        signed = f"ký ngày {print_date(paper.document_day)}" if paper.document_day else ""
        said = ", ".join(part for part in (number, signed) if part)
        return said[:1].upper() + said[1:] if said else "Đã xuất gói; chưa ghi số và ngày ký"
    receipt = facts.receipts.get(paper.kind)
    if receipt is not None and receipt.revision == paper.revision and receipt.state != "returned":
        verb = "duyệt" if receipt.state == "accepted" else "nhận"
        return f"{_by(facts, receipt)} đã {verb} ngày {print_date(receipt.day)}{again}"
    return f"Đã xuất gói ngày {_day(paper.sent_at)}{again}{late_words(facts, paper.kind, paper)}"


def _open_note(act: str, paper: PaperFacts | None, facts: HomeFacts, kind: Kind) -> str:
    if act == _MAKE:
        if paper is None:
            return "Chưa bắt đầu" if kind is Kind.PLAN else f"Sau Tuần lễ, từ ngày {facts.week_to:%d/%m/%Y}"
        if (answer := facts.returned(kind)) is not None:
            return f"Bị trả lại ngày {print_date(answer.day)}: {answer.reason}"
        left = f"còn {paper.must_fix} chỗ phải sửa, " if paper.must_fix else ""
        what = f"Đang sửa lần {paper.revision}" if paper.revision > 1 else "Đang làm"
        return f"{what}, {left}sửa gần nhất {_moment(paper.changed_at, facts.today)}"
    if act == _PRINT:
        return "Đã chốt, chưa ghi số và ngày ký"
    return "Đã ký, chưa xuất gói" if facts.upper_name else "Đã ký; chưa khai cấp trên nhận gói"


def _later_note(act: str, kind: Kind, facts: HomeFacts) -> str:
    if act == _MAKE:
        return "Chưa bắt đầu"
    if act == _PRINT:
        return f"Khi đã chốt {WORDS[kind]} để in"
    due = facts.due(kind)
    said = f"{due_words(due)}, kèm bản giấy có dấu" if due else "Kèm bản giấy có dấu"
    return said[:1].upper() + said[1:]


def _look_button(act: str, kind: Kind) -> Button:
    if act == _MAKE:
        return Button(f"open {kind.value}", "Xem lại")
    if act == _PRINT:
        return Button(f"print {kind.value}", "Xem lại")
    return Button(f"export {kind.value}", "Xem gói")


def _next_button(act: str, kind: Kind, paper: PaperFacts | None, facts: HomeFacts) -> Button:
    if act == _MAKE:
        return Button(f"begin {kind.value}", "Bắt đầu") if paper is None else Button(f"open {kind.value}", "Mở")
    if act == _PRINT:
        return Button(f"print {kind.value}", "In")
    return Button(f"export {kind.value}", "Xuất gói") if facts.upper_name else Button("settings", "Khai cấp trên")


def _card(facts: HomeFacts, act: str, kind: Kind, paper: PaperFacts | None) -> CardFacts:
    name, chip = WORDS[kind], chip_of(facts, kind)
    if act == _MAKE:
        return _make_card(facts, kind, paper, chip)
    if act == _PRINT:
        closed = _day(paper.finalised_at if paper else None)
        again = f" lần {paper.revision}" if paper is not None and paper.revision > 1 else ""
        return CardFacts(
            f"Đã chốt{again} ngày {closed}. In ra trình ký, đóng dấu rồi ghi số và ngày ký.",
            Button(f"print {kind.value}", f"In, trình ký {name}", "printer"),
            Button(f"signed {kind.value}", "Ghi số, ngày ký", "stamp"),
            chip,
        )
    look = Button(f"print {kind.value}", "Xem trang in", "eye")
    if not facts.upper_name:
        text = "Chưa khai cấp trên nên chưa biết gửi gói cho nơi nào. Khai một lần trong Thiết lập, lần sau máy nhớ."
        return CardFacts(text, Button("settings", "Khai cấp trên", "settings"), look, chip)
    earlier = paper.earlier_sent if paper is not None else None
    text = f"Ghi một gói có khóa của đơn vị vào USB, mang cùng bản giấy có dấu đến {facts.upper_name}."
    if earlier is not None and paper is not None:
        text = f"Lần {paper.revision} thay bản đã xuất gói ngày {_day(earlier)}. {text}"
    return CardFacts(text, Button(f"export {kind.value}", f"Xuất gói {name}", "usb"), look, chip)


def _make_card(facts: HomeFacts, kind: Kind, paper: PaperFacts | None, chip: tuple[str, str, str] | None) -> CardFacts:
    name, open_it = WORDS[kind], f"open {kind.value}"
    look = Button(f"print {kind.value}", "Xem trang in", "eye")
    if paper is None:
        begin = "Máy điền sẵn những gì đã biết: đơn vị, chủ đề, ngày của Tuần lễ, người ký."
        return CardFacts(begin, Button(f"begin {kind.value}", f"Bắt đầu lập {name}", _OPEN_ICON), None, chip)
    if (answer := facts.returned(kind)) is not None:
        text = f"{_by(facts, answer)} trả lại ngày {print_date(answer.day)}: {answer.reason}"
        text += " Sửa thành lần sau rồi gửi lại."
        return CardFacts(
            text,
            Button(f"resubmit {kind.value}", f"Nộp lại {name}", "undo-2"),
            Button(open_it, "Xem nhận xét", "eye"),
            ("undo-2", "returned", "Trả lại"),
        )
    counts: tuple[tuple[str, int, int, str], ...] = ()
    if paper.written[1]:
        counts += (("Phần viết", *paper.written, "mục"),)
    if paper.cells[1]:
        counts += (("Bảng số liệu", *paper.cells, "ô"),)
    looks: tuple[tuple[str, str], ...] = ()
    if paper.must_fix:
        looks += (("block", f"{paper.must_fix} chỗ phải sửa"),)
    if paper.look_again:
        looks += (("warn", f"{paper.look_again} chỗ nên xem lại"),)
    text = f"Lần sửa gần nhất {_moment(paper.changed_at, facts.today)}."
    if paper.earlier_sent is not None:
        text = f"Đang sửa lần {paper.revision}; lần trước đã xuất gói ngày {_day(paper.earlier_sent)}. {text}"
    elif paper.revision > 1:
        text = f"Đang sửa lần {paper.revision}. {text}"
    if kind is Kind.PLAN and facts.report is not None and facts.report.sent_at is not None:
        left = f"còn {paper.must_fix} chỗ phải sửa" if paper.must_fix else "chưa chốt"
        text = f"Báo cáo đã xuất gói. Kế hoạch {left}. {text}"
    ready = not paper.must_fix
    if ready:
        text += " Không còn chỗ phải sửa, chốt được để in."
    words = f"Xem lại và chốt {name}" if ready else f"Làm tiếp {name}"
    return CardFacts(text, Button(open_it, words, _OPEN_ICON), look, chip, counts, looks)


def _day(moment: datetime | None) -> str:
    return print_date(moment.date()) if moment else "chưa rõ"


def _moment(moment: datetime | None, today: date) -> str:
    if moment is None:
        return "chưa có"
    return f"{moment:%H:%M} hôm nay" if moment.date() == today else f"ngày {print_date(moment.date())}"


def _code(code: str) -> str:
    """7K3MQ9TX2HBV in three groups; a code that has its hyphens stays."""
    bare = code.replace("-", "")
    return "-".join(bare[place : place + 4] for place in range(0, len(bare), 4)) or "chưa có"
