"""Offices: how they are called, what stands at the head of their paper, who reports to whom."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Level:
    """One level of the tree, as data (forms/levels.toml): the word shown comes from here, never from code.

    id: "school", "commune", …; word: "trường", "xã", "huyện", "tỉnh"; rank: 1 is the lowest. also: what some units of
    the level are called in its place ("phường").
    """

    id: str
    word: str
    rank: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signer:
    """Who signs, as printed (Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 7a, 7b).

    collective: "TM. ỦY BAN NHÂN DÂN" or ""; authority: "KT. CHỦ TỊCH" or ""; title: "PHÓ CHỦ TỊCH"; name: no titles.
    """

    collective: str = ""
    authority: str = ""
    title: str = ""
    name: str = ""


@dataclass(frozen=True)
class Unit:
    """An office that plans or reports, named as it was named then.

    code: text with leading zeros, the identity for ever (names repeat, codes do not).
    name: whole, as in running text ("Ủy ban nhân dân xã Hà Thượng"); short_name: as in lists ("UBND xã Hà Thượng").
    area: what stands under the name on the screen ("huyện Đại Từ"). level: a Level id.
    upper: code of the unit it reports to, "" at the top. governing, issuing: the two parts of the letterhead, each
    one printed line per item. place: the place name of the date line. symbol: the office's part of a document's
    symbol ("UBND" in KH-UBND). contact, phone: shown to the units below. valid_to: last day, None while it stands.
    successor: code of the unit that took its place when it was merged, "" while it stands or when nobody did.
    also: the others it was split among, beside `successor`, who took the most.
    """

    code: str
    name: str
    short_name: str
    level: str
    area: str = ""
    upper: str = ""
    governing: tuple[str, ...] = ()
    issuing: tuple[str, ...] = ()
    place: str = ""
    symbol: str = ""
    signer: Signer = Signer()
    contact: str = ""
    phone: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""
    also: tuple[str, ...] = ()

    @property
    def successors(self) -> tuple[str, ...]:
        """Codes of all that took its place, the one that took most first."""
        return (self.successor, *self.also) if self.successor else ()

    def stood_on(self, day: date) -> bool:
        """True when the office existed on that day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)
