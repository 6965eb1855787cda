"""What an office made itself comes back on the stick: it is told what it is for, and nothing is written."""

from pathlib import Path

from hoctap_desktop.consolidation.desk import receive
from hoctap_desktop.consolidation.overview import current_board
from hoctap_desktop.consolidation.reviewing import replies_due
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.foundation.progress import silent
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.submission.campaigns import issue_campaign
from hoctap_desktop.submission.enrolment import accept, init_key, issue_roster, request
from hoctap_desktop.submission.own_keys import new_key
from hoctap_desktop.submission.replies import issue_reply
from hoctap_desktop.ui.arrived import Next, look_at
from tests.consolidation.papers import COMMUNE, paper, put
from tests.consolidation.papers import request as asked
from tests.offices import CLOCK

PASSPHRASE, FEW = "che xanh buoi som", 1000
_DOWN = "Hãy chép xuống cho các đơn vị cấp dưới mở trên máy của mình."
_USES = {
    "gói đợt": _DOWN,
    "danh sách khóa": _DOWN,
    "đăng ký khóa": "Hãy nộp «Sở GDĐT tỉnh Thái Nguyên» cùng phiếu đăng ký có dấu.",
    "phiếu trả lời": "Hãy chuyển cho «UBND xã Hà Thượng» mở trên máy của mình.",
}


def test_own_files_say_what_they_are_for_and_change_nothing(tmp_path: Path) -> None:
    store = make_sample(tmp_path / "phong.hoctap", CLOCK, "19-171-GDDT")
    key = init_key(store, PASSPHRASE, CLOCK(), FEW)
    enrolled = request(store, key, CLOCK()).sealed
    stranger = asked(COMMUNE)
    accept(store, stranger.data, stranger.name, CLOCK())
    receive(store, silent, [put(tmp_path / "a", paper(COMMUNE, {"participants": 3}))])
    (due,) = replies_due(store, current_board(store))
    made = (
        issue_campaign(store, key, CLOCK()),
        issue_roster(store, key, CLOCK()),
        enrolled,
        issue_reply(store, *due, key, CLOCK()),
    )
    new_key(store, PASSPHRASE, CLOCK(), key, FEW)  # the key of before is the office's own too
    stick = put(tmp_path / "b", *made)
    (stick / "z.htgoi").write_bytes(b"no package")  # one more: files are judged together
    told = {line.file: line for line in receive(store, silent, [stick]).lines}
    said = [told[one.name] for one in made]
    assert [(line.outcome, line.code) for line in said] == [(Outcome.UNCHANGED, Code.OWN_FILE_BACK)] * 4
    for line, (what, use) in zip(said, _USES.items(), strict=True):
        assert line.sentence == f"Đây là {what} của chính cơ quan này. {use} Không nhập ở đây."
    for one in made:
        opened = look_at(store, stick / one.name)
        assert (opened.next, opened.code) == (Next.NOTHING, Code.OWN_FILE_BACK)
        assert "chính cơ quan này" in opened.text
    store.close()
