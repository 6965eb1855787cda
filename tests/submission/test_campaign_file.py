"""A campaign on its way down: what it says, who may say it, what it installs, and what it never writes over."""

import dataclasses
import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.campaign.model import Campaign, Deadline
from hoctap_desktop.campaign.repository import (
    active,
    campaign_by_id,
    choose,
    known_campaigns,
    save_office,
    with_deadlines,
)
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.filing.model import FormRef
from hoctap_desktop.form import loader
from hoctap_desktop.form.loader import form_by_id, form_for_unit, known_forms
from hoctap_desktop.form.taken import issued_forms, learn, taken_forms
from hoctap_desktop.foundation import canonical_json, paths
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.campaign_file import CampaignFile, SentForm, campaign_from_json, campaign_json
from hoctap_desktop.submission.campaigns import campaign_to_send, issue_campaign
from hoctap_desktop.submission.coming_down import take_down, trust_upper
from hoctap_desktop.submission.container import ANSWERS, PackageKind
from hoctap_desktop.submission.examine import describe
from hoctap_desktop.submission.keys import Key, make_key
from hoctap_desktop.submission.seal import Sealed, seal_campaign
from hoctap_desktop.units.unit_table import CODE
from tests.offices import HA_THUONG, NOW, commune_store, dai_tu, upper_store
from tests.submission.packages import edit_json, forge, other_key

UPPER = dai_tu().own
REPORT = (paths.forms() / "report" / "v1.toml").read_text(encoding="utf-8")
# The same form, one version on, with another name for its page.
NEWER = REPORT.replace("version = 1\n", "version = 2\n", 1)
CAMPAIGN = Campaign("2026", 2026, ("Chủ đề của năm",), date(2026, 10, 1), date(2026, 10, 7))


@pytest.fixture(autouse=True)
def as_it_shipped() -> Iterator[None]:
    """What one test taught the process, the next one does not know."""
    yield
    campaigns.know(())
    loader.know(())


@pytest.fixture(scope="module")
def key() -> Key:
    return make_key(UPPER.name, UPPER.code, NOW)


@pytest.fixture
def store(tmp_path: Path, key: Key) -> Iterator[Store]:
    """Hà Thượng, which has compared the key of its upper unit."""
    store = commune_store(tmp_path / "xa.hoctap")
    first = sent(key)
    trust_upper(store, first.data, first.name, NOW)
    yield store
    store.close()


def form(text: str = NEWER) -> SentForm:
    data = text.encode()
    read = loader.parse_form(data, "x")
    return SentForm(FormRef(read.id, read.version, hashlib.sha256(data).hexdigest()), text)


def sent(key: Key, number: int = 1, campaign: Campaign = CAMPAIGN, forms: tuple[SentForm, ...] = ()) -> Sealed:
    return seal_campaign(UPPER, CampaignFile(campaign, forms), number, None, key, NOW)


def due(day: date, kind: str = "report", level: str = "commune", unit: str = "", inclusive: bool = False) -> Deadline:
    return Deadline(kind, level, day, inclusive, unit)


def taken(store: Store, sealed: Sealed) -> tuple[Code | None, str]:
    verdict = take_down(store, sealed.data, sealed.name)
    return verdict.code, verdict.sentence


def test_a_campaign_reads_back_as_it_was_written() -> None:
    deadlines = (due(date(2026, 10, 20)), due(date(2026, 10, 25), unit="05812", inclusive=True))
    whole = CampaignFile(dataclasses.replace(CAMPAIGN, deadlines=deadlines, sources=("Kế hoạch 1",)), (form(),))
    assert campaign_from_json(campaign_json(whole)) == whole


def test_a_paper_nobody_owes_travels_where_a_reader_from_before_reads_past_it(store: Store, key: Key) -> None:
    free = frozenset({("plan", "commune"), ("report", "school")})
    whole = CampaignFile(dataclasses.replace(CAMPAIGN, deadlines=(due(date(2026, 10, 20)),), free=free), (form(),))
    data = campaign_json(whole)
    assert campaign_from_json(data) == whole
    content: Any = canonical_json.decode(data)
    said = content["campaign"]["deadlines"]
    assert [set(one) for one in said] == [
        {"day", "inclusive", "kind", "level", "unit"}
    ] * 3  # the fields there always were
    # a reader from before has no unit of that code: the day of each level is what it was
    assert not re.fullmatch(CODE, "-")
    before = dataclasses.replace(
        CAMPAIGN,
        deadlines=tuple(Deadline(one["kind"], one["level"], CAMPAIGN.week_to, unit=one["unit"]) for one in said),
    )
    assert (before.deadline("plan", "commune", "05812"), before.deadline("report", "school", "x")) == (None, None)
    assert taken(store, sent(key, 1, whole.campaign, whole.forms))[0] is None
    own = with_deadlines(store, "2026")
    assert own.free == {("plan", "commune")}
    assert (own.owes("plan", "commune", "05812"), own.owes("report", "commune", "05812")) == (False, True)


