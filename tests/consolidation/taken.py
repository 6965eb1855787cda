"""What a turn of receiving left in the store, in a form tests compare."""

from pathlib import Path

from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_totals
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.store.database import Store


def picture_of(store: Store, *paths: Path) -> list[tuple[str, str, Code | None]]:
    return [(line.unit_code, line.outcome.value, line.code) for line in intake(store, paths).lines]


def participants_of(store: Store) -> int | None:
    return current_totals(store).number("participants").value


def rows_of(store: Store) -> dict[str, int]:
    tables = ("batch", "submission", "quarantine", "source", "fact", "batch_held")
    return {table: store.query(f"SELECT count(*) FROM {table}")[0][0] for table in tables}
