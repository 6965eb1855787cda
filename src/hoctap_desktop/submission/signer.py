"""What signs a sealed file: the office's own key in memory, or a token that keeps its key to itself."""

from typing import Protocol


class Signer(Protocol):
    """certificate: DER of the certificate whose private key signs; its key is P-256 or RSA of 2048–4096 bits."""

    @property
    def certificate(self) -> bytes: ...

    @property
    def key_hash(self) -> str:
        """SHA-256 of the public key, hex."""

    @property
    def fingerprint(self) -> str:
        """The six groups of five digits that go on paper."""

    def sign(self, data: bytes) -> bytes:
        """The signature value over `data` with SHA-256: ECDSA as DER of r and s, or PKCS#1 v1.5.

        Raises UserError TOKEN_… when the key is on a token that does not sign.
        """
