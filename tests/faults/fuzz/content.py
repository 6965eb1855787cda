"""Canonical JSON and all that is written in it: package.json and the content of every kind of package."""

from collections.abc import Iterator
from contextlib import suppress

from hoctap_desktop.filing.content import content_json, filing_from_json
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.submission import manifest
from hoctap_desktop.submission.campaign_file import campaign_from_json
from hoctap_desktop.submission.container import ANSWERS, PACKAGE, unpack
from hoctap_desktop.submission.reply import reply_from_json
from hoctap_desktop.submission.roster import roster_from_json, roster_json
from tests.submission.hostile.forge import good
from tests.submission.packages import roster


def read(data: bytes) -> None:
    value = canonical_json.decode(data)
    assert canonical_json.encode(value) == data
    for reader in (reply_from_json, roster_from_json, campaign_from_json):
        with suppress(UserError):
            reader(data)
    with suppress(UserError):
        manifest.to_json(manifest.from_json(data))
    with suppress(UserError):
        # words around answers may be left out of "no number"; nothing else is ever lost
        content_json(filing_from_json(data))


def seeds() -> Iterator[bytes]:
    found = unpack(good())
    yield found.get(PACKAGE)
    yield found.get(ANSWERS)
    yield roster_json(roster())
    yield b'{"a":[1,null,true,"\\n\\"\\\\",{"b":-5}]}'
