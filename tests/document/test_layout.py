"""The figures of the page: the decree's bounds hold in the data, and a slip in it is told by name."""

from pathlib import Path

import pytest

from hoctap_desktop.document.layout import MM, official, read
from hoctap_desktop.foundation import paths

SHIPPED = paths.resources() / "layout" / "nd30.toml"


def test_the_shipped_figures_are_within_the_decree() -> None:
    layout = official()
    page, body, head = layout.page, layout.body, layout.letterhead
    assert (page.width / MM, page.height / MM) == pytest.approx((210, 297))
    bounds = {
        page.top / MM: (20, 25), page.bottom / MM: (20, 25), page.left / MM: (30, 35), page.right / MM: (15, 20),
        body.size: (13, 14), body.indent / MM: (10, 12.7), body.gap: (6, 12),
        body.pitch / body.size: (1.1, 1.5 * 1.15), head.country_size: (12, 13), head.motto_size: (13, 14),
        head.rule_ratio: (1 / 3, 1 / 2), layout.title.rule_ratio: (1 / 3, 1 / 2), layout.signature.space / MM: (35, 40),
    }  # fmt: skip
    assert {value: bound for value, bound in bounds.items() if not bound[0] - 1e-9 <= value <= bound[1] + 1e-9} == {}
    assert all(12 <= size <= 13 for size in head.sizes)
    assert head.number_blank >= 25
    assert min(head.day_blank, head.month_blank) >= 18
    assert (layout.recipients.title_size, layout.recipients.size) == (12, 11)


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("[body]\nsize = 14.0", "[body]", "size"),
        ("[body]", "[body]\ncolour = 3.0", "colour"),
        ("[footer]", "[foot]", "footer"),
        ("[page]", "[extra]\na = 1\n[page]", "extra"),
    ],
)
def test_a_slip_in_the_figures_is_told_by_name(tmp_path: Path, before: str, after: str, named: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "layout.toml").write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=named):
        read(tmp_path / "layout.toml")
