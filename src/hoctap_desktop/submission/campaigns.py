"""In the store: the campaign files this office wrote for those below, and those it took from above."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.taken import TakenCampaign, differences, remember_campaign, taken_campaigns
from hoctap_desktop.filing.model import KIND_WORDS, FormRef, Kind
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.editing import lacking, lacking_words
from hoctap_desktop.form.loader import form_for_below, form_for_unit, twins
from hoctap_desktop.form.taken import form_text, learn, remember_issued
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.attached import fetch, keep
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import checked, insert
from hoctap_desktop.submission.campaign_file import CampaignFile, SentForm, campaign_json
from hoctap_desktop.submission.model import Verdict
from hoctap_desktop.submission.repository import own_key
from hoctap_desktop.submission.seal import EXTENSION, Sealed, seal_campaign
from hoctap_desktop.submission.signer import Signer
from hoctap_desktop.submission.unseal import signed_by
from hoctap_desktop.units import repository as units
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.register import below_in, excuses


def campaign_to_send(store: Store) -> CampaignFile:
    """The active campaign with its deadlines, and the forms the units below fill in for it.

    Raises UserError NO_UNITS_BELOW, STORE_DAMAGED, CAMPAIGN_UNKNOWN.
    """
    campaign = campaigns.active(store)
    below = below_in(store, units.own_unit(store).code, campaign.year)
    if not below:
        raise UserError(Code.NO_UNITS_BELOW)
    asked = ((kind, unit) for unit in below.values() for kind in Kind)
    found = {form.hash: form for kind, unit in asked if (form := _form(kind, unit, campaign.year)) is not None}
    forms = sorted(found.values(), key=lambda form: (form.id, form.version))
    return CampaignFile(campaign, tuple(_sent(store, form) for form in forms))


def undated_words(store: Store) -> str:
    """That plans, or reports, have no last day for anybody in the campaign that would be sent; "" when they have.

    Raises UserError STORE_DAMAGED, CAMPAIGN_UNKNOWN.
    """
    campaign = campaigns.active(store)
    below = below_in(store, units.own_unit(store).code, campaign.year).values()
    free = {(one.unit, one.kind) for one in excuses(store, campaign.id)}
    said = []
    for kind in Kind:
        owing = [
            unit
            for unit in below
            if unit.stood_on(campaign.week_to)
            and (unit.code, kind.value) not in free
            and campaign.owes(kind.value, unit.level, unit.code)
        ]
        if owing and all(campaign.deadline(kind.value, unit.level, unit.code) is None for unit in owing):
            said.append(KIND_WORDS[kind].lower())
    return f"Đợt chưa có hạn nộp {', '.join(said)}: các đơn vị sẽ không thấy ngày cuối." if said else ""


def already_issued_campaign(store: Store, sent: CampaignFile) -> Sealed | None:
    """The file that says exactly this, when it is the last one written of this campaign: no key is asked for then.

    None, too, when the key that signed it was replaced since.
    """
    last, own = _last(store, sent.campaign.id), own_key(store)
    if last is None or last[2] != _hash(sent):
        return None
    return last[1] if own is None or signed_by(last[1].data) == own.key_hash else None


def issue_campaign(store: Store, key: Signer, at: datetime) -> Sealed:
    """The active campaign as a signed, numbered file. Without a change it is the last one, byte for byte.

    Raises UserError as campaign_to_send, and those of a full disk.
    """
    sent = campaign_to_send(store)
    known = already_issued_campaign(store, sent)
    if known is not None:
        return known
    last = _last(store, sent.campaign.id)
    number = last[0] + 1 if last is not None else 1
    previous = last[1].package_id if last is not None else None
    sealed = seal_campaign(units.own_unit(store), sent, number, previous, key, at)
    row = {
        "campaign": sent.campaign.id,
        "number": number,
        "content": _hash(sent),
        "package_id": sealed.package_id,
        "name": sealed.name,
        "file": keep(store, sealed.data, EXTENSION),
        "issued_at": at.isoformat(),
    }
    with store.atomic() as db:
        insert(db, "campaign_issued", row)
    return sealed


def take_campaign(store: Store, verdict: Verdict, sent: CampaignFile, data: bytes) -> str:
    """Keeps a campaign of the upper unit and its forms; what a person should know beside it.

    A form whose name and number another text has here lives beside it: what was begun on that one stays on it.
    When one of a newer year comes first, the office works on it from now on: nobody begins last year's papers then.
    """
    assert verdict.manifest is not None
    before = next((one for one in campaigns.known_campaigns() if one.id == sent.campaign.id), None)
    at = store.clock()
    manifest, campaign = verdict.manifest, sent.campaign
    taken = TakenCampaign(
        campaign, manifest.unit.code, manifest.series, verdict.epoch, manifest.revision, verdict.package_id, at
    )
    with store.atomic():
        first = all(one.campaign.id != campaign.id for one in taken_campaigns(store))
        remember_campaign(store, taken, keep(store, data, EXTENSION))
        texts = [one.data for one in sent.forms]
        new = remember_issued(store, manifest.unit.code, campaign.year, texts, verdict.package_id, at)
        learn(store)
        told = _told(before, campaign, new, not_asked_below(store, campaign))
        if first and campaign.year > campaigns.active(store).year:
            campaigns.choose(store, campaign.id)
            told = f"{told} Từ nay làm việc với đợt {campaign.id}.".strip()
    return told


def unasked_words(store: Store) -> str:
    """What the upper unit asks and the units below would not be, by the form that would be sent now; "" for nothing.

    Raises UserError STORE_DAMAGED, CAMPAIGN_UNKNOWN.
    """
    said = lacking_words(not_asked_below(store, campaigns.active(store)))
    return f"{said}: số của câu đó không cộng được, phải tự nhập khi nộp lên." if said else ""


def not_asked_below(store: Store, campaign: Campaign) -> tuple[str, ...]:
    """What the office is asked now and its own form for the units below it has not."""
    own, kind = units.own_unit(store), Kind.REPORT.value
    try:
        upward, asked = form_for_unit(kind, own, year=campaign.year), form_for_below(kind, own, campaign.year)
    except UserError:  # no report is for such an office
        return ()
    return lacking(asked, upward)


def _told(before: Campaign | None, now: Campaign, new: Sequence[FormDefinition], unasked: Sequence[str]) -> str:
    said = []
    if before is not None and (other := differences(before, now)):
        said.append(f"Đợt {now.id} ở máy này ghi khác về {', '.join(other)}; từ nay theo cấp trên.")
    if new:
        said.append(f"Đã cài biểu mẫu mới: {_named(new)}.")
    if same := [form for form in new if twins(form)]:
        said.append(
            f"{_named(same)} khác chữ với biểu mẫu cùng tên, cùng số bản đã có ở máy này; máy giữ cả hai: "
            f"đợt {now.id} theo bản vừa nhận, văn bản đã lập giữ bản cũ."
        )
    if unasked:
        named = "; ".join(unasked)
        said.append(f"Biểu hỏi cấp dưới chưa có: {named}. Thêm ở Thiết lập, Đợt và biểu mẫu rồi gửi lại gói đợt.")
    return " ".join(said)


def _named(forms: Iterable[FormDefinition]) -> str:
    return ", ".join(f"«{form.name}» bản {form.version}" for form in forms)


def _form(kind: Kind, unit: Unit, year: int) -> FormDefinition | None:
    """The form a unit below is asked on, None when there is none for its level."""
    try:
        return form_for_below(kind.value, unit, year)
    except UserError:
        return None


def _sent(store: Store, form: FormDefinition) -> SentForm:
    data = form_text(store, form)
    if data is None:
        raise UserError(Code.FORM_UNKNOWN, form=form.id)
    return SentForm(FormRef(form.id, form.version, form.hash), data.decode())


def _hash(sent: CampaignFile) -> str:
    return hashlib.sha256(campaign_json(sent)).hexdigest()


def _last(store: Store, campaign: str) -> tuple[int, Sealed, str] | None:
    rows = store.query("SELECT * FROM campaign_issued WHERE campaign = ? ORDER BY number DESC LIMIT 1", (campaign,))
    if not rows:
        return None
    row = checked(store, rows[0], f"gói đợt {campaign}, số {rows[0]['number']}")
    return row["number"], Sealed(row["name"], fetch(store, row["file"], EXTENSION), row["package_id"]), row["content"]