def test_the_upper_office_sends_its_campaign_with_days_and_the_forms_of_those_below(tmp_path: Path, key: Key) -> None:
    upper = upper_store(tmp_path / "huyen.hoctap")
    found = campaign_to_send(upper)
    assert (found.campaign.id, found.campaign.deadlines) == ("2022", with_deadlines(upper, "2022").deadlines)
    assert {one.ref.id for one in found.forms} == {"plan/commune", "plan/school", "report"}
    first = issue_campaign(upper, key, NOW)
    assert issue_campaign(upper, key, NOW + timedelta(days=1)).data == first.data
    office = dai_tu()
    save_office(
        upper, office.own, office.below, office.upper, [*office.deadlines, due(date(2022, 10, 30), unit="05812")]
    )
    second = issue_campaign(upper, key, NOW)
    assert second.name.endswith("dot-2022-lan-2.htgoi")
    assert describe(second.data, second.name).sentence.startswith("Gói đợt 2022, lần 2 của «Phòng GDĐT")
    assert check(upper) == ()
    upper.close()


def test_a_unit_takes_a_campaign_its_form_and_its_days(store: Store, key: Key) -> None:
    campaign = dataclasses.replace(CAMPAIGN, deadlines=(due(date(2026, 10, 20)), due(date(2026, 10, 25), unit="x")))
    code, sentence = taken(store, sent(key, 1, campaign, (form(),)))
    assert code is None
    assert sentence == (
        f"Nhận được: Gói đợt 2026, lần 1, của «{UPPER.short_name}». Đã cài biểu mẫu mới: "
        "«Báo cáo kết quả Tuần lễ» bản 2. Từ nay làm việc với đợt 2026."
    )
    assert known_campaigns()[-1].themes == CAMPAIGN.themes
    assert with_deadlines(store, "2026").deadlines == (due(date(2026, 10, 20)),)
    assert form_for_unit("report", HA_THUONG).version == 2
    assert form_by_id("report", 1).hash == hashlib.sha256(REPORT.encode()).hexdigest()
    assert check(store) == ()


def test_a_campaign_that_did_not_reach_the_disk_and_its_form_are_not_known(store: Store, key: Key) -> None:
    """The disk fills at the commit itself, after the process was told of both."""
    before = known_forms(), known_campaigns()
    sealed, connection = sent(key, forms=(form(),)), store._connection

    def full(action: int, what: str | None, *_: object) -> int:
        # the outer commit, not the savepoints in it
        return sqlite3.SQLITE_DENY if (action, what) == (sqlite3.SQLITE_TRANSACTION, "COMMIT") else sqlite3.SQLITE_OK

    connection.set_authorizer(full)
    with pytest.raises(sqlite3.DatabaseError):
        take_down(store, sealed.data, sealed.name)
    connection.set_authorizer(None)
    assert (known_forms(), known_campaigns()) == before
    assert taken(store, sealed)[0] is None
    assert (known_forms(), known_campaigns()) != before


def test_what_was_taken_is_known_when_the_office_is_opened_again_and_not_in_another_office(
    store: Store, key: Key, tmp_path: Path
) -> None:
    taken(store, sent(key, 1, CAMPAIGN, (form(),)))
    other = commune_store(tmp_path / "khac.hoctap")
    learn(other)
    assert "2026" not in [one.id for one in known_campaigns()]
    assert [one.version for one in known_forms() if one.id == "report"] == [1]
    learn(store)
    assert campaign_by_id("2026") == CAMPAIGN
    assert [one.version for one in taken_forms(store)] == [2]
    other.close()


