"""A new office: its store, its units, its deadlines, its campaign."""

import contextlib
from pathlib import Path

from hoctap_desktop.campaign.office_file import OfficeFile, read_office_file
from hoctap_desktop.campaign.repository import campaign_by_id, choose, save_office
from hoctap_desktop.foundation.clock import Clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store, create


def set_up(path: Path, unit_file: Path, clock: Clock, campaign: str | None = None) -> Store:
    """Makes the store at `path` from a unit file and opens it.

    Raises UserError UNIT_FILE_BAD, CAMPAIGN_UNKNOWN, STORE_EXISTS, FILE_UNREADABLE, FILE_UNWRITABLE; everything is
    read and judged before the store is made, so a refusal leaves nothing behind.
    """
    return make_office(path, read_office_file(unit_file), clock, campaign)


def make_office(path: Path, office: OfficeFile, clock: Clock, campaign: str | None = None) -> Store:
    """Makes the store at `path` for an office already read or typed, and opens it.

    Raises UserError CAMPAIGN_UNKNOWN, STORE_EXISTS, FILE_UNWRITABLE; a refusal leaves nothing behind.
    """
    if campaign is not None:
        campaign_by_id(campaign)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise UserError(Code.FILE_UNWRITABLE, file=str(path)) from cause
    store = create(path, clock)
    try:
        with store.atomic():
            save_office(store, office.own, office.below, office.upper, office.deadlines)
            if campaign is not None:
                choose(store, campaign)
    except BaseException:
        store.close()
        # it was made a moment ago and holds no office: left behind, it would stand in the way of the next try
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    return store
