"""What a check found: a value with a place, never a True."""

from dataclasses import dataclass

from hoctap_desktop.form.definition import Severity


@dataclass(frozen=True)
class Finding:
    """One thing to look at.

    rule: id of the rule (or "type", "required", "length", … for the checks every form has).
    field: id of the field to go to. place: short Vietnamese name of the place ("mục 4, số lần").
    message: sentence. settled_by: id of the answer that holds the reason ("reason.<rule>.<field>") when severity
    is not BLOCK, else "". reason: the reason given so far.
    """

    rule: str
    severity: Severity
    field: str
    place: str
    message: str
    settled_by: str = ""
    reason: str = ""

    @property
    def blocks(self) -> bool:
        """True while it stands in the way of finalising: a block, or an ask without its reason."""
        if self.severity is Severity.WARN:
            return False
        return self.severity is Severity.BLOCK or not self.reason.strip()
