"""In the store: the campaign files this office wrote for those below, and those it took from above."""

import hashlib
from datetime import datetime

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.taken import TakenCampaign, differences, remember_campaign, taken_campaigns
from hoctap_desktop.filing.model import FormRef, Kind
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.loader import form_for_unit, known_forms
from hoctap_desktop.form.taken import follow_campaign, form_text, learn, remember_form
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
from hoctap_desktop.units.register import below_in


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


def refuse_other_forms(sent: CampaignFile) -> None:
    """Raises UserError FORM_DIFFERS: a form of that name and version is here with another text."""
    here = {(form.id, form.version): form.hash for form in known_forms()}
    for one in sent.forms:
        if here.get((one.ref.id, one.ref.version), one.ref.hash) != one.ref.hash:
            raise UserError(Code.FORM_DIFFERS, form=one.ref.id, version=one.ref.version)


def take_campaign(store: Store, verdict: Verdict, sent: CampaignFile, data: bytes) -> str:
    """Keeps a campaign of the upper unit and the forms this office lacks; what a person should know beside it.

    Raises UserError as refuse_other_forms; nothing is written then.
    """
    assert verdict.manifest is not None
    refuse_other_forms(sent)
    here = {(form.id, form.version) for form in known_forms()}
    before = next((one for one in campaigns.known_campaigns() if one.id == sent.campaign.id), None)
    new = [one for one in sent.forms if (one.ref.id, one.ref.version) not in here]
    at = store.clock()
    manifest = verdict.manifest
    taken = TakenCampaign(
        sent.campaign, manifest.unit.code, manifest.series, verdict.epoch, manifest.revision, verdict.package_id, at
    )
    told = next((one for one in taken_campaigns(store) if one.campaign.id == sent.campaign.id), None)
    with store.atomic():
        if told is not None:
            follow_campaign(store, told.package_id, verdict.package_id)
        remember_campaign(store, taken, keep(store, data, EXTENSION))
        for one in new:
            remember_form(store, one.data, verdict.package_id, at)
    learn(store)
    return _told(before, sent.campaign, [one.ref for one in new])


def _told(before: Campaign | None, now: Campaign, new: list[FormRef]) -> str:
    said = []
    if before is not None and (other := differences(before, now)):
        said.append(f"Đợt {now.id} ở máy này ghi khác về {', '.join(other)}; từ nay theo cấp trên.")
    if new:
        said.append(f"Đã cài biểu mẫu mới: {', '.join(f'{ref.id} bản {ref.version}' for ref in new)}.")
    return " ".join(said)


def _form(kind: Kind, unit: Unit, year: int) -> FormDefinition | None:
    """The form of a unit, None when there is none for its level."""
    try:
        return form_for_unit(kind.value, unit, year=year)
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
