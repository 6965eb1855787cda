"""Tokens that are software (SoftHSM2), for the tests: an EC and an RSA key, each with a certificate from an issuer.

Run as a program it makes one token: the library is loaded in that process only.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, SOFTHSM_MISSING

PIN = "270921"
_LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)


@dataclass(frozen=True)
class SoftToken:
    """library: path of SoftHSM2's. folder: of the token's files. The environment must name its settings."""

    library: Path
    folder: Path


def soft_token(folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> SoftToken:
    """A token with one key, "EC" or "RSA"; a machine without SoftHSM2 says so in capitals, and CI fails."""
    library = next((Path(name) for name in _LIBRARIES if Path(name).is_file()), None)
    if library is None or shutil.which("softhsm2-util") is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{SOFTHSM_MISSING}, and CI must have it", pytrace=False)
        pytest.skip(f"{SOFTHSM_MISSING}: keys on tokens are tested with it")
    settings = folder / f"softhsm-{kind}.conf"
    files = folder / f"tokens-{kind}"
    files.mkdir()
    settings.write_text(f"directories.tokendir = {files}\nobjectstore.backend = file\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings))
    label = f"Token {kind}"
    command = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "12345678"]
    subprocess.run(command, check=True, capture_output=True)
    path = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "src"), *(part for part in sys.path if part)])
    subprocess.run(
        [sys.executable, "-m", "tests.submission.softhsm", str(library), label, kind],
        check=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    return SoftToken(library, files)


def fill(library: str, label: str, kind: str) -> None:
    """A key pair made on the token, a second pair of a curve that does not fit, and their certificates."""
    import pkcs11
    from pkcs11 import Attribute, KeyType, ObjectClass
    from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters
    from pkcs11.util.rsa import encode_rsa_public_key

    token = pkcs11.lib(library).get_token(token_label=label)
    with token.open(rw=True, user_pin=PIN) as session:
        for at, curve in enumerate(("secp256r1", "secp384r1") if kind == "EC" else ("",), start=1):
            id = bytes([at])
            if kind == "EC":
                parameters = session.create_domain_parameters(
                    KeyType.EC, {Attribute.EC_PARAMS: encode_named_curve_parameters(curve)}, local=True
                )
                public, _ = parameters.generate_keypair(store=True, id=id, label=f"key {at}")
                spki = encode_ec_public_key(public)
            else:
                public, _ = session.generate_keypair(KeyType.RSA, 2048, store=True, id=id, label=f"key {at}")
                spki = _spki(encode_rsa_public_key(public))
            session.create_object(
                {
                    Attribute.CLASS: ObjectClass.CERTIFICATE,
                    Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                    Attribute.TOKEN: True,
                    Attribute.ID: id,
                    Attribute.LABEL: f"UBND xã Hà Thượng {at}",
                    Attribute.SUBJECT: b"\x30\x00",
                    Attribute.VALUE: _certificate(spki),
                }
            )


def _spki(pkcs1: bytes) -> bytes:
    from cryptography.hazmat.primitives import serialization

    key = serialization.load_der_public_key(pkcs1)
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _certificate(spki: bytes) -> bytes:
    from datetime import UTC, datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    issuer = ec.generate_private_key(ec.SECP256R1())
    public = serialization.load_der_public_key(spki)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "UBND xã Hà Thượng")]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ban Cơ yếu Chính phủ")]))
        .public_key(public)  # type: ignore[arg-type]
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2060, 1, 1, tzinfo=UTC))
        .sign(issuer, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.DER)


if __name__ == "__main__":
    fill(*sys.argv[1:])
