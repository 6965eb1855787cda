"""The head and the foot of an office's papers as a form: used on the first pages and in Thiết lập."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hoctap_desktop.ui.first_run import frame
from hoctap_desktop.ui.first_run.presenter import TypedPaper, first_wrong, with_paper, wrong_paper
from hoctap_desktop.ui.widgets.fields import ChoiceField, LongTextField, TextField
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.units.model import Signer, Unit
from hoctap_desktop.units.proposals import way_of, ways_of_signing

_OTHER = "other"


class PaperForm(QWidget):
    """`changed()`: something was left with other words."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._own: Unit | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.governing = LongTextField("Cơ quan chủ quản", hint="Có thể để trống.", lines=2)
        self.issuing = LongTextField("Cơ quan ban hành", hint="Mỗi dòng in một dòng.", lines=2)
        for long in (self.governing, self.issuing):
            long.edit.setFixedHeight(long.edit.minimumHeight() + 6)
        self.fields: dict[str, TextField] = {
            "place": TextField("Địa danh ở dòng ngày tháng", placeholder="Ví dụ: An Khánh"),
            "symbol": TextField("Ký hiệu trên văn bản", placeholder="Ví dụ: UBND"),
            "collective": TextField("Thay mặt (TM.)", placeholder="Ví dụ: TM. ỦY BAN NHÂN DÂN"),
            "authority": TextField("Quyền hạn ký", placeholder="Ví dụ: KT. CHỦ TỊCH"),
            "title": TextField("Chức vụ người ký", placeholder="Ví dụ: PHÓ CHỦ TỊCH"),
            "name": TextField("Họ tên người ký", placeholder="Không ghi học hàm, học vị"),
            "contact": TextField("Người lập", placeholder="Họ tên, bộ phận"),
            "phone": TextField("Điện thoại người lập", placeholder="Ví dụ: 0208 3000 123"),
        }
        self.way = ChoiceField("Hình thức ký")
        fields = self.fields
        frame.in_columns(column, (self.governing, self.issuing), (fields["place"], fields["symbol"]))
        column.addSpacing(2)
        column.addWidget(Label("Người ký", "group"))
        column.addSpacing(6)
        frame.in_columns(column, (self.way, fields["name"]))
        frame.in_columns(column, (fields["collective"], fields["authority"], fields["title"]))
        column.addSpacing(2)
        column.addWidget(Label("Người lập", "group"))
        column.addSpacing(6)
        frame.in_columns(column, (fields["contact"], fields["phone"]))
        self.way.chosen.connect(self._way_chosen)
        frame.enter_steps_on([self.way, *fields.values()])
        for one in fields.values():
            one.left.connect(self._left)
        self.governing.left.connect(self._left)
        self.issuing.left.connect(self._left)

    def show_unit(self, own: Unit) -> None:
        """Fills the form with what the office prints."""
        self._own = own
        self.governing.set_text("\n".join(own.governing))
        self.issuing.set_text("\n".join(own.issuing))
        for name in ("place", "symbol", "contact", "phone"):
            self.fields[name].set_text(getattr(own, name))
        for name in ("collective", "authority", "title", "name"):
            self.fields[name].set_text(getattr(own.signer, name))
        self.way.box.blockSignals(True)
        self.way.box.clear()
        ways = ways_of_signing(own.name, own.level)
        for way in ways:
            self.way.add(way.words, way.id)
        self.way.add("Cách khác, ghi ở dưới", _OTHER)
        self.way.choose(way_of(own.signer, ways) or _OTHER)
        self.way.box.blockSignals(False)
        for field in self.fields.values():
            field.show_state()

    def typed(self) -> TypedPaper:
        """What stands in the form."""
        text = {name: field.text() for name, field in self.fields.items()}
        signer = Signer(*(text.pop(name) for name in ("collective", "authority", "title", "name")))
        return TypedPaper(self.governing.text(), self.issuing.text(), signer=signer, **text)

    def unit(self) -> Unit | None:
        """The office with what is typed, or None: what is wrong stands under its field, the first one has the focus."""
        typed = self.typed()
        wrong = wrong_paper(typed)
        self._tell(dict(wrong))
        if first := first_wrong(("governing", "issuing", *self.fields), wrong):
            target = {"governing": self.governing.edit, "issuing": self.issuing.edit}.get(first)
            (target or self.fields[first].edit).setFocus()
            return None
        return with_paper(self._own, typed) if self._own is not None else None

    def unit_if_right(self) -> Unit | None:
        """As `unit`, and the focus stays where it is."""
        typed = self.typed()
        wrong = wrong_paper(typed)
        self._tell(dict(wrong))
        return with_paper(self._own, typed) if self._own is not None and not wrong else None

    def _tell(self, wrong: dict[str, str]) -> None:
        for name, field in self.fields.items():
            field.show_state("error" if name in wrong else "normal", wrong.get(name, ""))
        for name, long in (("governing", self.governing), ("issuing", self.issuing)):
            long.show_state("error" if name in wrong else "normal", wrong.get(name, ""))

    def _way_chosen(self, id: object) -> None:
        if self._own is None or id == _OTHER:
            return
        ways = ways_of_signing(self._own.name, self._own.level)
        way = next(one for one in ways if one.id == id)
        for name in ("collective", "authority", "title"):
            self.fields[name].set_text(getattr(way.signer, name))
        self.changed.emit()

    def _left(self, _text: str) -> None:
        if self._own is not None:
            typed = self.typed().signer
            self.way.box.blockSignals(True)
            self.way.choose(way_of(typed, ways_of_signing(self._own.name, self._own.level)) or _OTHER)
            self.way.box.blockSignals(False)
        self.changed.emit()
