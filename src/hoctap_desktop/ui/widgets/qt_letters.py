"""Letters as Qt counts them: one beyond the basic plane (an emoji) is one for Python and two for Qt."""

import re

_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_TWO = "\ufffd\ufffd"


def spread(words: str) -> str:
    """`words` with two signs for each that Qt counts as two: places in it are those of Qt."""
    return _BEYOND.sub(_TWO, words)


def qt_length(words: str) -> int:
    """How many letters Qt counts."""
    return len(spread(words))
