"""A plan without căn cứ or without nơi nhận: rare, so the person is asked before it is final. Pure."""

import re
from collections.abc import Iterator
from itertools import takewhile

from hoctap_desktop.form.answers import Answers, lines, text
from hoctap_desktop.form.definition import NO_LINES, FieldType, FormDefinition, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.validation import place_of
from hoctap_desktop.plan.outline import parse

_WHY = {
    "legal_bases": (
        "Kế hoạch chưa ghi căn cứ nào. Hãy ghi văn bản giao việc (số, ngày, nơi ban hành) ở phần Căn cứ, trên phần nội "
        "dung. Không có văn bản nào thì ghi lý do."
    ),
    "recipients": (
        "Kế hoạch chưa ghi nơi nhận. Hãy ghi mỗi dòng một nơi ở phần Nơi nhận, dưới phần nội dung. "
        "Không gửi đi đâu thì ghi lý do."
    ),
}
# "Căn cứ Công văn số 4342/BGDĐT-GDĐT …, Ủy ban nhân dân tỉnh lập Kế hoạch này": some offices put it so.
_SAID_IN_TEXT = re.compile(
    r"\b(?:căn cứ|thực hiện|theo)\s.*\b(?:luật|nghị định|nghị quyết|quyết định|công văn|kế hoạch|chỉ thị|hướng dẫn)\b",
    re.IGNORECASE | re.DOTALL,
)


def empty_list_findings(form: FormDefinition, answers: Answers) -> Iterator[Finding]:
    """A question for each of the two lists that is empty; a reason settles it (domain.md §2: both belong to a plan).

    Căn cứ may also stand in the words before the first heading.
    """
    for id, why in _WHY.items():
        field = form.field(id)
        if field is None or field.type is not FieldType.LINES or any(line.strip() for line in lines(answers, id)):
            continue
        if id == "legal_bases" and _SAID_IN_TEXT.search(_lead_in(answers)):
            continue
        settled_by = f"reason.{NO_LINES}.{id}"
        yield Finding(NO_LINES, Severity.ASK, id, place_of(form, id), why, settled_by, text(answers, settled_by))


def _lead_in(answers: Answers) -> str:
    blocks = takewhile(lambda block: block.kind != "heading", parse(text(answers, "body")))
    return "\n".join(block.text for block in blocks)
