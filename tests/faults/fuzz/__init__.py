"""What atheris throws bytes at: one module a reader, each with `read(data)` and `seeds()`.

`read` may raise UserError and nothing else. No module here imports atheris: what was found is kept in tests/damaged and
read again by ordinary tests on every system (tests/test_damaged.py).
"""

TARGETS = ("container", "cms", "encryption", "content", "workbook", "form", "campaign")
