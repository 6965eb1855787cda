"""The store's schema, one small step after another. A released step is never edited; the store only moves forward.

sqlite_utils is imported when steps are applied and not before: a window that opens a store of today never loads it.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hoctap_desktop.store.digest import row_digest

if TYPE_CHECKING:
    from sqlite_utils.db import Database

APPLICATION_ID = 0x48544853  # "HTHS": written in the file's head, tells our stores from all other SQLite files


def m0001_office_and_filings(db: "Database") -> None:
    """Units, deadlines, filings with their history, and facts."""
    for statement in (
        # Only what is searched stands in a column; the rest of a unit is read whole.
        """CREATE TABLE unit (
            code TEXT PRIMARY KEY,
            content TEXT NOT NULL,
            position INTEGER NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE office (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            unit TEXT NOT NULL REFERENCES unit (code),
            campaign TEXT,
            created_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE deadline (
            kind TEXT NOT NULL,
            level TEXT NOT NULL,
            unit TEXT NOT NULL,
            day TEXT NOT NULL,
            inclusive INTEGER NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE source (
            id INTEGER PRIMARY KEY,
            origin TEXT NOT NULL CHECK (origin IN ('own', 'received')),
            unit TEXT NOT NULL,
            campaign TEXT NOT NULL,
            kind TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE fact (
            indicator TEXT NOT NULL,
            source INTEGER NOT NULL REFERENCES source (id),
            value INTEGER,
            none TEXT,
            reason TEXT,
            PRIMARY KEY (indicator, source),
            CHECK ((value IS NULL) <> (none IS NULL))
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX fact_by_source ON fact (source)",
        """CREATE TABLE filing (
            id TEXT NOT NULL,
            revision INTEGER NOT NULL CHECK (revision >= 1),
            source INTEGER NOT NULL REFERENCES source (id),
            kind TEXT NOT NULL,
            campaign TEXT NOT NULL,
            unit TEXT NOT NULL,
            form_id TEXT NOT NULL,
            form_version INTEGER NOT NULL,
            form_hash TEXT NOT NULL,
            answers TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('draft', 'final')),
            illustrative INTEGER NOT NULL,
            paper_code TEXT NOT NULL,
            document_number TEXT NOT NULL,
            document_day TEXT,
            based_on TEXT NOT NULL,
            changed_at TEXT,
            finalised_at TEXT,
            frozen BLOB,
            print TEXT,
            digest TEXT NOT NULL,
            PRIMARY KEY (id, revision)
        ) STRICT""",
        """CREATE TABLE change (
            number INTEGER PRIMARY KEY,
            filing TEXT NOT NULL,
            revision INTEGER NOT NULL,
            field TEXT NOT NULL,
            before TEXT,
            after TEXT,
            at TEXT NOT NULL,
            digest TEXT NOT NULL,
            FOREIGN KEY (filing, revision) REFERENCES filing (id, revision)
        ) STRICT""",
    ):
        db.execute(statement)


def m0002_sealed_files(db: "Database") -> None:
    """The office's own key, the keys it trusts, what it sent, and what waits for its key to be accepted."""
    for statement in (
        """CREATE TABLE own_key (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            key_hash TEXT NOT NULL,
            certificate BLOB NOT NULL,
            pkcs12 BLOB NOT NULL,
            made_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE roster_key (
            key_hash TEXT PRIMARY KEY,
            unit_code TEXT NOT NULL,
            unit_name TEXT NOT NULL,
            certificate BLOB NOT NULL,
            valid_from TEXT NOT NULL,
            valid_to TEXT NOT NULL,
            revoked_at TEXT,
            epoch INTEGER NOT NULL CHECK (epoch >= 1),
            accepted_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        # A roster once written is written again byte for byte until a key changes.
        """CREATE TABLE roster_issue (
            number INTEGER PRIMARY KEY,
            keys_hash TEXT NOT NULL,
            name TEXT NOT NULL,
            package_id TEXT NOT NULL,
            file TEXT NOT NULL,
            issued_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE sent_package (
            series TEXT NOT NULL,
            revision INTEGER NOT NULL CHECK (revision >= 1),
            epoch INTEGER NOT NULL CHECK (epoch >= 1),
            package_id TEXT NOT NULL UNIQUE,
            previous TEXT,
            recipient_code TEXT NOT NULL,
            recipient_name TEXT NOT NULL,
            name TEXT NOT NULL,
            file TEXT NOT NULL,
            sealed_at TEXT NOT NULL,
            written_at TEXT,
            written_to TEXT NOT NULL,
            digest TEXT NOT NULL,
            PRIMARY KEY (series, revision)
        ) STRICT""",
        """CREATE TABLE quarantine (
            package_id TEXT PRIMARY KEY,
            file_name TEXT NOT NULL,
            file TEXT NOT NULL,
            key_hash TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            unit_code TEXT NOT NULL,
            unit_name TEXT NOT NULL,
            received_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX quarantine_by_key ON quarantine (key_hash)",
    ):
        db.execute(statement)


def m0003_received(db: "Database") -> None:
    """Packages an upper office took in, batch by batch. What was put back stays, with the moment it was put back."""
    for statement in (
        """CREATE TABLE batch (
            id TEXT PRIMARY KEY,
            begun_at TEXT NOT NULL,
            undone_at TEXT,
            digest TEXT NOT NULL
        ) STRICT""",
        # tally: a digest over what board and totals are made of, so that they need not read the answers.
        """CREATE TABLE submission (
            number INTEGER PRIMARY KEY,
            package_id TEXT NOT NULL,
            unit TEXT NOT NULL,
            unit_name TEXT NOT NULL,
            series TEXT NOT NULL,
            campaign TEXT NOT NULL,
            kind TEXT NOT NULL,
            revision INTEGER NOT NULL CHECK (revision >= 1),
            epoch INTEGER NOT NULL CHECK (epoch >= 1),
            previous TEXT,
            form_id TEXT NOT NULL,
            form_version INTEGER NOT NULL,
            form_hash TEXT NOT NULL,
            answers TEXT NOT NULL,
            illustrative INTEGER NOT NULL,
            document_number TEXT NOT NULL,
            document_day TEXT,
            paper_code TEXT NOT NULL,
            received_on TEXT NOT NULL,
            day_reason TEXT NOT NULL,
            received_at TEXT NOT NULL,
            batch TEXT NOT NULL REFERENCES batch (id),
            file_name TEXT NOT NULL,
            file TEXT NOT NULL,
            notes TEXT NOT NULL,
            source INTEGER NOT NULL REFERENCES source (id),
            undone_at TEXT,
            tally TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        "CREATE UNIQUE INDEX submission_by_package ON submission (package_id) WHERE undone_at IS NULL",
        "CREATE INDEX submission_by_batch ON submission (batch)",
        """CREATE TABLE batch_held (
            batch TEXT NOT NULL REFERENCES batch (id),
            package_id TEXT NOT NULL,
            PRIMARY KEY (batch, package_id)
        ) STRICT, WITHOUT ROWID""",
        # The last turn as it was told: a refusal leaves no other trace. One row.
        """CREATE TABLE turn (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            content TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
    ):
        db.execute(statement)


def m0004_doubts(db: "Database") -> None:
    """What the reader of an old plan was unsure of, until the person has seen it: work on a draft, no part of it."""
    db.execute(
        """CREATE TABLE doubt (
            number INTEGER PRIMARY KEY,
            filing TEXT NOT NULL,
            line INTEGER NOT NULL,
            words TEXT NOT NULL,
            why TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT"""
    )


def m0005_attachments(db: "Database") -> None:
    """Files beside a filing or an entry of the diary; and the lists that stand as they were sealed."""
    for statement in (
        """CREATE TABLE attachment (
            number INTEGER PRIMARY KEY,
            owner TEXT NOT NULL,
            revision INTEGER NOT NULL,
            name TEXT NOT NULL,
            extension TEXT NOT NULL,
            kept TEXT NOT NULL,
            size INTEGER NOT NULL,
            signatures INTEGER NOT NULL,
            active INTEGER NOT NULL,
            added_at TEXT NOT NULL,
            removed_at TEXT,
            digest TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX attachment_by_owner ON attachment (owner, revision)",
        """CREATE TABLE attachment_list (
            owner TEXT NOT NULL,
            revision INTEGER NOT NULL,
            files TEXT NOT NULL,
            closed_at TEXT NOT NULL,
            digest TEXT NOT NULL,
            PRIMARY KEY (owner, revision)
        ) STRICT""",
    ):
        db.execute(statement)
    # What was sealed before there were attachments went without, and stays so.
    for row in db.execute("SELECT series, revision, sealed_at FROM sent_package").fetchall():
        closed = {"owner": row[0], "revision": row[1], "files": "[]", "closed_at": row[2]}
        db.execute("INSERT INTO attachment_list VALUES (?, ?, ?, ?, ?)", (*closed.values(), row_digest(closed)))


def m0006_who_and_when(db: "Database") -> None:
    """Who sat at the program when, what was done with a filing beside changing fields, and drafts that were removed."""
    for statement in (
        # A sitting begins with the first change after the store was opened. Changes from `first_change` on are its own.
        # ending: NULL while it lasts, and for ever when the program was killed in it.
        """CREATE TABLE sitting (
            number INTEGER PRIMARY KEY,
            who TEXT NOT NULL,
            began_at TEXT NOT NULL,
            first_change INTEGER NOT NULL,
            ending TEXT CHECK (ending IN ('closed', 'copied', 'told')),
            digest TEXT NOT NULL
        ) STRICT""",
        # after_change: the newest change of the store at that moment. words: of the act ("2.57" it went back to).
        """CREATE TABLE filing_act (
            number INTEGER PRIMARY KEY,
            filing TEXT NOT NULL,
            revision INTEGER NOT NULL,
            act TEXT NOT NULL,
            words TEXT NOT NULL,
            after_change INTEGER NOT NULL,
            sitting INTEGER NOT NULL,
            at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        # A removed draft keeps its rows under the id `kept_as`, which no list of filings shows.
        """CREATE TABLE removed_draft (
            number INTEGER PRIMARY KEY,
            filing TEXT NOT NULL,
            revision INTEGER NOT NULL,
            kept_as TEXT NOT NULL,
            sitting INTEGER NOT NULL,
            removed_at TEXT NOT NULL,
            put_back_at TEXT,
            digest TEXT NOT NULL
        ) STRICT""",
    ):
        db.execute(statement)


def m0007_undo(db: "Database") -> None:
    """Earlier and later states of the texts of drafts, and where the person stopped: no part of the drafts."""
    for statement in (
        """CREATE TABLE undo_step (
            filing TEXT NOT NULL,
            revision INTEGER NOT NULL,
            field TEXT NOT NULL,
            number INTEGER NOT NULL,
            at INTEGER NOT NULL,
            removed TEXT NOT NULL,
            inserted TEXT NOT NULL,
            digest TEXT NOT NULL,
            PRIMARY KEY (filing, revision, field, number)
        ) STRICT""",
        """CREATE TABLE undo_now (
            filing TEXT NOT NULL,
            revision INTEGER NOT NULL,
            field TEXT NOT NULL,
            place INTEGER NOT NULL,
            text TEXT NOT NULL,
            digest TEXT NOT NULL,
            PRIMARY KEY (filing, revision, field)
        ) STRICT""",
        """CREATE TABLE stopped (
            filing TEXT PRIMARY KEY,
            field TEXT NOT NULL,
            block INTEGER NOT NULL,
            letter INTEGER NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
    ):
        db.execute(statement)


def m0008_diary(db: "Database") -> None:
    """What happened during the Week, its history, and which numbers of a report were taken from it."""
    for statement in (
        """CREATE TABLE diary_entry (
            number INTEGER PRIMARY KEY,
            campaign TEXT NOT NULL,
            content TEXT NOT NULL,
            begun_at TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            removed_at TEXT,
            digest TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE diary_change (
            number INTEGER PRIMARY KEY,
            entry INTEGER NOT NULL,
            field TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            at TEXT NOT NULL,
            sitting INTEGER NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE taken_number (
            filing TEXT NOT NULL,
            indicator TEXT NOT NULL,
            value INTEGER NOT NULL,
            parts TEXT NOT NULL,
            at TEXT NOT NULL,
            digest TEXT NOT NULL,
            PRIMARY KEY (filing, indicator)
        ) STRICT""",
    ):
        db.execute(statement)


def m0009_carried(db: "Database") -> None:
    """The older plan a draft was begun from: what of it is to be marked, and what the person keeps. Lists are JSON."""
    db.execute("""CREATE TABLE carried (
        filing TEXT PRIMARY KEY,
        year INTEGER NOT NULL,
        week_from TEXT NOT NULL,
        week_to TEXT NOT NULL,
        themes TEXT NOT NULL,
        spots TEXT NOT NULL,
        staying TEXT NOT NULL,
        digest TEXT NOT NULL
    ) STRICT""")


def m0010_paper_entries(db: "Database") -> None:
    """Nhập hộ: what an upper office typed for a unit that sent paper. second: the second keying, NULL before it."""
    db.execute(
        """CREATE TABLE paper_entry (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            unit TEXT NOT NULL,
            unit_name TEXT NOT NULL,
            campaign TEXT NOT NULL,
            kind TEXT NOT NULL,
            form_id TEXT NOT NULL,
            form_version INTEGER NOT NULL,
            form_hash TEXT NOT NULL,
            answers TEXT NOT NULL,
            second TEXT,
            status TEXT NOT NULL CHECK (status IN ('draft', 'entered', 'withdrawn')),
            revision INTEGER NOT NULL CHECK (revision >= 1),
            paper_code TEXT NOT NULL,
            scanned INTEGER NOT NULL,
            illustrative INTEGER NOT NULL,
            document_number TEXT NOT NULL,
            document_day TEXT,
            received_on TEXT NOT NULL,
            who TEXT NOT NULL,
            instead_of TEXT NOT NULL,
            reason TEXT NOT NULL,
            begun_at TEXT NOT NULL,
            entered_at TEXT,
            source INTEGER REFERENCES source (id),
            digest TEXT NOT NULL
        ) STRICT"""
    )


def m0011_way_down(db: "Database") -> None:
    """What officers decided about packages, the replies written; at the unit the replies and rosters that came down."""
    for statement in (
        """CREATE TABLE review (
            number INTEGER PRIMARY KEY,
            package_id TEXT NOT NULL,
            act TEXT NOT NULL CHECK (act IN ('approved', 'returned', 'reopened')),
            words TEXT NOT NULL,
            remarks TEXT NOT NULL,
            who TEXT NOT NULL,
            decided_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX review_by_package ON review (package_id)",
        # A reply once written is written again byte for byte until something else is decided.
        """CREATE TABLE reply_issued (
            reply_id TEXT PRIMARY KEY,
            package_id TEXT NOT NULL,
            content TEXT NOT NULL,
            name TEXT NOT NULL,
            file TEXT NOT NULL,
            issued_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX reply_issued_by_package ON reply_issued (package_id)",
        """CREATE TABLE reply_taken (
            reply_id TEXT PRIMARY KEY,
            unit_code TEXT NOT NULL,
            unit_name TEXT NOT NULL,
            series TEXT NOT NULL,
            revision INTEGER NOT NULL CHECK (revision >= 1),
            content TEXT NOT NULL,
            note TEXT NOT NULL,
            file TEXT NOT NULL,
            taken_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE roster_taken (
            number INTEGER PRIMARY KEY,
            package_id TEXT NOT NULL,
            unit_code TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            file TEXT NOT NULL,
            taken_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
    ):
        db.execute(statement)


def m0012_keys(db: "Database") -> None:
    """Keys the office had before, with what the old one said of the new one; where a key on a token is found."""
    for statement in (
        # endorsement: the old key's signature over the successor's certificate, empty when it gave none
        """CREATE TABLE former_key (
            key_hash TEXT PRIMARY KEY,
            certificate BLOB NOT NULL,
            pkcs12 BLOB NOT NULL,
            made_at TEXT NOT NULL,
            closed_at TEXT NOT NULL,
            successor TEXT NOT NULL,
            endorsement BLOB NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE own_token (
            key_hash TEXT PRIMARY KEY,
            library TEXT NOT NULL,
            serial TEXT NOT NULL,
            label TEXT NOT NULL,
            key_id TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
    ):
        db.execute(statement)


def m0013_campaigns_taken(db: "Database") -> None:
    """Campaigns and forms that came from the upper unit, and the campaign files an upper office wrote."""
    for statement in (
        """CREATE TABLE campaign_taken (
            id TEXT PRIMARY KEY,
            unit_code TEXT NOT NULL,
            series TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            revision INTEGER NOT NULL CHECK (revision >= 1),
            package_id TEXT NOT NULL,
            content TEXT NOT NULL,
            file TEXT NOT NULL,
            taken_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE form_taken (
            hash TEXT PRIMARY KEY,
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            content BLOB NOT NULL,
            package_id TEXT NOT NULL,
            taken_at TEXT NOT NULL,
            digest TEXT NOT NULL,
            UNIQUE (id, version)
        ) STRICT""",
        """CREATE TABLE campaign_issued (
            campaign TEXT NOT NULL,
            number INTEGER NOT NULL,
            content TEXT NOT NULL,
            package_id TEXT NOT NULL,
            name TEXT NOT NULL,
            file TEXT NOT NULL,
            issued_at TEXT NOT NULL,
            digest TEXT NOT NULL,
            PRIMARY KEY (campaign, number)
        ) STRICT""",
    ):
        db.execute(statement)


def m0014_totals(db: "Database") -> None:
    """What an upper office adds to its totals: its own activity, confirmed sums, doubts put aside. The last one stands.

    act: "own", "confirmed" or "dismissed"; subject: an indicator or the id of a doubt; content: JSON, null takes back.
    """
    db.execute(
        """CREATE TABLE totals_act (
            number INTEGER PRIMARY KEY,
            campaign TEXT NOT NULL,
            act TEXT NOT NULL CHECK (act IN ('own', 'confirmed', 'dismissed')),
            subject TEXT NOT NULL,
            content TEXT NOT NULL,
            reason TEXT NOT NULL,
            who TEXT NOT NULL,
            at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT"""
    )


def m0015_tree_and_campaign(db: "Database") -> None:
    """The tree of units as dated data with its acts; campaigns and forms made here, and forms being edited."""
    for statement in (
        # subject: the table an act changed a row of; key: which; before, after: JSON, null when there was or is none
        """CREATE TABLE unit_change (
            number INTEGER PRIMARY KEY,
            act INTEGER NOT NULL,
            words TEXT NOT NULL,
            subject TEXT NOT NULL CHECK (subject IN ('unit', 'excuse', 'reports_to')),
            key TEXT NOT NULL,
            before TEXT,
            after TEXT,
            who TEXT NOT NULL,
            at TEXT NOT NULL,
            undone_at TEXT,
            digest TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE excuse (
            campaign TEXT NOT NULL,
            unit TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('plan', 'report')),
            reason TEXT NOT NULL,
            digest TEXT NOT NULL,
            PRIMARY KEY (campaign, unit, kind)
        ) STRICT""",
        """CREATE TABLE reports_to (
            unit TEXT NOT NULL,
            year INTEGER NOT NULL,
            upper TEXT NOT NULL,
            digest TEXT NOT NULL,
            PRIMARY KEY (unit, year)
        ) STRICT""",
        """CREATE TABLE campaign_made (
            id TEXT PRIMARY KEY,
            content TEXT NOT NULL,
            made_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        # year: of the first campaign that is filled in on it
        """CREATE TABLE form_made (
            hash TEXT PRIMARY KEY,
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            year INTEGER NOT NULL,
            content BLOB NOT NULL,
            made_at TEXT NOT NULL,
            digest TEXT NOT NULL,
            UNIQUE (id, version)
        ) STRICT""",
        """CREATE TABLE form_draft (
            id TEXT PRIMARY KEY,
            content BLOB NOT NULL,
            changed_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
    ):
        db.execute(statement)


def m0016_two_persons(db: "Database") -> None:
    """What the office agreed on for itself (two persons approve, one unit has a day of its own), the last one stands;
    a paper may be proposed by one person before another one approves it.

    office_act.subject: "" or what it is about; content: JSON, null takes back.
    """
    for statement in (
        """CREATE TABLE office_act (
            number INTEGER PRIMARY KEY,
            act TEXT NOT NULL,
            subject TEXT NOT NULL,
            content TEXT NOT NULL,
            reason TEXT NOT NULL,
            who TEXT NOT NULL,
            at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        "DROP INDEX review_by_package",
        "ALTER TABLE review RENAME TO review_before",
        """CREATE TABLE review (
            number INTEGER PRIMARY KEY,
            package_id TEXT NOT NULL,
            act TEXT NOT NULL CHECK (act IN ('proposed', 'approved', 'returned', 'reopened')),
            words TEXT NOT NULL,
            remarks TEXT NOT NULL,
            who TEXT NOT NULL,
            decided_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        "INSERT INTO review SELECT number, package_id, act, words, remarks, who, decided_at, digest FROM review_before",
        "DROP TABLE review_before",
        "CREATE INDEX review_by_package ON review (package_id)",
    ):
        db.execute(statement)


def m0017_turns(db: "Database") -> None:
    """Every turn of receiving as it was told, not the last one alone; accepted papers kept though a later one came."""
    for statement in (
        """CREATE TABLE turn_kept (
            number INTEGER PRIMARY KEY,
            begun_at TEXT NOT NULL,
            content TEXT NOT NULL,
            undone_at TEXT,
            digest TEXT NOT NULL
        ) STRICT""",
        # What was judged, by its bytes: a watched folder does not offer it again.
        """CREATE TABLE turn_file (
            sha256 TEXT NOT NULL,
            turn INTEGER NOT NULL REFERENCES turn_kept (number),
            PRIMARY KEY (sha256, turn)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE choice (
            number INTEGER PRIMARY KEY,
            package_id TEXT NOT NULL,
            act TEXT NOT NULL CHECK (act IN ('kept', 'undone')),
            who TEXT NOT NULL,
            chosen_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX choice_by_package ON choice (package_id)",
    ):
        db.execute(statement)
    for content, digest in db.execute("SELECT content, digest FROM turn").fetchall():
        if digest != row_digest({"id": 1, "content": content}):
            continue  # it tells of files only; what was taken in has rows of its own
        begun = json.loads(content)["at"]
        row: dict[str, object] = {"number": 1, "begun_at": begun, "content": content, "undone_at": None}
        db.execute(
            "INSERT INTO turn_kept (number, begun_at, content, undone_at, digest) VALUES (?, ?, ?, ?, ?)",
            (*row.values(), row_digest(row)),
        )
    db.execute("DROP TABLE turn")


def m0018_board(db: "Database") -> None:
    """Paper that was handed in by itself, days of receipt set by hand, who was called, letters that remind."""
    for statement in (
        """CREATE TABLE paper_receipt (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            unit TEXT NOT NULL,
            unit_name TEXT NOT NULL,
            campaign TEXT NOT NULL,
            kind TEXT NOT NULL,
            received_on TEXT NOT NULL,
            day_reason TEXT NOT NULL,
            paper_code TEXT NOT NULL,
            note TEXT NOT NULL,
            who TEXT NOT NULL,
            at TEXT NOT NULL,
            undone_at TEXT,
            digest TEXT NOT NULL
        ) STRICT""",
        # subject: id of a package, of an entry from paper, or of a receipt of paper
        """CREATE TABLE receipt_day (
            number INTEGER PRIMARY KEY,
            subject TEXT NOT NULL,
            day_before TEXT NOT NULL,
            reason_before TEXT NOT NULL,
            day TEXT NOT NULL,
            reason TEXT NOT NULL,
            who TEXT NOT NULL,
            at TEXT NOT NULL,
            undone_at TEXT,
            digest TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE phone_call (
            number INTEGER PRIMARY KEY,
            unit TEXT NOT NULL,
            campaign TEXT NOT NULL,
            note TEXT NOT NULL,
            who TEXT NOT NULL,
            at TEXT NOT NULL,
            undone_at TEXT,
            digest TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE reminder (
            id TEXT PRIMARY KEY,
            campaign TEXT NOT NULL,
            content TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
    ):
        db.execute(statement)


def m0019_removed_parts(db: "Database") -> None:
    """Blocks taken out of a text of a draft lie in the trash.

    place: of the first one in its text; above: the block before it; words: the blocks, as a text is written.
    """
    for statement in (
        """CREATE TABLE removed_part (
            number INTEGER PRIMARY KEY,
            filing TEXT NOT NULL,
            field TEXT NOT NULL,
            place INTEGER NOT NULL,
            above TEXT NOT NULL,
            words TEXT NOT NULL,
            sitting INTEGER NOT NULL,
            removed_at TEXT NOT NULL,
            put_back_at TEXT,
            digest TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX removed_part_by_filing ON removed_part (filing)",
    ):
        db.execute(statement)


def m0020_sent_encrypted(db: "Database") -> None:
    """Sealed files as they were encrypted: the same revision for the same keys is the same bytes."""
    db.execute(
        """CREATE TABLE sent_encrypted (
            package_id TEXT NOT NULL,
            recipient_key TEXT NOT NULL,
            own_key TEXT NOT NULL,
            name TEXT NOT NULL,
            file TEXT NOT NULL,
            made_at TEXT NOT NULL,
            written_at TEXT,
            digest TEXT NOT NULL,
            PRIMARY KEY (package_id, recipient_key, own_key)
        ) STRICT"""
    )


def m0021_held_twins(db: "Database") -> None:
    """What waits for its key is one file of one signer: of a package id there may be a real one and a forged twin."""
    for statement in (
        "DROP INDEX quarantine_by_key",
        "ALTER TABLE quarantine RENAME TO quarantine_before",
        """CREATE TABLE quarantine (
            package_id TEXT NOT NULL,
            file_name TEXT NOT NULL,
            file TEXT NOT NULL,
            key_hash TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            unit_code TEXT NOT NULL,
            unit_name TEXT NOT NULL,
            received_at TEXT NOT NULL,
            digest TEXT NOT NULL,
            PRIMARY KEY (package_id, key_hash)
        ) STRICT""",
        """INSERT INTO quarantine
            SELECT package_id, file_name, file, key_hash, fingerprint, unit_code, unit_name, received_at, digest
            FROM quarantine_before ORDER BY rowid""",
        "CREATE INDEX quarantine_by_key ON quarantine (key_hash)",
        "ALTER TABLE batch_held RENAME TO batch_held_before",
        # key_hash: "" for what was let go before this step
        """CREATE TABLE batch_held (
            batch TEXT NOT NULL REFERENCES batch (id),
            package_id TEXT NOT NULL,
            key_hash TEXT NOT NULL,
            PRIMARY KEY (batch, package_id, key_hash)
        ) STRICT, WITHOUT ROWID""",
        """INSERT INTO batch_held
            SELECT h.batch, h.package_id, coalesce(q.key_hash, '') FROM batch_held_before AS h
            LEFT JOIN quarantine_before AS q ON q.package_id = h.package_id""",
        "DROP TABLE batch_held_before",
        "DROP TABLE quarantine_before",
    ):
        db.execute(statement)


def m0022_latest_signed(db: "Database") -> None:
    """The latest day on which anybody this office trusts signed: what its own clock once said is held against it."""
    db.execute(
        """CREATE TABLE latest_signed (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            day TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT"""
    )


def m0023_forms_by_issuer(db: "Database") -> None:
    """A form is known by its text: two upper units may give one name and number to two texts. Who issued which, from
    which year on, stands in a table of its own; it was the sender of the campaign file the form came with.
    """
    for statement in (
        "ALTER TABLE form_taken RENAME TO form_taken_before",
        """CREATE TABLE form_taken (
            hash TEXT PRIMARY KEY,
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            content BLOB NOT NULL,
            package_id TEXT NOT NULL,
            taken_at TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT""",
        """INSERT INTO form_taken
            SELECT hash, id, version, content, package_id, taken_at, digest FROM form_taken_before ORDER BY rowid""",
        "DROP TABLE form_taken_before",
        # year: of the first campaign of the issuer that is filled in on it
        """CREATE TABLE form_issued (
            issuer TEXT NOT NULL,
            hash TEXT NOT NULL,
            year INTEGER NOT NULL,
            package_id TEXT NOT NULL,
            digest TEXT NOT NULL,
            PRIMARY KEY (issuer, hash)
        ) STRICT""",
    ):
        db.execute(statement)
    own = db.execute("SELECT content FROM unit JOIN office ON office.unit = unit.code").fetchone()
    upper = _fields(own[0]).get("upper", "") if own is not None else ""
    sent = {
        package: (unit, _fields(content).get("year", 0))
        for package, unit, content in db.execute("SELECT package_id, unit_code, content FROM campaign_taken").fetchall()
    }
    for form_hash, package in db.execute("SELECT hash, package_id FROM form_taken").fetchall():
        issuer, year = sent.get(package, (upper, 0))
        row: dict[str, object] = {"issuer": issuer, "hash": form_hash, "year": year, "package_id": package}
        db.execute(
            "INSERT INTO form_issued (issuer, hash, year, package_id, digest) VALUES (?, ?, ?, ?, ?)",
            (*row.values(), row_digest(row)),
        )


def m0024_choice_of_a_batch(db: "Database") -> None:
    """Which batch chose the campaign of an office that had chosen none: undone, nothing is chosen as before."""
    db.execute(
        """CREATE TABLE batch_choice (
            batch TEXT PRIMARY KEY REFERENCES batch (id),
            campaign TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT"""
    )


def _fields(content: str) -> dict[str, Any]:
    """A JSON object; of a damaged row, which is told where it is read, nothing."""
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


STEPS: tuple[Callable[["Database"], None], ...] = (
    m0001_office_and_filings,
    m0002_sealed_files,
    m0003_received,
    m0004_doubts,
    m0005_attachments,
    m0006_who_and_when,
    m0007_undo,
    m0008_diary,
    m0009_carried,
    m0010_paper_entries,
    m0011_way_down,
    m0012_keys,
    m0013_campaigns_taken,
    m0014_totals,
    m0015_tree_and_campaign,
    m0016_two_persons,
    m0017_turns,
    m0018_board,
    m0019_removed_parts,
    m0020_sent_encrypted,
    m0021_held_twins,
    m0022_latest_signed,
    m0023_forms_by_issuer,
    m0024_choice_of_a_batch,
)


def known_version() -> int:
    """The newest schema this program knows; it stands as user_version in the file's head."""
    return len(STEPS)


def apply(connection: sqlite3.Connection) -> None:
    """Applies the steps the store lacks, each in a transaction with its own record and its user_version.

    The connection must be in rollback-journal mode: then user_version in the file's head is always the true one and
    a newer store can be refused by reading 100 bytes. An error of a step goes up; the steps before it stay.
    """
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    connection.execute("CREATE TABLE IF NOT EXISTS schema_digest (digest TEXT NOT NULL) STRICT")
    steps = Migrations("hoctap")
    for version, step in enumerate(STEPS, start=1):
        steps(name=step.__name__)(_numbered(step, version))
    steps.apply(Database(connection, execute_plugins=False))


def _numbered(step: Callable[["Database"], None], version: int) -> Callable[["Database"], None]:
    def numbered(db: "Database") -> None:
        step(db)
        db.execute(f"PRAGMA user_version = {version:d}")
        db.execute("DELETE FROM schema_digest")
        db.execute("INSERT INTO schema_digest (digest) VALUES (?)", (schema_digest(db.conn),))

    return numbered


def schema_digest(connection: sqlite3.Connection) -> str:
    """SHA-256 over every table and index as the file defines it: a flipped letter there is damage, no fault of ours."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
    return hashlib.sha256(repr([tuple(row) for row in rows]).encode("utf-8", "surrogatepass")).hexdigest()
