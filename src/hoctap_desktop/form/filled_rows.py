"""How far the table of a report has come."""

from hoctap_desktop.form.answers import Answers, cell
from hoctap_desktop.form.definition import FormDefinition


def filled_rows(form: FormDefinition, answers: Answers) -> tuple[int, int]:
    """Printed rows whose every number stands or says why not, of how many; a row with two numbers is one."""
    rows = [row for section in form.sections for row in section.rows if not row.is_group]
    return sum(all(cell(answers, id) is not None for id in row.cells) for row in rows), len(rows)
