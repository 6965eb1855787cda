"""Who issued which form: two offices may give one name and number to two texts. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Issued:
    """That `issuer` (a unit's code) has its campaigns filled in on a form, from the campaign of `year` on."""

    issuer: str
    hash: str
    year: int


@dataclass(frozen=True)
class Issuers:
    """Whose forms an office knows. own: the office itself, of what it made; upper: the one above it today.

    sent: who sent the campaign of a year as a file.
    """

    issued: tuple[Issued, ...] = ()
    own: str = ""
    upper: str = ""
    sent: Mapping[int, str] = field(default_factory=dict)

    def above(self, year: int | None) -> str:
        """Whose forms the campaign of `year` is filled in on: who sent it, else who sent the one before.

        After the last that was sent it is the upper unit of today, which need not be the one of then.
        """
        if year is None or not self.sent or year > max(self.sent):
            return self.upper
        before = [one for one in self.sent if one <= year]
        return self.sent[max(before)] if before else self.upper

    def told(self, year: int | None) -> bool:
        """True when the campaign of `year` came as a file: its forms are named in it."""
        return year in self.sent

    def hashes(self, issuer: str, year: int | None) -> frozenset[str]:
        """Of what an issuer had issued by the campaign of `year`."""
        return frozenset(one.hash for one in self.issued if one.issuer == issuer and (year is None or one.year <= year))

    def of(self, form_hash: str) -> frozenset[str]:
        """Every issuer of one text."""
        return frozenset(one.issuer for one in self.issued if one.hash == form_hash)
