"""How strong a passphrase is, said wherever one is set. No Qt."""

import re
from dataclasses import dataclass

from hoctap_desktop.submission.keys import LEAST_PASSPHRASE, is_short

GOOD_PASSPHRASE = 14
# Said wherever a passphrase is set.
PASSPHRASE_HINT = f"Ít nhất {LEAST_PASSPHRASE} ký tự. Bốn từ dễ nhớ là đủ, có dấu hay không đều được."


@dataclass(frozen=True)
class Strength:
    """tone: "danger" (refused), "warn", "ok"; words: what to do."""

    tone: str
    words: str

    @property
    def enough(self) -> bool:
        return self.tone != "danger"


def strength(passphrase: str) -> Strength:
    """How strong a passphrase is: length counts, capitals and signs are not asked for."""
    if is_short(passphrase):
        return Strength("danger", f"Còn ngắn: cần ít nhất {LEAST_PASSPHRASE} ký tự.")
    if len(set(passphrase)) < 5 or re.fullmatch(r"\d+", passphrase):
        return Strength("danger", "Dễ đoán quá. Hãy thêm vài từ.")
    if len(passphrase) < GOOD_PASSPHRASE:
        return Strength("warn", "Dùng được. Thêm một, hai từ nữa thì chắc hơn.")
    return Strength("ok", "Tốt. Ghi ra giấy, cất trong phong bì của cơ quan.")
