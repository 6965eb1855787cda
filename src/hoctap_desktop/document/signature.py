"""Cells 7a, 7b and 9b: who signs at the right, Nơi nhận at the left, level with each other, never split."""

from hoctap_desktop.document.layout import Layout
from hoctap_desktop.document.lines import Measure, balanced
from hoctap_desktop.document.model import Recipients, Run, Signature
from hoctap_desktop.document.pieces import Item, Piece, lowered, set_line
from hoctap_desktop.document.recipients import recipient_lines

SIGNATURE_KEY = "signature"


def signature_pieces(
    recipients: Recipients | None, signature: Signature | None, layout: Layout, measure: Measure
) -> list[Piece]:
    """The foot of a document. Recipients longer than a page go on below it, line by line; nothing else is split."""
    look = layout.signature
    width = layout.page.text_width
    left_width = width * look.left_ratio - layout.table.padding_x
    lines = recipient_lines(recipients, layout, left_width, measure) if recipients and any(recipients.groups) else []
    right, right_height = _signer(signature, layout, measure) if signature else ([], 0.0)
    items: list[Item] = []
    # "Nơi nhận:" is smaller than the capacity beside it and stands on the same base line
    title = layout.recipients
    top = (
        layout.baseline(look.size, look.pitch) - layout.baseline(title.title_size, title.title_pitch) if right else 0.0
    )
    room = max(right_height, layout.page.text_height * 0.8)
    while lines and top + lines[0][0] <= room:
        pitch, texts = lines.pop(0)
        items += [lowered(item, top) for item in texts]
        top += pitch
    if not items and not right:
        return []
    key = (signature.key if signature else "") or (recipients.key if recipients else "") or SIGNATURE_KEY
    first = Piece(max(top, right_height), (*items, *right), gap=look.gap, key=key)
    return [first, *(Piece(pitch, texts) for pitch, texts in lines)]


def _signer(signature: Signature, layout: Layout, measure: Measure) -> tuple[list[Item], float]:
    look = layout.signature
    width = layout.page.text_width
    left = width * look.left_ratio
    items: list[Item] = []
    top = 0.0

    def add(run: Run) -> None:
        nonlocal top
        for line in balanced((run,), look.size, width - left, measure):
            items.extend(
                set_line(line, layout, look.size, look.pitch, top=top, left=left, width=width - left, align="center")
            )
            top += look.pitch

    for capacity in signature.capacity:
        add(Run(capacity, bold=True))
    if signature.note:
        add(Run(signature.note, italic=True))
    top += look.space
    add(Run(signature.name, bold=True))
    return items, top
