"""The example of docs/package-format.md. `python -m tests.submission.format_example` makes a new one in its place."""

import base64
import dataclasses
import re
from pathlib import Path

from hoctap_desktop.submission.container import PACKAGE, SUMS
from hoctap_desktop.submission.keys import make_key
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.model import Opened
from hoctap_desktop.submission.seal import seal_enrolment
from hoctap_desktop.submission.unseal import unseal
from tests.offices import HA_THUONG, NOW

PAGE = Path(__file__).parents[2] / "docs" / "package-format.md"
HEADING = "## 9. An example\n"


def made() -> bytes:
    """A new example: a request of Hà Thượng, signed with a key that is forgotten at once."""
    key = make_key(HA_THUONG.name, HA_THUONG.code, NOW)
    unit = dataclasses.replace(HA_THUONG, signer=dataclasses.replace(HA_THUONG.signer, name=""))
    return seal_enrolment(unit, key, UnitName("19-171-GDDT", "Phòng GDĐT huyện Đại Từ"), NOW).data


def text(data: bytes) -> str:
    """The section of the page for an example file."""
    opened: Opened = unseal(data, "vi-du.htgoi")
    container = opened.envelope.container
    return f"""{HEADING}
An enrolment request, whole, in base64. Its package id is
`{opened.package_id}`,
the fingerprint of its key `{opened.envelope.fingerprint}`.

`package.json`:

{_indented(container.get(PACKAGE).decode())}

`SEAL/SHA256SUMS`:

{_indented(container.get(SUMS).decode())}

The file:

{_indented(base64.b64encode(data).decode(), 112)}
"""


def shown() -> bytes:
    """The file the page shows."""
    last = PAGE.read_text(encoding="utf-8").rpartition("The file:\n")[2]
    return base64.b64decode(re.sub(r"\s", "", last))


def _indented(content: str, width: int = 0) -> str:
    lines = re.findall(f".{{1,{width}}}", content) if width else content.splitlines()
    return "\n".join(f"    {line}" for line in lines)


if __name__ == "__main__":
    before = PAGE.read_text(encoding="utf-8").partition(HEADING)[0]
    PAGE.write_text(before + text(made()), encoding="utf-8")
