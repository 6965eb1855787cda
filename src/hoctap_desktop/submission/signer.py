"""The office's key, in memory or on a token that keeps it to itself: it signs, and it opens what is encrypted to it."""

from typing import Protocol


class Opener(Protocol):
    """A private key that opens what was encrypted to its certificate: in memory, or on a token."""

    @property
    def certificate(self) -> bytes:
        """DER."""

    @property
    def key_hash(self) -> str:
        """SHA-256 of the public key, hex."""

    def agree(self, point: bytes) -> bytes:
        """The secret (32 bytes) shared with a point of P-256 (uncompressed, on the curve).

        Raises UserError TOKEN_… when the key is on a token that does not do it.
        """

    def recover(self, value: bytes) -> bytes:
        """What was encrypted to this RSA key by OAEP with SHA-256. Raises ValueError; UserError TOKEN_…"""


class Signer(Opener, Protocol):
    """certificate: DER of the certificate whose private key signs; its key is P-256 or RSA of 2048–4096 bits."""

    @property
    def fingerprint(self) -> str:
        """The six groups of five digits that go on paper."""

    def sign(self, data: bytes) -> bytes:
        """The signature value over `data` with SHA-256: ECDSA as DER of r and s, or PKCS#1 v1.5.

        Raises UserError TOKEN_… when the key is on a token that does not sign.
        """
