"""A campaign as it travels down: its days, themes and deadlines, and the forms it is filled in on, as text. Pure."""

import hashlib
from dataclasses import dataclass

from hoctap_desktop.campaign.as_json import campaign_from_value, campaign_value
from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.filing.content import form_from_value, form_value
from hoctap_desktop.filing.model import FormRef
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.typed_json import Fields, bad
from hoctap_desktop.submission.container import ANSWERS

MOST_FORMS = 40


@dataclass(frozen=True)
class SentForm:
    """A form with the text that defines it; the SHA-256 of the text is the form's hash."""

    ref: FormRef
    text: str

    @property
    def data(self) -> bytes:
        return self.text.encode()


@dataclass(frozen=True)
class CampaignFile:
    """campaign: with the deadlines of those below, by level or by unit. forms: those they fill in."""

    campaign: Campaign
    forms: tuple[SentForm, ...]


def series_of(campaign_id: str) -> str:
    """A campaign is told again when something of it changes: each has a series of its own."""
    return f"campaign-{campaign_id}"


def campaign_json(sent: CampaignFile) -> bytes:
    """answers.json of a campaign. Raises UserError(BAD_JSON) for a form with characters no package may hold."""
    return canonical_json.encode(
        {
            "campaign": campaign_value(sent.campaign),
            "forms": [{**form_value(one.ref), "text": one.text} for one in sent.forms],
        }
    )


def campaign_from_json(data: bytes) -> CampaignFile:
    """The campaign in answers.json; each form is read whole. Raises UserError BAD_JSON, BAD_CONTENT(where=…)."""
    fields = Fields(canonical_json.decode(data), ("campaign", "forms"), ANSWERS)
    items = fields.items("forms", MOST_FORMS)
    forms = tuple(_form(item, f"{fields.place('forms')} › {n}") for n, item in enumerate(items, start=1))
    if len({(one.ref.id, one.ref.version) for one in forms}) != len(forms):
        raise bad(fields.place("forms"))
    return CampaignFile(campaign_from_value(fields.raw("campaign"), fields.place("campaign")), forms)


def _form(value: JsonValue, where: str) -> SentForm:
    from hoctap_desktop.form.loader import LONGEST, parse_form  # here: other sealed files hold no form

    fields = Fields(value, ("hash", "id", "text", "version"), where)
    ref = form_from_value({name: fields.raw(name) for name in ("hash", "id", "version")}, where)
    sent = SentForm(ref, fields.text("text", LONGEST, least=1, line_ends=True))
    if hashlib.sha256(sent.data).hexdigest() != ref.hash:
        raise bad(fields.place("hash"))
    try:
        form = parse_form(sent.data, where)
    except UserError as refusal:
        raise bad(f"{fields.place('text')}, dòng {refusal.facts.get('row', 1)}") from refusal
    if (form.id, form.version) != (ref.id, ref.version):
        raise bad(fields.place("id"))
    return sent
