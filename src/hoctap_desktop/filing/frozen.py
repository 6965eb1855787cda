"""What was printed and signed, kept as it was."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Frozen:
    """answers_json: the bytes of filing/content.py; pdf: the printed pages; paper_code: made of answers_json."""

    answers_json: bytes
    pdf: bytes
    paper_code: str
    at: datetime
