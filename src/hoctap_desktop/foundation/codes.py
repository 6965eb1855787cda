"""The kinds of refusal a person can meet. Their sentences stand in messages.py."""

from enum import StrEnum


class Code(StrEnum):
    """One code per kind of refusal. The sentence for each stands in messages.py; tests assert the code."""

    # files
    FILE_UNREADABLE = "file_unreadable"
    FILE_UNWRITABLE = "file_unwritable"
    DISK_FULL = "disk_full"
    FILE_TOO_LARGE = "file_too_large"
    NOT_TEXT = "not_text"
    WRONG_FILE_KIND = "wrong_file_kind"
    READ_BACK_DIFFERS = "read_back_differs"
    STICK_GONE = "stick_gone"
    STICK_READ_ONLY = "stick_read_only"
    FOLDER_NOT_EMPTY = "folder_not_empty"
    # values
    NOT_A_COUNT = "not_a_count"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    BAD_JSON = "bad_json"
    # store
    STORE_MISSING = "store_missing"
    STORE_EXISTS = "store_exists"
    STORE_FOREIGN = "store_foreign"
    STORE_NEWER = "store_newer"
    STORE_DAMAGED = "store_damaged"
    STORE_IN_USE = "store_in_use"
    # units and campaigns
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_FILE_BAD = "unit_file_bad"
    CAMPAIGN_UNKNOWN = "campaign_unknown"
    # forms
    FORM_BAD = "form_bad"
    FORM_UNKNOWN = "form_unknown"
    FILLED_BAD = "filled_bad"
    FIELD_UNKNOWN = "field_unknown"
    PLAN_NOT_RECOGNISED = "plan_not_recognised"
    FILLED_OTHER_UNIT = "filled_other_unit"
    # filings
    FILING_UNKNOWN = "filing_unknown"
    FILING_FINAL = "filing_final"
    FILING_NOT_FINAL = "filing_not_final"
    FILING_HAS_FINDINGS = "filing_has_findings"
    # paper
    LETTER_MISSING = "letter_missing"
    PRINT_FAILED = "print_failed"
    PAPER_QR_BAD = "paper_qr_bad"
    NUMBER_MISSING = "number_missing"
    # sealed file: the codes of ../shared/package-format.md
    NOT_A_PACKAGE = "not_a_package"
    FOREIGN_LAYOUT = "foreign_layout"
    DAMAGED_ENTRY = "damaged_entry"
    ALTERED = "altered"
    UNKNOWN_KEY = "unknown_key"
    WRONG_UNIT = "wrong_unit"
    WRONG_RECIPIENT = "wrong_recipient"
    REVOKED_KEY = "revoked_key"
    EXPIRED_KEY = "expired_key"
    OLD_REVISION = "old_revision"
    FORKED_REVISION = "forked_revision"
    ALREADY_RECEIVED = "already_received"
    WEAK_OR_FOREIGN_SIGNATURE = "weak_or_foreign_signature"
    BAD_CONTENT = "bad_content"
    FORBIDDEN_FILE = "forbidden_file"
    TOO_LARGE = "too_large"
    CLOCK = "clock"
    PACKAGE_NEWER = "package_newer"
    KIND_NOT_TAKEN = "kind_not_taken"
    # sealed file: notes beside a verdict
    REVISION_GAP = "revision_gap"
    ACTIVE_PDF = "active_pdf"
    SIGNED_PDF = "signed_pdf"
    # keys
    KEY_MISSING = "key_missing"
    KEY_EXISTS = "key_exists"
    WRONG_PASSPHRASE = "wrong_passphrase"
    WEAK_PASSPHRASE = "weak_passphrase"
    NOT_COMPARED = "not_compared"
    FINGERPRINT_DIFFERS = "fingerprint_differs"
    NO_UPPER_UNIT = "no_upper_unit"
    # upper office
    BATCH_UNKNOWN = "batch_unknown"
    PACKAGE_UNKNOWN = "package_unknown"
    INDICATOR_UNKNOWN = "indicator_unknown"
    NO_UNITS_BELOW = "no_units_below"
