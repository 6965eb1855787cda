"""What Thiết lập says of keys. No Qt."""

from dataclasses import dataclass
from datetime import date

from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import repository
from hoctap_desktop.submission.certificate import read_certificate
from hoctap_desktop.submission.key_rows import former_keys, token_place
from hoctap_desktop.submission.replies import uppers
from hoctap_desktop.submission.roster import RosterKey

# How long the open key rests before it is asked for again, in minutes.
RESTS = {5: "5 phút", 15: "15 phút", 30: "30 phút", 60: "1 giờ", 0: "Chỉ khi đóng chương trình"}


@dataclass(frozen=True)
class OwnKeyState:
    """The office's key as shown. fingerprint: "" before there is one. token: "" for a key of this machine."""

    fingerprint: str = ""
    made: date | None = None
    until: date | None = None
    token: str = ""
    former: int = 0

    @property
    def has_key(self) -> bool:
        return bool(self.fingerprint)

    @property
    def words(self) -> str:
        """One or two sentences on the key."""
        if self.made is None or self.until is None:
            return (
                "Đơn vị chưa có khóa. Khóa được tạo khi xuất gói lần đầu, hoặc khi lập phiếu đăng ký. Máy cũ đã có "
                "khóa thì lấy lại từ bản sao."
            )
        days = f"dùng đến ngày {print_date(self.until)}"
        if self.token:
            return f"Khóa trên thiết bị ký «{self.token}», {days}. Máy hỏi mã PIN khi cần ký."
        return f"Khóa lập ngày {print_date(self.made)}, {days}, có mật khẩu. Máy hỏi mật khẩu khi cần ký."


@dataclass(frozen=True)
class UnitKey:
    """A key of a unit below. open: it may sign today."""

    code: str
    unit: str
    fingerprint: str
    state: str
    open: bool


def own_state(store: Store) -> OwnKeyState:
    """The office's key. Raises UserError(STORE_DAMAGED)."""
    kept = repository.own_key(store)
    if kept is None:
        return OwnKeyState()
    place = token_place(store, kept.key_hash)
    return OwnKeyState(
        kept.fingerprint,
        kept.made_at.astimezone(VIETNAM).date(),
        read_certificate(kept.certificate).valid_to.astimezone(VIETNAM).date(),
        place.label if place is not None else "",
        len(former_keys(store)),
    )


def unit_keys(store: Store) -> tuple[UnitKey, ...]:
    """The keys of the units below, open ones first, by unit. Raises UserError(STORE_DAMAGED)."""
    above, today = uppers(store), store.clock().astimezone(VIETNAM).date()
    found = [_unit_key(key, today) for key in repository.roster(store).keys if key.unit.code not in above]
    return tuple(sorted(found, key=lambda one: (not one.open, one.code)))


def _unit_key(key: RosterKey, today: date) -> UnitKey:
    accepted = f"nhận ngày {print_date(key.accepted)}"
    if key.revoked is not None:
        return UnitKey(key.unit.code, key.unit.name, key.fingerprint, f"Đã hủy ngày {print_date(key.revoked)}.", False)
    if key.valid_to < today or key.valid_to == key.accepted:
        closed = f"Đã đóng ngày {print_date(key.valid_to)}; {accepted}."
        return UnitKey(key.unit.code, key.unit.name, key.fingerprint, closed, False)
    state = f"Đang dùng, {accepted}, đến ngày {print_date(key.valid_to)}."
    return UnitKey(key.unit.code, key.unit.name, key.fingerprint, state, True)
