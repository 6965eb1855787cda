"""That an accepted paper goes on counting though a later one came: chosen by name, kept for ever."""

from datetime import datetime

from hoctap_desktop.consolidation.model import Choice, ChoiceAct
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import append, checked


def write_choice(store: Store, package_id: str, act: ChoiceAct, who: str, at: datetime) -> Choice:
    """Keeps a choice about the later package; the last one stands."""
    with store.atomic() as db:
        row = {"package_id": package_id, "act": act.value, "who": who, "chosen_at": at.isoformat()}
        append(db, "choice", row)
    return Choice(package_id, act, at.astimezone(VIETNAM).date(), who, at)


def choices(store: Store, package_id: str | None = None) -> tuple[Choice, ...]:
    """Every choice (about one package), oldest first. Raises UserError(STORE_DAMAGED)."""
    found = []
    for row in store.query("SELECT * FROM choice ORDER BY number"):
        checked(store, row, f"lựa chọn ngày {row['chosen_at'][:10]} về gói {row['package_id'][:12]}")
        at = datetime.fromisoformat(row["chosen_at"])
        if package_id in (None, row["package_id"]):
            day = at.astimezone(VIETNAM).date()
            found.append(Choice(row["package_id"], ChoiceAct(row["act"]), day, row["who"], at))
    return tuple(found)
