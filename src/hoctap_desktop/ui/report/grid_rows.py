"""One printed row of the table of numbers, as the grid shows it. No Qt."""

from dataclasses import dataclass

# What a box says in place of a number.
SHORT = {"not_held": "Không tổ chức", "unknown": "Chưa có số", "not_applicable": "Không áp dụng"}


@dataclass(frozen=True)
class Box:
    """One box of a number. kind: as in ui/widgets/number_cell.py; text: what stands in it; label: of the number.

    why: what is wrong with it or where it comes from, for tooltip and screen reader. computed: what the program added
    up from below, kept beside a number written over it; None when nothing was added up. counted: it is what the list of
    classes counts, to be typed over on purpose only: nothing is pasted or blanked there.
    """

    field: str
    kind: str
    text: str = ""
    unit: str = ""
    label: str = ""
    why: str = ""
    editable: bool = True
    computed: int | None = None
    counted: bool = False


@dataclass(frozen=True)
class GridRow:
    """boxes: one or two, one for both numbers when they say the same "no number"; cells: ids of the numbers.

    last_year: the numbers of the year before as printed, () when there is no report of that year.
    note: column Ghi chú; note_hint: what stands there in grey when it is empty; note_typed: what its editor opens
    with; asks_reason: it takes the reason of a number not yet known. editable: False once final.
    list_field: for a group row, id of the list that belongs to it. units: the word behind each of the cells.
    """

    id: str
    number: str
    label: str
    group: bool = False
    boxes: tuple[Box, ...] = ()
    cells: tuple[str, ...] = ()
    last_year: tuple[str, ...] = ()
    note: str = ""
    note_hint: str = ""
    note_typed: str = ""
    asks_reason: bool = False
    editable: bool = True
    list_field: str = ""
    units: tuple[str, ...] = ()
