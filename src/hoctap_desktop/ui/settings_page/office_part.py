"""Thiết lập, the office: what it is called, what its papers say, whom it sends to. Kept as each field is left."""

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.office.changing import change_own, change_upper
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.first_run import frame
from hoctap_desktop.ui.first_run.paper_form import PaperForm
from hoctap_desktop.ui.first_run.presenter import upper_typed, wrong_upper
from hoctap_desktop.ui.first_run.type_page import level_field
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.session import OfficeFacts, Session
from hoctap_desktop.ui.widgets.fields import TextField
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.units.model import Unit


def keep_own(store: Store, unit: Unit) -> OfficeFacts:
    """Keeps the own office's facts; what the office is now."""
    change_own(store, unit)
    return read_facts(store)


def keep_upper(store: Store, upper: Unit | None) -> OfficeFacts:
    """Keeps whom the office sends to; what the office is now."""
    change_upper(store, upper)
    return read_facts(store)


class NamePart(QWidget):
    """Names, code, kind, and the upper unit."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.fields: dict[str, TextField] = {
            "name": TextField("Tên đầy đủ"),
            "short_name": TextField("Tên ngắn trên màn hình"),
            "code": TextField("Mã đơn vị"),
            "area": TextField("Thuộc", placeholder="Ví dụ: tỉnh Thái Nguyên"),
            "upper_name": TextField("Tên cấp trên"),
            "upper_code": TextField("Mã cấp trên", hint="Hỏi nơi nhận gói."),
        }
        self.level = level_field("Loại đơn vị", session.own.level)
        self.upper_level = level_field("Loại của cấp trên", "tinh")
        fields = self.fields
        fields["code"].edit.setReadOnly(True)
        rows = (fields["name"], fields["short_name"]), (self.level, fields["code"], fields["area"])
        frame.in_thirds(column, *rows, spans=(2, 1, 1, 1, 1))
        column.addWidget(Label("Văn bản đã in, đã chốt vẫn mang tên lúc in.", "secondary", "ink2", wrap=True))
        column.addSpacing(16)
        column.addWidget(Label("Cấp trên nhận gói", "group"))
        column.addSpacing(8)
        frame.in_columns(column, (fields["upper_name"],), (self.upper_level, fields["upper_code"]))
        column.addStretch(1)
        for name in ("name", "short_name", "area"):
            fields[name].left.connect(self._keep_own)
        self.level.chosen.connect(self._keep_own)
        for name in ("upper_name", "upper_code"):
            fields[name].left.connect(self._keep_upper)
        self.upper_level.chosen.connect(self._keep_upper)
        self.show_facts()

    def show_facts(self) -> None:
        """What the office is, as the session knows it."""
        own, upper = self._session.own, self._session.upper
        for name in ("name", "short_name", "code", "area"):
            self.fields[name].set_text(getattr(own, name))
        self.fields["code"].show_state("frozen")
        self.fields["upper_name"].set_text(upper.name if upper else "")
        self.fields["upper_code"].set_text(upper.code if upper else "")
        self.level.choose(own.level)
        self.upper_level.choose(upper.level if upper else "tinh")

    def _keep_own(self, _what: object) -> None:
        name = clean_line(self.fields["name"].text())
        if len(name) < 3:
            self.fields["name"].show_state("error", "Ghi tên đầy đủ như trên con dấu.")
            return
        self.fields["name"].show_state()
        changed = replace(
            self._session.own,
            name=name,
            short_name=clean_line(self.fields["short_name"].text()) or name,
            area=clean_line(self.fields["area"].text()),
            level=str(self.level.data()),
        )
        if changed != self._session.own:
            self._session.save(partial(keep_own, unit=changed), self._session.office_changed.emit)

    def _keep_upper(self, _what: object) -> None:
        name, code = self.fields["upper_name"].text(), self.fields["upper_code"].text()
        wrong = wrong_upper(name, code, self._session.own.code)
        for field in ("upper_name", "upper_code"):
            self.fields[field].show_state("error" if field in wrong else "normal", wrong.get(field, ""))
        upper, now = upper_typed(name, code, str(self.upper_level.data())), self._session.upper
        if wrong:
            return
        if upper is not None and now is not None and now.code == upper.code:
            upper = replace(now, name=upper.name, level=upper.level)
        if upper != now:
            self._session.save(partial(keep_upper, upper=upper), self._session.office_changed.emit)


class PaperPart(QWidget):
    """Head and foot of the papers."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.form = PaperForm()
        column.addWidget(self.form)
        said = "Văn bản lập từ nay dùng những chữ này; bản nháp đang làm giữ người ký đã ghi trong đó."
        column.addWidget(Label(said, "secondary", "ink2", wrap=True))
        column.addStretch(1)
        self.form.changed.connect(self._keep)
        self.show_facts()

    def show_facts(self) -> None:
        self.form.show_unit(self._session.own)

    def _keep(self) -> None:
        unit = self.form.unit_if_right()
        if unit is None:
            return
        # what the form does not hold is as the office has it by now
        changed = replace(
            self._session.own,
            governing=unit.governing,
            issuing=unit.issuing,
            place=unit.place,
            symbol=unit.symbol,
            signer=unit.signer,
            contact=unit.contact,
            phone=unit.phone,
        )
        if changed != self._session.own:
            self._session.save(partial(keep_own, unit=changed), self._session.office_changed.emit)