def test_the_campaign_of_a_newer_year_is_the_one_worked_on_from_then_on(store: Store, key: Key) -> None:
    choose(store, "2022")
    older = dataclasses.replace(campaign_by_id("2021"), themes=("Khác",))
    assert "Từ nay làm việc" not in taken(store, sent(key, 1, older))[1]
    assert active(store).id == "2022"
    assert taken(store, sent(key, 1, CAMPAIGN))[1].endswith(" Từ nay làm việc với đợt 2026.")
    assert active(store).id == "2026"
    choose(store, "2022")  # who goes back to finish last year's is left alone
    again = dataclasses.replace(CAMPAIGN, themes=("Chủ đề sửa lại",))
    assert taken(store, sent(key, 2, again))[0] is None
    assert active(store).id == "2022"


def test_the_days_of_the_upper_unit_stand_before_those_that_were_typed(store: Store, key: Key) -> None:
    office = dai_tu()
    typed = [due(date(2022, 10, 18)), due(date(2022, 10, 1), "plan"), due(date(2022, 10, 19), level="school")]
    save_office(store, HA_THUONG, [], office.own, typed)
    later = dataclasses.replace(campaign_by_id("2022"), deadlines=(due(date(2022, 10, 31), inclusive=True),))
    assert taken(store, sent(key, 1, later))[0] is None
    found = with_deadlines(store, "2022")
    assert found.deadline("report", "commune", "05812") == due(date(2022, 10, 31), inclusive=True)
    assert found.deadline("plan", "commune", "05812") == typed[1]
    assert found.deadline("report", "school") == typed[2]


def test_a_shipped_campaign_that_says_otherwise_is_told(store: Store, key: Key) -> None:
    other = dataclasses.replace(campaign_by_id("2022"), week_to=date(2022, 10, 13), themes=("Khác",))
    code, sentence = taken(store, sent(key, 1, other))
    assert code is None
    assert "Đợt 2022 ở máy này ghi khác về chủ đề, ngày của Tuần lễ; từ nay theo cấp trên." in sentence
    assert campaign_by_id("2022").week_to == date(2022, 10, 13)
    assert taken(store, sent(key, 2, other))[1].endswith("»."), "said once"


def test_a_form_of_the_same_version_with_other_words_lives_beside_the_one_that_was_here(store: Store, key: Key) -> None:
    other = form(REPORT.replace('name = "', 'name = "Mẫu ', 1))
    code, sentence = taken(store, sent(key, 1, CAMPAIGN, (other,)))
    assert code is None
    assert "«Mẫu Báo cáo kết quả Tuần lễ» bản 1 khác chữ với biểu mẫu cùng tên, cùng số bản đã có" in sentence
    assert "máy giữ cả hai" in sentence
    assert {one.hash for one in known_forms() if (one.id, one.version) == ("report", 1)} == {
        other.ref.hash,
        form(REPORT).ref.hash,
    }
    assert form_for_unit("report", HA_THUONG, year=2026).hash == other.ref.hash
    assert form_for_unit("report", HA_THUONG, year=2022).hash == form(REPORT).ref.hash
    assert form_by_id("report", 1).hash == form(REPORT).ref.hash, "without a hash it is the program's own"
    assert check(store) == ()


def test_a_form_that_ships_with_the_program_is_not_kept_twice(store: Store, key: Key) -> None:
    assert taken(store, sent(key, 1, CAMPAIGN, (form(REPORT),)))[0] is None
    assert taken_forms(store) == (), "it ships with the program"
    assert [(one.issuer, one.year) for one in issued_forms(store)] == [(UPPER.code, 2026)]


def test_a_campaign_is_replaced_by_a_later_word_only(store: Store, key: Key) -> None:
    second = sent(key, 2)
    assert taken(store, second)[0] is None
    assert taken(store, second)[0] is Code.ALREADY_RECEIVED
    assert taken(store, sent(key, 1))[0] is Code.OLD_REVISION_NEW_CONTENT
    changed = dataclasses.replace(CAMPAIGN, themes=("Khác",))
    assert taken(store, sent(key, 2, changed))[0] is Code.FORKED_REVISION
    another = dataclasses.replace(CAMPAIGN, id="2027", year=2027)
    assert taken(store, sent(key, 1, another))[0] is None
    assert campaign_by_id("2026").themes == CAMPAIGN.themes
    assert taken(store, sent(key, 3, changed))[0] is None
    assert campaign_by_id("2026").themes == ("Khác",)


