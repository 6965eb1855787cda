"""The life of the office's key: another passphrase, a copy, putting it back, a new key, a key on a token."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hoctap_desktop.document.model import (
    Bullet,
    Column,
    Document,
    Footer,
    Metadata,
    Paragraph,
    Run,
    Table,
    TableRow,
    Title,
    plain,
)
from hoctap_desktop.filing.printed import office_head
from hoctap_desktop.foundation.boundary import Outside, take_in
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import slug
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import key_rows, repository
from hoctap_desktop.submission.certificate import read_certificate
from hoctap_desktop.submission.der import NotDer
from hoctap_desktop.submission.endorsement import endorse
from hoctap_desktop.submission.key_rows import TokenPlace
from hoctap_desktop.submission.keys import ROUNDS, Key, certified_code, from_pkcs12, make_key, to_pkcs12
from hoctap_desktop.submission.outgoing import write_to
from hoctap_desktop.submission.repository import OwnKey
from hoctap_desktop.submission.signature import signs_with
from hoctap_desktop.submission.signer import Signer
from hoctap_desktop.submission.tokens import TokenKey
from hoctap_desktop.units import repository as units
from hoctap_desktop.units.model import Unit

KEY_EXTENSION = ".p12"


@dataclass(frozen=True)
class KeyBackup:
    """name, data: the key's file, under its passphrase as it is now. sheet: the paper that lies beside it."""

    name: str
    data: bytes
    sheet: Document


def change_passphrase(store: Store, old: str, new: str, rounds: int = ROUNDS) -> None:
    """Puts the office's key, and those it had before, under another passphrase: all of them or none.

    Former keys that `old` does not open stay as they are. Copies made before still open with the old one.
    Raises UserError KEY_MISSING, KEY_ON_TOKEN, WRONG_PASSPHRASE, WEAK_PASSPHRASE, STORE_DAMAGED.
    """
    kept = _kept(store)
    pkcs12 = _under(from_pkcs12(kept.pkcs12, old), new, rounds)
    former: dict[str, bytes] = {}
    for one in key_rows.former_keys(store):
        if one.key.pkcs12:
            try:
                former[one.key.key_hash] = _under(from_pkcs12(one.key.pkcs12, old), new, rounds)
            except UserError as refusal:
                if refusal.code is not Code.WRONG_PASSPHRASE:
                    raise
    with store.atomic():
        if _kept(store) != kept:  # made anew in the meantime
            raise UserError(Code.WRONG_PASSPHRASE)
        key_rows.write_passphrase(store, pkcs12, former)


def new_key(store: Store, passphrase: str, at: datetime, old: Signer | None = None, rounds: int = ROUNDS) -> Key:
    """Makes another key the office's. old: the key until now, opened, to confirm the new one; None when it is lost,
    stolen, or its passphrase forgotten: then only the stamped sheet speaks for the new one.

    Raises UserError KEY_MISSING, WEAK_PASSPHRASE, TOKEN_….
    """
    own = units.own_unit(store)
    key = make_key(own.name, own.code, at)
    pkcs12 = _under(key, passphrase, rounds)
    _follow(store, OwnKey(key.key_hash, key.certificate, pkcs12, at), old, at)
    return key


def use_token(store: Store, chosen: TokenKey, at: datetime, old: Signer | None = None) -> None:
    """Makes a key on a token the office's; the passphrase is its PIN from now on. old: see new_key.

    The same key chosen again keeps where it is found (another library, another machine). Raises UserError KEY_REPLACED.
    """
    kept = repository.own_key(store)
    if kept is not None and not gives_way(store, chosen):
        key_rows.write_token(store, chosen.place)
        return
    key = OwnKey(chosen.place.key_hash, chosen.certificate.data, b"", at)
    _follow(store, key, old, at, chosen.place, first=kept is None)


def gives_way(store: Store, chosen: TokenKey) -> bool:
    """True when another key of the office gives way to the one chosen, and may confirm it.

    A key that was replaced stays so: whoever kept it would come back with the digits of the old sheet, and every office
    that took the newer key has closed it (enrolment.take_key). Raises UserError KEY_REPLACED.
    """
    for former in key_rows.former_keys(store):
        if former.key.key_hash == chosen.place.key_hash:
            raise UserError(Code.KEY_REPLACED, day=print_date(former.closed_at.astimezone(VIETNAM).date()))
    kept = repository.own_key(store)
    return kept is not None and kept.key_hash != chosen.place.key_hash


def key_backup(store: Store, at: datetime, place: str = "") -> KeyBackup:
    """The key as a file, and its recovery sheet. place: where the file will lie, in words; "" leaves a line for it.

    No passphrase is needed: the file is under the one the key has. Raises UserError KEY_MISSING, KEY_ON_TOKEN.
    """
    kept, own = _kept(store), units.own_unit(store)
    day = at.astimezone(VIETNAM).date()
    head = "-".join(part for part in (slug(own.code), slug(own.short_name or own.name)) if part)
    name = f"{head[:60]}-khoa-{kept.fingerprint[:5]}-{day:%Y%m%d}{KEY_EXTENSION}"
    return KeyBackup(name, kept.pkcs12, recovery_sheet(own, kept, at, name, place))


def write_backup(made: KeyBackup, folder: Path) -> tuple[Path, Path]:
    """Writes the key's file and its sheet into a folder and reads them back. Raises as outgoing.write_to."""
    from hoctap_desktop.document.pdf import render

    sheet = write_to(folder, Path(made.name).with_suffix(".pdf").name, render(made.sheet).data)
    return write_to(folder, made.name, made.data), sheet


