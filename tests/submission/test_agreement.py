"""openssl and sha256sum, which share no line with us, come to our verdict: on good files and on altered ones."""

import random
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.submission.container import SIGNATURE, SUMS, Entry, pack, unpack
from hoctap_desktop.submission.signer import Signer
from hoctap_desktop.submission.tokens import keys_on, open_token
from hoctap_desktop.submission.unseal import open_seal
from tests.submission.packages import commune_key, rsa_key, sealed
from tests.submission.softhsm import PIN, soft_token

FILES = 25  # of each of four keys, good and altered: 100 and 100 in all
VERIFY = (
    "openssl cms -verify -binary -inform DER -in SEAL/signature.p7s -content SEAL/SHA256SUMS "
    "-CAfile unit.crt -partial_chain -purpose any -out sums"
)


def ours(data: bytes) -> bool:
    """True when the seal holds by our reader."""
    try:
        open_seal(data, "a.htgoi")
    except UserError:
        return False
    return True


def theirs(data: bytes, certificate: Path, folder: Path) -> bool:
    """True when both commands anyone can type succeed on the unpacked file."""
    folder.mkdir()
    for entry in unpack(data).sealed + tuple(one for one in unpack(data).entries if one.name in (SUMS, SIGNATURE)):
        path = folder / entry.name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(entry.data)
    shutil.copy(certificate, folder / "unit.crt")
    for line in (VERIFY, "sha256sum --strict -c sums"):
        if subprocess.run(line.split(), cwd=folder, capture_output=True, check=False).returncode:
            return False
    return True


def altered(data: bytes, chance: random.Random) -> bytes:
    """One byte of one entry changed, the container put right again."""
    container = unpack(data)
    at = chance.randrange(len(container.entries))
    entries = list(container.entries)
    content = bytearray(entries[at].data)
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    entries[at] = Entry(entries[at].name, bytes(content))
    return pack(container.kind, entries)


def test_openssl_and_sha256sum_agree_with_us_on_keys_in_memory(tmp_path: Path) -> None:
    for key in (commune_key, rsa_key):
        (tmp_path / key.__name__).mkdir()
        they_agree(key(), tmp_path / key.__name__)


@pytest.mark.parametrize("kind", ["EC", "RSA"])
def test_openssl_and_sha256sum_agree_with_us_on_keys_of_tokens(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (found,) = keys_on(soft_token(tmp_path, monkeypatch, kind).library)
    signer = open_token(found.place, PIN)
    try:
        they_agree(signer, tmp_path)
    finally:
        signer.close()


def they_agree(key: Signer, folder: Path) -> None:
    """Files sealed with `key`, good and altered: both sides say the same of each."""
    assert shutil.which("openssl"), "openssl is missing: nothing independent checks our seals"
    assert shutil.which("sha256sum"), "sha256sum is missing: nothing independent checks our sums"
    (folder / "unit.der").write_bytes(key.certificate)
    subprocess.run(["openssl", "x509", "-inform", "DER", "-in", "unit.der", "-out", "unit.crt"], cwd=folder, check=True)
    chance = random.Random(20221014)
    good = [sealed(revision=number, key=key, previous=None).data for number in range(1, FILES + 1)]
    files = [*good, *(altered(data, chance) for data in good)]
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda at: theirs(files[at], folder / "unit.crt", folder / str(at)), range(len(files))))
    assert [ours(data) for data in files] == [True] * FILES + [False] * FILES
    assert [ours(data) for data in files] == told
