"""The digits two people compare on stamped paper before a key is believed."""


def fingerprint(key_hash: str) -> str:
    """ "12345 67890 …": six groups of five digits from the hash of a public key, 99.6 bits, for people to compare."""
    data = bytes.fromhex(key_hash)
    return " ".join(f"{int.from_bytes(data[start : start + 5]) % 100_000:05d}" for start in range(0, 30, 5))


def same_fingerprint(typed: str, printed: str) -> bool:
    """True when a person typed the digits of `printed`, however spaced."""
    return "".join(c for c in typed if c.isdigit()) == printed.replace(" ", "")
