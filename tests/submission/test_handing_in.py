"""The sheet the receiver signs names paper and file so that nobody can mean another one."""

from dataclasses import replace
from datetime import date

from hoctap_desktop.document.pdf import render
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.foundation import paths
from hoctap_desktop.submission.handing_in import handing_in_paper
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.seal import Sealed

FILING = replace(
    read_filled(paths.forms() / "examples" / "2022-ha-thuong-report.toml"),
    paper_code="7K3M-Q9TX-2HBV",
    document_number="21",
    document_day=date(2022, 10, 13),
)


def test_it_names_receiver_paper_code_number_and_file_on_one_page() -> None:
    sealed = Sealed("05812-bao-cao-2022-lan-1.htgoi", b"x", "ab" * 32)
    page = handing_in_paper(FILING, sealed, UnitName("19", "Phòng GDĐT"), "412 KB", date(2022, 10, 14))
    assert render(page).pages == 1
    said = str(page.blocks) + str(page.signature)
    for words in ("Phòng GDĐT", "7K3M-Q9TX-2HBV", "21/", "13/10/2022", sealed.name, "412 KB", "ab" * 6, "NGƯỜI NHẬN"):
        assert words in said
