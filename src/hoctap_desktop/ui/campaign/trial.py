"""Xem như người điền: the table of a form as a clerk has it before him; nothing typed here is kept."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.filing.model import Filing, FormRef, Kind, filing_id
from hoctap_desktop.form.answers import NoNumber
from hoctap_desktop.form.context import NOTHING_ELSE_KNOWN
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.report.figures_model import FiguresModel
from hoctap_desktop.ui.report.figures_view import FiguresView
from hoctap_desktop.ui.report.presenter import ReportPresenter
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.units.model import Unit


class Trial(QWidget):
    """`show_form` begins anew with an empty filing."""

    def __init__(self, year: int) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        said = Label(
            "Gõ thử như người điền: Enter sang ô sau, K, C, A khi không có số. Không ghi gì lại.", "body", "ink2"
        )
        said.setContentsMargins(theme.PAGE_MARGIN, 8, theme.PAGE_MARGIN, 8)
        column.addWidget(said)
        self.model = FiguresModel(year)
        self.view = FiguresView(self.model)
        column.addWidget(self.view, 1)
        self.hint = Label("", "secondary", "ink2", wrap=True)
        self.hint.setContentsMargins(theme.PAGE_MARGIN, 6, theme.PAGE_MARGIN, 8)
        column.addWidget(self.hint)
        self.presenter: ReportPresenter | None = None
        self.model.typed.connect(self._typed)
        self.view.stated.connect(self._stated)
        self.view.blanked.connect(self._blanked)
        self.view.entered.connect(self._entered)

    def show_form(self, form: FormDefinition, campaign: Campaign, unit: Unit) -> None:
        """An empty report of this form."""
        filing = Filing(
            filing_id(campaign.id, Kind.REPORT),
            Kind.REPORT,
            campaign.id,
            unit,
            FormRef(form.id, form.version, form.hash),
            {},
        )
        self.presenter = ReportPresenter(filing, form, NOTHING_ELSE_KNOWN)
        self.model.set_year(campaign.year)
        self.model.set_rows(())
        self._show()

    def _show(self) -> None:
        if self.presenter is not None:
            self.model.set_rows(self.presenter.grid())

    def _typed(self, field: str, text: str) -> None:
        if self.presenter is not None:
            self.presenter.type_number(field, text)
            self._show()

    def _stated(self, field: str, kind: object) -> None:
        if self.presenter is not None and isinstance(kind, NoNumber):
            self.presenter.state_none(field, kind)
            self._show()

    def _blanked(self, fields: list[str]) -> None:
        if self.presenter is not None:
            self.presenter.blank(*fields)
            self._show()

    def _entered(self, field: str) -> None:
        asked = self.presenter.form.field(field) if self.presenter is not None else None
        self.hint.setText(asked.hint if asked is not None else "")
