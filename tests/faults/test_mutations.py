"""20,000 mutations of a good sealed file: none is taken for a good one, none raises what is no refusal."""

import random

import pytest

from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.submission.unseal import unseal
from tests.submission.hostile.forge import pieces, with_files
from tests.submission.zips import write


def mutated(data: bytes, chance: random.Random) -> bytes:
    """One to three changes: bits, bytes, cuts, repeats, moves, numbers at their edge."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        at = chance.randrange(len(found))
        length = min(chance.choice((1, 1, 2, 4, 16, 200)), len(found) - at)
        match chance.randrange(8):
            case 0:
                found[at] ^= 1 << chance.randrange(8)
            case 1:
                found[at : at + length] = chance.randbytes(length)
            case 2:
                del found[at : at + length]
            case 3:
                found[at:at] = found[at : at + length]
            case 4:
                to = chance.randrange(len(found))
                piece = found[at : at + length]
                del found[at : at + length]
                found[to:to] = piece
            case 5:
                found[at : at + length] = bytes(length)
            case 6:
                found[at : at + length] = b"\xff" * length
            case _:
                found[at:at] = chance.choice((b"\0", b"PK\x03\x04", b"{}", b"\xef\xbb\xbf", b"\n"))
    return bytes(found)


def repaired(good: bytes, chance: random.Random) -> bytes:
    """One entry mutated and the container written anew around it: only the seal stands in its way."""
    found = pieces(good)
    piece = chance.choice(found)
    piece.data = mutated(piece.data, chance)
    return write(found)


def taken(count: int, seed: int) -> list[bytes]:
    """Those of `count` mutations (of the file, of its entries) that differ from the good one and open all the same."""
    good = with_files()
    chance = random.Random(seed)
    found = []
    for number in range(count):
        data = mutated(good, chance) if number % 2 else repaired(good, chance)
        if data == good:
            continue
        try:
            unseal(data, "a.htgoi")
        except UserError:
            continue
        found.append(data)
    return found


def test_the_file_they_are_made_of_opens() -> None:
    assert unseal(with_files(), "a.htgoi").attachments


def test_none_of_a_thousand_mutations_is_taken() -> None:
    assert taken(1000, seed=1) == []


@pytest.mark.faults
def test_none_of_twenty_thousand_mutations_is_taken() -> None:
    assert taken(20_000, seed=2) == []
