"""Every example, and a file with rare letters and a QR, keep the rules of PDF/A-2b that pdfa.py looks at."""

import pytest

from hoctap_desktop.document.model import AppendixTitle, Bullet, Footer, Paragraph, Run, plain
from hoctap_desktop.document.pdf import render
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.foundation import paths
from hoctap_desktop.office.paper import document_of
from tests.document.pdfa import faults
from tests.document.samples import BODY, document, long_table
from tests.document.test_geometry import EXAMPLES, wide_table

RARE = "".join(chr(code) for code in range(0x180, 0x250))
WHOLE = document(
    (
        *BODY,
        Bullet("+", plain("hai;"), 2),
        Paragraph((Run("H'Yim Ê\u0306ban (và) \\ hết", bold=True), Run(f" ñ ½ {RARE}", italic=True))),
        long_table(60),
    ),
    footer=Footer("Mã giấy: 7K3M-Q9TX-2HBV", "Số liệu minh họa", "Lần 1", "HT:ABC"),
    appendix=(AppendixTitle("", "CHƯƠNG TRÌNH", "(Kèm theo Kế hoạch)"), wide_table(3)),
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_keeps_the_rules_of_the_archive(name: str) -> None:
    assert faults(render(document_of(read_filled(paths.forms() / "examples" / name))).data) == []


def test_a_file_with_everything_keeps_them() -> None:
    assert faults(render(WHOLE).data) == []


@pytest.mark.parametrize(
    ("old", "new", "clause"),
    [
        (b"%PDF-1.7", b"%PDF-2.0", "6.1.2"),
        (b"%%EOF\n", b"%%EOF\nx", "6.1.3"),
        (b"/ID [", b"/IX [", "6.1.3"),
        (b"0000000015 00000 n", b"0000000016 00000 n", "6.1.9"),
        (b"/FirstChar 0 ", b"/FirstChar 1 ", "6.2.11.2"),
        (b"/FontFile2", b"/FontFile9", "6.2.11.4.1"),
        (b"/OutputIntents", b"/OutputIntentz", "6.2.3"),
        (b"/N 3", b"/N 4", "6.2.3"),
        (b"<pdfaid:part>2<", b"<pdfaid:part>1<", "6.6.4"),
        (b"<dc:format>application/pdf</dc:format>", b"<dc:farmat>application/pdf</dc:farmat>", "6.6.2.3"),
        ("Tuần lễ năm 2022</rdf:li>".encode(), "Tuần lễ năm 2023</rdf:li>".encode(), "6.6.3"),
        (b"/Tabs /S", b"/AA   /S", "6.5"),
    ],
)  # fmt: skip
def test_the_checker_sees_a_rule_broken(old: bytes, new: bytes, clause: str) -> None:
    data = render(WHOLE).data
    assert old in data
    broken = faults(data.replace(old, new, 1))
    assert any(fault.startswith(clause) for fault in broken), broken


def test_the_checker_sees_a_letter_the_font_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    from hoctap_desktop.document import fonts

    real = fonts.usual_codes()
    monkeypatch.setattr(fonts, "usual_codes", lambda: {**real, ord("k"): "\\377"})
    assert any(fault.startswith("6.2.11.8") for fault in faults(render(WHOLE).data))