def read_key_file(path: Path, passphrase: str) -> Key:
    """The key in a file made by key_backup. Raises UserError FILE_UNREADABLE, KEY_FILE_BAD, WRONG_PASSPHRASE."""
    data = take_in(Outside.KEY, path)
    if data[:1] != b"\x30":
        raise UserError(Code.KEY_FILE_BAD, file=path.name)
    try:
        key = from_pkcs12(data, passphrase)
        if not _can_seal(key):
            raise UserError(Code.KEY_FILE_BAD, file=path.name)
        return key
    except UserError as refusal:
        if refusal.code is Code.KEY_FILE_BAD:
            raise UserError(Code.KEY_FILE_BAD, file=path.name) from refusal
        raise


def _can_seal(key: Key) -> bool:
    """False for a key of another curve or size: every reader would refuse what it signs."""
    try:
        return bool(signs_with(key.details))
    except NotDer:
        return False


def restore_key(store: Store, path: Path, passphrase: str, rounds: int = ROUNDS) -> Key:
    """Puts a copy of the office's key back into an office that has none (a new PC), under the same passphrase.

    Raises UserError KEY_EXISTS, KEY_OF_OTHER_UNIT, and those of read_key_file.
    """
    if repository.own_key(store) is not None:
        raise UserError(Code.KEY_EXISTS)
    key = read_key_file(path, passphrase)
    code, own = certified_code(key.certificate), units.own_unit(store)
    if code != own.code:
        raise UserError(Code.KEY_OF_OTHER_UNIT, unit=code)
    pkcs12 = _under(key, passphrase, rounds)
    repository.save_own_key(store, OwnKey(key.key_hash, key.certificate, pkcs12, key.details.valid_from))
    return key


def recovery_sheet(unit: Unit, key: OwnKey, at: datetime, name: str, place: str) -> Document:
    """One page to be kept in the office's envelope: which key, where its copy lies, what to do. Never a passphrase."""
    day, made = at.astimezone(VIETNAM).date(), key.made_at.astimezone(VIETNAM)
    digits = key.fingerprint
    groups = tuple((Run(group, bold=True),) for group in digits.split())
    until = read_certificate(key.certificate).valid_to.astimezone(VIETNAM)
    return Document(
        letterhead=office_head(unit, day, dated=True),
        title=Title("PHIẾU KHÔI PHỤC KHÓA", "giữ trong phong bì của cơ quan"),
        blocks=(
            Paragraph((*plain("Đơn vị: "), Run(unit.name, bold=True), *plain(f" (mã đơn vị {unit.code})."))),
            Paragraph(
                plain(f"Khóa lập ngày {print_date(made.date())}, dùng đến {print_date(until.date())}. Dãy số của khóa:")
            ),
            Table(tuple(Column(f"Nhóm {n}", 1 / 6, "center") for n in range(1, 7)), (TableRow(groups),)),
            Paragraph((*plain(f"Bản sao khóa ghi ngày {print_date(day)}, tên tệp: "), Run(name, bold=True))),
            Paragraph(plain(f"Nơi cất bản sao: {place or '.' * 70}")),
            Paragraph((Run("Khi máy hỏng hoặc mất, trên máy mới:", bold=True),)),
            Bullet("1.", plain("Cài chương trình, tạo dữ liệu của đơn vị hoặc khôi phục từ bản sao dữ liệu.")),
            Bullet("2.", plain("Vào Thiết lập, phần Khóa, chọn Lấy lại khóa từ bản sao, rồi chọn tệp ghi trên.")),
            Bullet("3.", plain("Gõ mật khẩu của khóa. Mật khẩu không ghi trên phiếu này và không lưu trong máy.")),
            Bullet("4.", plain("So dãy số trên màn hình với dãy số trên phiếu này.")),
            Paragraph(
                plain(
                    "Quên mật khẩu, mất cả bản sao, hoặc ngờ có người khác dùng khóa: lập khóa mới trong Thiết lập, in "
                    "phiếu đăng ký, ký, đóng dấu, nộp cấp trên, và báo ngay để cấp trên hủy khóa cũ."
                )
            ),
        ),
        recipients=None,
        signature=None,
        metadata=Metadata("Phiếu khôi phục khóa", unit.name, created=day),
        footer=Footer(left=f"Dãy số khóa: {digits}"),
    )


def _kept(store: Store) -> OwnKey:
    kept = repository.own_key(store)
    if kept is None:
        raise UserError(Code.KEY_MISSING)
    if not kept.pkcs12:
        raise UserError(Code.KEY_ON_TOKEN)
    return kept


def _under(key: Key, passphrase: str, rounds: int) -> bytes:
    """The key under a passphrase, opened again before anybody relies on it."""
    made = to_pkcs12(key, passphrase, rounds)
    assert from_pkcs12(made, passphrase).key_hash == key.key_hash
    return made


def _follow(
    store: Store, new: OwnKey, old: Signer | None, at: datetime, token: TokenPlace | None = None, *, first: bool = False
) -> None:
    kept = repository.own_key(store)
    if kept is None and not first:
        raise UserError(Code.KEY_MISSING)
    said = b""
    if old is not None and kept is not None and old.key_hash == kept.key_hash:
        said = endorse(old, new.certificate, at)
    key_rows.replace_key(store, new, said, at, token)
