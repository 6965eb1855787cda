"""How a finding is told in Cần xem, the same on every page. No Qt."""

from dataclasses import dataclass

from hoctap_desktop.form.definition import Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.submission.remarks import UPPER_REMARK

# What the upper unit said, phải sửa, xem lại, nên biết.
ORDER = {"remark": 0, "block": 1, "ask": 2, "warn": 2, "info": 3}


@dataclass(frozen=True)
class FindingWords:
    """kind: "remark", "block", "ask", "warn", "info"; acts: (id, words), of "reason" and "fix"."""

    kind: str
    title: str
    text: str
    acts: tuple[tuple[str, str], ...] = ()


def finding_words(finding: Finding, fix: str) -> FindingWords:
    """fix: words of the button that leads to the field ("Sửa số")."""
    if finding.rule == UPPER_REMARK:
        return FindingWords("remark", f"Cấp trên nhận xét: {finding.place}", finding.message, (("fix", fix),))
    if finding.severity is Severity.BLOCK:
        return FindingWords("block", f"Phải sửa: {finding.place}", finding.message)
    if finding.reason.strip():
        unknown = finding.rule == "unknown_reason"
        title = f"{'Chưa có số' if unknown else 'Đã ghi lý do'}: {finding.place}"
        words = f"Đã ghi lý do «{finding.reason}». Vẫn nộp được."
        return FindingWords("info", title, words, () if unknown else (("reason", "Sửa lý do"),))
    asked = finding.severity is Severity.ASK
    title = f"{'Ghi lý do' if asked else 'Xem lại'}: {finding.place}"
    reason = (("reason", "Ghi lý do"),) if finding.settled_by else ()
    return FindingWords("ask" if asked else "warn", title, finding.message, (*reason, ("fix", fix)))
