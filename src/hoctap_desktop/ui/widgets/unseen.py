"""Letters nobody sees, typed or pasted along: they are taken out where they came in, and the person is told once."""

from PySide6.QtCore import QObject, Signal

from hoctap_desktop.foundation.text import seen, unseen


class _Teller(QObject):
    """`left_out(field, count)`: so many were taken out of a field, "" when it has no name."""

    left_out = Signal(str, int)


class _State:
    """One per process, as there is one application."""

    teller = _Teller()


def teller() -> _Teller:
    """Who tells; the window listens."""
    return _State.teller


def seen_only(text: str, field: str) -> str:
    """`text` without them; of any that stood in it the person is told."""
    count = unseen(text)
    if not count:
        return text
    _State.teller.left_out.emit(field, count)
    return seen(text)


def told(field: str, count: int) -> str:
    """The sentence."""
    where = f" trong «{field}»" if field else ""
    return f"Đã bỏ {count} ký tự không nhìn thấy{where}. Phần chữ còn lại giữ nguyên."
