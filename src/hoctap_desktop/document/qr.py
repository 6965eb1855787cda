"""QR symbols: bytes as letters every reader agrees on (base45), and the dark squares. Loads segno when asked."""

from dataclasses import dataclass

_BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@dataclass(frozen=True)
class Square:
    """Dark modules side by side in a row of a symbol, counted from its upper left corner."""

    column: int
    row: int
    width: int


@dataclass(frozen=True)
class Symbol:
    """size: modules on a side, without the free zone around."""

    size: int
    dark: tuple[Square, ...]


def symbol(text: str) -> Symbol:
    """The smallest symbol for `text` in letters of base45, with as much repair as fits in it for nothing."""
    import segno

    matrix = segno.make(text, mode="alphanumeric", error="l", boost_error=True, micro=False).matrix
    dark = []
    for row, modules in enumerate(matrix):
        start = None
        for column, module in enumerate((*modules, 0)):
            if module and start is None:
                start = column
            elif not module and start is not None:
                dark.append(Square(start, row, column - start))
                start = None
    return Symbol(len(matrix), tuple(dark))


def base45(data: bytes) -> str:
    """RFC 9285: two bytes in three letters, a last single one in two."""
    letters = ""
    for start in range(0, len(data), 2):
        pair = data[start : start + 2]
        value = int.from_bytes(pair)
        for _ in range(len(pair) + 1):
            value, place = divmod(value, 45)
            letters += _BASE45[place]
    return letters


def from_base45(text: str) -> bytes | None:
    """The bytes in base45, or None when `text` is not what `base45` writes."""
    data = b""
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        if len(group) < 2 or any(letter not in _BASE45 for letter in group):
            return None
        value = sum(_BASE45.index(letter) * 45**place for place, letter in enumerate(group))
        if value >= 256 ** (len(group) - 1):
            return None
        data += value.to_bytes(len(group) - 1)
    return data
