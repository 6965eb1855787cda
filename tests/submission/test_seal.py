import dataclasses
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.document.code import paper_code
from hoctap_desktop.filing.content import content_of, filing_json
from hoctap_desktop.filing.model import Kind, Status
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_lines
from hoctap_desktop.submission.container import MAX_FILE
from hoctap_desktop.submission.examine import describe
from hoctap_desktop.submission.keys import Key
from hoctap_desktop.submission.roster import Roster
from hoctap_desktop.submission.seal import Attachment, file_name, seal_enrolment, seal_filing, seal_roster
from hoctap_desktop.submission.unseal import unseal
from tests.offices import HA_THUONG, dai_tu
from tests.submission.packages import (
    AT,
    FILING,
    PDF,
    PNG,
    UPPER,
    XLSX,
    commune_key,
    roster,
    rsa_key,
    sealed,
)

SCAN = b"%PDF-1.7\n" + bytes(range(256)) * 40
FILES = (Attachment("Quét có dấu.PDF", SCAN), Attachment("ảnh.jpeg", b"\xff\xd8\xff" + bytes(99)),
         Attachment("số liệu.xlsx", XLSX), Attachment("x.png", PNG))  # fmt: skip

_words = st.text(max_size=40).map(clean_lines)
_ids = st.from_regex(r"[a-z][a-z0-9_.]{0,20}", fullmatch=True)
_answers = st.dictionaries(
    _ids,
    st.integers(-(10**15) + 1, 10**15 - 1)
    | _words
    | st.lists(_words.map(lambda text: text.replace("\n", " ")), max_size=3)
    | st.fixed_dictionaries({"none": st.sampled_from(["not_held", "unknown"]), "reason": st.just("")}),
    max_size=6,
)


@given(_answers, st.integers(1, 1000), st.binary(max_size=200), st.booleans())
def test_what_is_sealed_is_what_is_opened(answers: Any, revision: int, scan: bytes, illustrative: bool) -> None:
    filing = dataclasses.replace(FILING, answers=answers, revision=revision, illustrative=illustrative)
    data = filing_json(filing)
    package = seal_filing(filing, data, PDF, commune_key(), UPPER, AT, attachments=[Attachment("a.pdf", PDF + scan)])
    opened = unseal(package.data, package.name)
    assert opened.filing == content_of(filing)
    assert opened.package_id == package.package_id
    assert opened.paper_code == paper_code(data)
    assert (opened.manifest.revision, opened.manifest.document_number) == (revision, "05")
    assert [entry.data for entry in (*opened.prints, *opened.attachments)] == [PDF, PDF + scan]
    assert (opened.envelope.signed_at, opened.manifest.created) == (AT, AT)


@given(st.binary(max_size=400) | st.binary(max_size=100).map(lambda data: sealed().data[:300] + data))
def test_random_bytes_raise_nothing_but_our_own_error(raw: bytes) -> None:
    with pytest.raises(UserError) as refusal:
        unseal(raw, "a.htgoi")
    assert str(refusal.value)


@given(st.integers(0, 2999), st.integers(1, 200), st.integers(0, 2999))
def test_any_stretch_copied_over_another_is_refused(at: int, length: int, to: int) -> None:
    good = sealed().data
    bad = good[:to] + good[at : at + length] + good[to + length :]
    if bad != good:
        with pytest.raises(UserError):
            unseal(bad, "a.htgoi")


@pytest.mark.parametrize("key", [commune_key, rsa_key])
def test_200_flipped_bytes_spread_over_a_file_are_all_refused(key: Any) -> None:
    good = sealed(key=key(), attachments=FILES).data
    unseal(good)
    refused = 0
    for number in range(200):
        at = number * (len(good) - 1) // 199
        bad = bytearray(good)
        bad[at] ^= 1 << number % 8
        with pytest.raises(UserError) as refusal:
            unseal(bytes(bad), "a.htgoi")
        assert str(refusal.value)
        refused += 1
    assert refused == 200


def run(folder: Path, words: str) -> str:
    done = subprocess.run(words.split(), cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("key", [commune_key, rsa_key])
def test_anyone_checks_a_file_without_our_program(key: Any, tmp_path: Path) -> None:
    package = sealed(key=key(), attachments=FILES)
    (tmp_path / package.name).write_bytes(package.data)
    with zipfile.ZipFile(tmp_path / package.name) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "unit.der").write_bytes(key().certificate)
    run(tmp_path, "openssl x509 -inform DER -in unit.der -out unit.crt")
    run(
        tmp_path,
        "openssl cms -verify -binary -inform DER -in SEAL/signature.p7s -content SEAL/SHA256SUMS -CAfile unit.crt "
        "-partial_chain -purpose any -out sums",
    )
    said = run(tmp_path, "sha256sum -c sums")
    assert said.splitlines() == [
        f"{name}: OK"
        for name in ("mimetype", "package.json", "answers.json", "print/bao-cao.pdf", "attachments/001.pdf",
                     "attachments/002.jpg", "attachments/003.xlsx", "attachments/004.png")
    ]  # fmt: skip


def test_the_names_of_attachments_are_kept_as_text() -> None:
    opened = unseal(sealed(attachments=(*FILES, Attachment("../..\\x:y.png", PNG))).data)
    assert dict(opened.manifest.attachments) == {
        "attachments/001.pdf": "Quét có dấu.PDF",
        "attachments/002.jpg": "ảnh.jpeg",
        "attachments/003.xlsx": "số liệu.xlsx",
        "attachments/004.png": "x.png",
        "attachments/005.png": ".._.._x_y.png",
    }


