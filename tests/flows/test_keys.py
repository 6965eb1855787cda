"""Keys from both ends: a unit changes its key, the upper office changes its own, a key is stolen; papers go on."""

from pathlib import Path

from hoctap_desktop.consolidation.intake import intake, release
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.office.filings import finalise
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.submission.coming_down import take_down, trust_upper
from hoctap_desktop.submission.enrolment import accept, init_key, issue_roster, request, revoke
from hoctap_desktop.submission.own_keys import new_key
from hoctap_desktop.submission.seal import Sealed
from hoctap_desktop.submission.sending import resubmit, seal
from tests.offices import CLOCK

UPPER = "19-171-GDDT"
PASSPHRASE, FEW = "mật khẩu dài", 1000


def onto(stick: Path, *files: Sealed) -> Path:
    for file in files:
        stick.mkdir(exist_ok=True)
        (stick / file.name).write_bytes(file.data)
    return stick


def test_papers_go_on_through_new_keys_on_both_sides_and_a_theft(tmp_path: Path) -> None:
    commune = make_sample(tmp_path / "xa.hoctap", CLOCK)
    upper = make_sample(tmp_path / "phong.hoctap", CLOCK, UPPER)
    at = CLOCK()

    # the first keys, compared on paper in both directions
    key, theirs = init_key(commune, PASSPHRASE, at, FEW), init_key(upper, PASSPHRASE, at, FEW)
    asked = request(commune, key, at).sealed
    accept(upper, asked.data, asked.name, at, key.fingerprint)
    listed = issue_roster(upper, theirs, at)
    trust_upper(commune, listed.data, listed.name, at, theirs.fingerprint)
    assert take_down(commune, listed.data, listed.name).code is None

    # the unit changes its key: request and package on one stick, the old key vouches
    key = new_key(commune, PASSPHRASE, at, key, FEW)
    finalise(commune, "2022-report")
    stick = onto(tmp_path / "A", request(commune, key, at).sealed, seal(commune, "2022-report", key, at))
    lines = {one.paper: one for one in intake(upper, [stick]).lines}
    assert {one.outcome for one in lines.values()} == {Outcome.WAITING}
    assert sum("Khóa cũ xác nhận" in one.sentence for one in lines.values()) == 1
    (file,) = stick.glob("*dang-ky*")
    accept(upper, file.read_bytes(), file.name, at, key.fingerprint)
    assert [one.outcome for one in release(upper, key.key_hash).lines] == [Outcome.TAKEN]

    # the upper office changes its own: its next list is taken without paper
    theirs = new_key(upper, PASSPHRASE, at, theirs, FEW)
    listed = issue_roster(upper, theirs, at)
    told = take_down(commune, listed.data, listed.name)
    assert (told.code, "khóa cũ xác nhận" in told.sentence) == (None, True)

    # the unit's key is stolen: nothing more by it, the next one begins a new epoch
    revoke(upper, "05812", at)
    resubmit(commune, "2022-report")
    finalise(commune, "2022-report")
    stolen = onto(tmp_path / "B", seal(commune, "2022-report", key, at))
    assert [one.code for one in intake(upper, [stolen]).lines] == [Code.REVOKED_KEY]
    key = new_key(commune, PASSPHRASE, at, None, FEW)
    asked = request(commune, key, at).sealed
    accepted = accept(upper, asked.data, asked.name, at, key.fingerprint)
    assert (accepted.key.epoch, accepted.notes) == (2, ())
    resubmit(commune, "2022-report")
    finalise(commune, "2022-report")
    fresh = onto(tmp_path / "C", seal(commune, "2022-report", key, at))
    assert [one.outcome for one in intake(upper, [fresh]).lines] in ([Outcome.TAKEN], [Outcome.REPLACED])
    commune.close()
    upper.close()