def test_a_campaign_of_somebody_else_is_not_taken(store: Store) -> None:
    stranger = seal_campaign(UPPER, CampaignFile(CAMPAIGN, ()), 1, None, other_key(), NOW)
    assert taken(store, stranger)[0] is Code.UNKNOWN_KEY
    assert "2026" not in [one.id for one in known_campaigns()]


def test_it_is_taken_from_a_stick_with_everything_else(store: Store, key: Key, tmp_path: Path) -> None:
    path = tmp_path / "dot.htgoi"
    path.write_bytes(sent(key).data)
    (line,) = intake(store, [path]).lines
    assert (line.outcome, line.paper) == (Outcome.TAKEN, "gói đợt")


def change(*path: Any) -> Callable[[Any], None]:
    def edit(tree: Any) -> None:
        for step in path[:-2]:
            tree = tree[step]
        tree[path[-2]] = path[-1]

    return edit


BAD = {
    "a week that ends before it begins": ("campaign", "week_to", "2026-09-01"),
    "no theme": ("campaign", "themes", []),
    "a theme in two lines": ("campaign", "themes", ["a\nb"]),
    "a day that is none": ("campaign", "week_from", "2026-02-30"),
    "a deadline for nobody's kind": (
        "campaign",
        "deadlines",
        [{"day": "2026-10-20", "inclusive": False, "kind": "diary", "level": "commune", "unit": ""}],
    ),
    "one deadline twice": (
        "campaign",
        "deadlines",
        [
            {"day": day, "inclusive": False, "kind": "plan", "level": "commune", "unit": ""}
            for day in ("2026-10-20",) * 2
        ],
    ),
    "an id that is a path": ("campaign", "id", "../2026"),
    "a form that is no form": ("forms", 0, "text", "id = 1"),
    "a form under another hash": ("forms", 0, "hash", "ab" * 32),
    "a form under another name": ("forms", 0, "id", "plan/commune"),
    "a form under another version": ("forms", 0, "version", 9),
    "a form without a text": ("forms", 0, "text", ""),
}


@pytest.mark.parametrize("name", list(BAD))
def test_a_campaign_with_a_fault_is_refused_and_the_place_is_told(store: Store, key: Key, name: str) -> None:
    good = sent(key, 1, CAMPAIGN, (form(),))
    bad = forge(edit_json(ANSWERS, change(*BAD[name])), key, PackageKind.CAMPAIGN, good.data, at=NOW)
    verdict = take_down(store, bad, "a.htgoi")
    assert (verdict.code, "answers.json" in verdict.sentence) == (Code.BAD_CONTENT, True)
    assert describe(bad, "a.htgoi").code is Code.BAD_CONTENT
    assert store.query("SELECT * FROM campaign_taken") == []
    assert taken_forms(store) == ()


def test_a_form_that_breaks_a_rule_is_told_with_its_row(store: Store, key: Key) -> None:
    text = NEWER.replace("version = 2", "version = 2\nunheard = 1", 1)
    good = sent(key, 1, CAMPAIGN, (form(),))

    def edit(tree: Any) -> None:
        tree["forms"][0] |= {"text": text, "hash": hashlib.sha256(text.encode()).hexdigest()}

    bad = forge(edit_json(ANSWERS, edit), key, PackageKind.CAMPAIGN, good.data, at=NOW)
    verdict = take_down(store, bad, "a.htgoi")
    assert verdict.code is Code.BAD_CONTENT
    assert "dòng " in verdict.sentence


def test_a_form_no_package_may_hold_is_refused_where_it_is_sent() -> None:
    with pytest.raises(UserError) as refusal:
        campaign_json(CampaignFile(CAMPAIGN, (form(REPORT.replace("version = 1\n", "version = 3\n\t\n", 1)),)))
    assert refusal.value.code is Code.BAD_JSON


def test_a_campaign_told_again_leaves_its_forms_to_its_own_year(store: Store, key: Key) -> None:
    """Else the papers of the years before would be filled in, and added up, on the newer form."""
    assert taken(store, sent(key, 1, CAMPAIGN, (form(),)))[0] is None
    for number, forms in ((2, (form(),)), (3, ())):
        again = dataclasses.replace(CAMPAIGN, themes=(f"Chủ đề {number}",))
        assert taken(store, sent(key, number, again, forms))[0] is None
        learn(store)
        assert [form_for_unit("report", HA_THUONG, year=year).version for year in (2022, 2026)] == [1, 2]
    assert check(store) == ()
