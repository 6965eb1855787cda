"""What a presenter says about one field of a form. No Qt."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class FieldShown:
    """text: in the box; state: "normal", "error", "blank" (required, with nothing in it yet) or "warn".

    message: under it, "" for none; beside: a fact read from the answer that stands in place of the hint ("Thứ Năm").
    """

    text: str
    state: str = "normal"
    message: str = ""
    beside: str = ""


class Shows(Protocol):
    """A presenter whose fields a SectionForm shows."""

    @property
    def frozen(self) -> bool: ...

    def field_shown(self, id: str) -> FieldShown:
        """How a field stands now. KeyError for a field the form does not have."""
        ...
