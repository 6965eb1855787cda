"""Cell 9b: Nơi nhận, one or two lists, notes such as "(báo cáo)" in italics."""

import re
from collections.abc import Iterator

from hoctap_desktop.document.layout import Layout
from hoctap_desktop.document.lines import Measure, broken
from hoctap_desktop.document.model import Recipients, Run, Runs
from hoctap_desktop.document.pieces import Item, set_line

TITLE = "Nơi nhận:"
_NOTE = re.compile(r"(.*)(\([^()]+\))([;.,]*)\s*")


def recipient_lines(
    recipients: Recipients, layout: Layout, width: float, measure: Measure
) -> list[tuple[float, tuple[Item, ...]]]:
    """Height and texts of each printed line, in order."""
    return [
        (pitch, set_line(line, layout, size, pitch, width=width))
        for runs, size, pitch in recipient_entries(recipients, layout)
        for line in broken(runs, size, width, measure)
    ]


def recipient_entries(recipients: Recipients, layout: Layout) -> Iterator[tuple[Runs, float, float]]:
    """Each entry with the size and pitch of its type: the title, then headings and recipients as listed."""
    look = layout.recipients
    yield (Run(TITLE, bold=True, italic=True),), look.title_size, look.title_pitch
    for heading, items in recipients.groups:
        if heading:
            yield (Run(heading, italic=True),), look.size, look.pitch
        for item in items:
            yield (Run("-\u00a0"), *_with_note(item)), look.size, look.pitch


def _with_note(item: str) -> Runs:
    """A note at the end of a recipient slanted; the line of the archive ("Lưu: VT, KGVX (N-5b)") has none."""
    found = _NOTE.fullmatch(item)
    if found is None or item.startswith("Lưu"):
        return (Run(item),)
    return (Run(found[1]), Run(found[2], italic=True), Run(found[3]))