def test_files_are_named_after_unit_kind_campaign_and_revision() -> None:
    plan = dataclasses.replace(FILING, kind=Kind.PLAN, id="2022-plan")
    names = [
        sealed(3).name,
        seal_filing(plan, filing_json(plan), PDF, commune_key(), UPPER, AT).name,
        seal_enrolment(HA_THUONG, commune_key(), UPPER, AT).name,
        seal_roster(dai_tu().own, Roster(4, AT.date(), ()), commune_key(), AT).name,
    ]
    assert names[:3] == [
        "05812-ubnd-xa-ha-thuong-bao-cao-2022-lan-3.htgoi",
        "05812-ubnd-xa-ha-thuong-ke-hoach-2022-lan-1.htgoi",
        "05812-ubnd-xa-ha-thuong-dang-ky.htgoi",
    ]
    assert names[3] == "19-171-gddt-phong-gddt-danh-sach-khoa-so-4.htgoi"
    assert all(name.isascii() for name in names)


def test_two_units_whose_names_differ_by_an_accent_have_files_of_their_own() -> None:
    names = set()
    for code, name in (("05812", "UBND xã Sơn Hà"), ("05813", "UBND xã Sơn Hạ")):
        unit = dataclasses.replace(HA_THUONG, code=code, name=name, short_name=name)
        filing = dataclasses.replace(FILING, unit=unit)
        names.add(seal_filing(filing, filing_json(filing), PDF, commune_key(), UPPER, AT).name)
        names.add(seal_enrolment(unit, commune_key(), UPPER, AT).name)
    assert names == {
        "05812-ubnd-xa-son-ha-bao-cao-2022-lan-1.htgoi",
        "05812-ubnd-xa-son-ha-dang-ky.htgoi",
        "05813-ubnd-xa-son-ha-bao-cao-2022-lan-1.htgoi",
        "05813-ubnd-xa-son-ha-dang-ky.htgoi",
    }


def test_a_long_name_is_cut_before_what_tells_the_papers_apart() -> None:
    long = dataclasses.replace(HA_THUONG, code="05812/TTHTCĐ", short_name="Trung tâm học tập cộng đồng " * 6)
    name = file_name(long, "bao-cao-2022-lan-12")
    assert len(name) <= 100
    assert name.startswith("05812-tthtcd-trung-tam")
    assert name.endswith("-bao-cao-2022-lan-12.htgoi")
    assert file_name(dataclasses.replace(long, code="學", short_name="校"), "dang-ky") == "don-vi-dang-ky.htgoi"


def test_the_same_filing_has_the_same_package_id_whenever_it_is_signed() -> None:
    assert sealed().package_id == sealed().package_id
    assert sealed().data != sealed().data  # ECDSA draws a new number for each signature


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("virus.exe", b"MZ"),
        ("macro.xlsm", XLSX),
        ("không đuôi", b"x"),
        ("giả.pdf", b"MZ"),
        ("giả.png", PDF),
        ("giả.jpg", PNG),
        ("giả.docx", XLSX),
        ("giả.xlsx", b"PK\x03\x04 anything"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_not_sealed(name: str, data: bytes) -> None:
    with pytest.raises(UserError) as refusal:
        sealed(attachments=[Attachment(name, data)])
    assert refusal.value.code is Code.FORBIDDEN_FILE


def test_too_much_is_not_sealed() -> None:
    with pytest.raises(UserError) as refusal:
        sealed(attachments=[Attachment("a.pdf", PDF + bytes(33 * 2**20))])
    assert refusal.value.code is Code.TOO_LARGE


def test_a_draft_is_not_sealed() -> None:
    draft = dataclasses.replace(FILING, status=Status.DRAFT)
    with pytest.raises(UserError) as refusal:
        seal_filing(draft, filing_json(draft), PDF, commune_key(), UPPER, AT)
    assert refusal.value.code is Code.FILING_NOT_FINAL


def test_answers_of_another_filing_are_not_sealed() -> None:
    other = filing_json(dataclasses.replace(FILING, campaign="2023"))
    with pytest.raises(UserError) as refusal:
        seal_filing(FILING, other, PDF, commune_key(), UPPER, AT)
    assert refusal.value.code is Code.BAD_CONTENT


def test_a_roster_comes_back_as_it_went_out() -> None:
    opened = unseal(seal_roster(dai_tu().own, roster(), commune_key(), AT).data)
    assert opened.body == roster()
    assert (opened.manifest.epoch, opened.manifest.previous) == (1, None)


def test_public_bad_files_under_our_name_are_refused(shared_bad_input: Path) -> None:
    files = [
        path for kind in ("zip", "json") for path in sorted((shared_bad_input / kind).rglob("*")) if path.is_file()
    ]
    assert len(files) == 370
    for file in files:
        with pytest.raises(UserError):
            unseal(file.read_bytes(), file.name)


def test_public_json_files_in_the_place_of_the_answers_are_refused(shared_bad_input: Path) -> None:
    files = sorted((shared_bad_input / "json").glob("*/*.json"))
    assert len(files) > 300
    for file in files:
        with pytest.raises(UserError) as refusal:
            seal_filing(FILING, file.read_bytes(), PDF, commune_key(), UPPER, AT)
        assert refusal.value.code is Code.BAD_CONTENT, file.name


def test_a_large_file_of_zeros_is_refused() -> None:
    assert describe(bytes(MAX_FILE), "a").code is Code.NOT_A_PACKAGE


def test_a_key_is_no_part_of_a_file() -> None:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

    key: Key = commune_key()
    assert isinstance(key.private, EllipticCurvePrivateKey)
    secret = key.private.private_numbers().private_value.to_bytes(32)
    assert secret not in sealed().data
