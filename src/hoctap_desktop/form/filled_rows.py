"""How far the table of a report has come."""

from collections.abc import Iterable

from hoctap_desktop.form.answers import Answers, cell
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.findings import Finding

BLANK = "blank_cell"


def filled_rows(form: FormDefinition, answers: Answers) -> tuple[int, int]:
    """Printed rows whose every number stands or says why not, of how many; a row with two numbers is one."""
    rows = [row for section in form.sections for row in section.rows if not row.is_group]
    return sum(all(cell(answers, id) is not None for id in row.cells) for row in rows), len(rows)


def blank_rows(form: FormDefinition, findings: Iterable[Finding]) -> int:
    """Printed rows that miss a number, as filled_rows counts them."""
    blanks = (f.field for f in findings if f.rule == BLANK)
    return len({row.id if (row := form.row_of(field)) else field for field in blanks})


def must_fix(form: FormDefinition, findings: Iterable[Finding]) -> int:
    """Places that stand in the way of finalising, as a person counts them: a row that misses both numbers is one."""
    standing = [f for f in findings if f.blocks]
    return blank_rows(form, standing) + sum(f.rule != BLANK for f in standing)
