"""What there is to look at in a report: its checks, slips, letters without a glyph, empty parts, remarks. No Qt."""

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence

from hoctap_desktop.filing.letters import letter_finding, letter_findings
from hoctap_desktop.form import validation
from hoctap_desktop.form.context import Context
from hoctap_desktop.form.definition import FormDefinition, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.report.empty_parts import empty_part, empty_part_findings, may_stay_blank

# What was typed into a field and could not be read, and why.
Slip = tuple[str, str]


class Found:
    """The findings of one report, kept up field by field. answers, rejected: the presenter's own, which change."""

    def __init__(
        self, form: FormDefinition, answers: Mapping[str, JsonValue], rejected: Mapping[str, Slip], context: Context
    ) -> None:
        self._form = form
        self._answers = answers
        self._rejected = rejected
        self.remarks: tuple[Finding, ...] = ()
        self._checking = validation.Checking(form, answers, context)
        self._letters = {finding.field: finding for finding in letter_findings(form, answers)}
        self._free = {section.id for section in form.sections if may_stay_blank(section)}
        self._empty = {finding.field: finding for finding in empty_part_findings(form, answers)}
        self._all: tuple[Finding, ...] | None = None

    def look_again(self, fields: Sequence[str]) -> set[str]:
        """After these fields changed. Returns the fields of which something else may be said now."""
        self._all = None
        for id in fields:
            self._letters.pop(id, None)
            finding = letter_finding(self._form, id, self._answers.get(id))
            if finding is not None:
                self._letters[id] = finding
        self._look_for_blanks(fields)
        return {*fields, *self._checking.change(fields, self._answers)}

    def _look_for_blanks(self, fields: Iterable[str]) -> None:
        """Parts that may stay blank and are now, or no longer."""
        sections = (self._form.section_of(id) for id in fields)
        for section in {one.id: one for one in sections if one and one.id in self._free}.values():
            for field in section.fields:
                self._empty.pop(field.id, None)
            finding = empty_part(self._form, section, self._answers)
            if finding is not None:
                self._empty[finding.field] = finding

    def set_remarks(self, remarks: Sequence[Finding]) -> set[str]:
        """What the upper unit says now. Returns the fields of which something else is said."""
        if self.remarks == tuple(remarks):
            return set()
        fields = {finding.field for finding in (*self.remarks, *remarks)}
        self.remarks, self._all = tuple(remarks), None
        return fields

    def all(self) -> tuple[Finding, ...]:
        """Every finding, the hardest first, in printed order."""
        if self._all is None:
            others = {*self._rejected, *self._letters, *self._empty, *(f.field for f in self.remarks)}
            if not others:
                self._all = self._checking.findings()
            else:
                found = [f for f in self._checking.findings() if f.field not in others]
                for id in sorted(others):
                    for one in self.of(id):
                        insort(found, one, key=self._place_of)
                self._all = tuple(found)
        return self._all

    def of(self, field: str) -> tuple[Finding, ...]:
        """Those of one field, the hardest first. What was typed and is no number hides what is said of the blank."""
        found = [finding for finding in self.remarks if finding.field == field]
        slip = self._rejected.get(field)
        if slip is not None:
            place = validation.place_of(self._form, field)
            found.insert(0, Finding("rejected", Severity.BLOCK, field, place, slip[1]))
        found += (f for f in self._checking.of(field) if slip is None or f.severity is not Severity.BLOCK)
        found += (kept[field] for kept in (self._letters, self._empty) if field in kept)
        return tuple(sorted(found, key=self._place_of))

    def empty_parts(self) -> tuple[Finding, ...]:
        """The parts that may stay blank and are, in printed order."""
        return tuple(sorted(self._empty.values(), key=self._place_of))

    def _place_of(self, finding: Finding) -> tuple[int, int]:
        return validation.ORDER[finding.severity], self._form.order.get(finding.field, len(self._form.order))
