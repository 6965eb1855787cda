"""Page 1, typed by hand: name, kind, code, and whom the office sends to."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hoctap_desktop.campaign.office_file import OfficeFile
from hoctap_desktop.ui.first_run import frame
from hoctap_desktop.ui.first_run.presenter import (
    TypedOffice,
    above_of,
    first_wrong,
    other_place,
    searched_name,
    typed_office,
    wrong_parts,
)
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.fields import ChoiceField, TextField
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.units.levels import levels
from hoctap_desktop.units.proposals import level_of_name


def level_field(label: str, chosen: str) -> ChoiceField:
    """The kinds of office, the lowest first."""
    made = ChoiceField(label)
    made.box.setSizeAdjustPolicy(made.box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)  # codes stand beside
    made.box.setMinimumContentsLength(6)
    for level in sorted(levels(), key=lambda one: one.rank):
        made.add(level.word[:1].upper() + level.word[1:], level.id)
    made.choose(chosen)
    return made


class TypePage(QWidget):
    """`typed(OfficeFile)`; `back()`: to the list."""

    typed = Signal(object)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known: OfficeFile | None = None
        self._searched = ""
        self._chosen: set[str] = set()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        page, column = frame.page("Đơn vị của anh, chị", "Ghi như trên con dấu và trên văn bản.")
        whole.addWidget(page)
        self.fields: dict[str, TextField] = {
            "name": TextField("Tên đầy đủ", placeholder="Ví dụ: Trường Tiểu học An Khánh"),
            "short_name": TextField("Tên ngắn trên màn hình", placeholder="Ví dụ: TH An Khánh"),
            "code": TextField("Mã đơn vị", placeholder="Ví dụ: 05809-TH", hint="Cấp trên cấp, xã có 5 số."),
            "area": TextField("Thuộc", placeholder="Ví dụ: xã An Khánh"),
            "upper_name": TextField("Tên cấp trên", placeholder="Ví dụ: Ủy ban nhân dân xã An Khánh"),
            "upper_code": TextField("Mã cấp trên", placeholder="Ví dụ: 05809", hint="Hỏi nơi nhận gói."),
        }
        self.level = level_field("Loại đơn vị", "commune")
        self.upper_level = level_field("Loại của cấp trên", "tinh")
        frame.in_columns(column, (self.fields["name"], self.fields["short_name"]), stretch=(2, 1))
        frame.in_columns(column, (self.level, self.fields["code"], self.fields["area"]), stretch=(4, 4, 5))
        column.addSpacing(4)
        column.addWidget(Label("Cấp trên nhận gói", "group"))
        column.addSpacing(8)
        frame.in_columns(column, (self.fields["upper_name"],), (self.upper_level, self.fields["upper_code"]))
        frame.enter_steps_on([self.level, self.upper_level, *self.fields.values()])
        self._follows = {"name": self.level, "upper_name": self.upper_level}  # as long as nobody chose
        for id, kind in self._follows.items():
            self.fields[id].edited.connect(partial(self._guess, id))
            kind.chosen.connect(partial(self._picked, id))
        self.fields["code"].left.connect(self._propose_upper)
        for id in ("name", "code", "upper_name", "upper_code"):
            self.fields[id].left.connect(self._judge_codes)
        column.addSpacing(8)
        self.next = Button("Tiếp tục", "primary", icon="arrow-right", size="large", act=self._next)
        column.addWidget(frame.acts(self.next, Button("Về chỗ chọn đơn vị", size="large", act=self.back.emit)))
        column.addStretch(1)

    def _picked(self, id: str, _level: object) -> None:
        self._chosen.add(id)

    def _guess(self, id: str, name: str) -> None:
        if id not in self._chosen:
            self._follows[id].choose(level_of_name(name))

    def _propose_upper(self, code: str) -> None:
        """ "05809-TH" is under 05809: that office, unless another one was typed."""
        if any(self.fields[id].text().strip() for id in ("upper_name", "upper_code")):
            return
        found = above_of(code)
        if found is None:
            return
        upper, area = found
        self.fields["upper_name"].set_text(upper.name)
        self.fields["upper_code"].set_text(upper.code)
        self.upper_level.choose(upper.level)
        if not self.fields["area"].text().strip():
            self.fields["area"].set_text(area)

    def _judge_codes(self, _text: str = "") -> None:
        """A code of another place is said: what is sent under it comes to nobody."""
        for id in ("code", "upper_code"):
            field, name = self.fields[id], self.fields[id.replace("code", "name")]
            said = other_place(name.text(), field.text())
            if said:
                field.show_state("warn", said)
            elif field.edit.property("state") == "warn":
                field.show_state()

    def begun(self) -> bool:
        """Something was typed into the form of an office that is not in the list."""
        typed = {id: field.text() for id, field in self.fields.items() if field.text().strip()}
        return self._known is None and typed not in ({}, {"name": self._searched})

    def show_office(self, office: OfficeFile | None, searched: str = "") -> None:
        """Fills the form with what is known; None: blank, but for a name that was `searched` for in full letters."""
        self._known, self._searched = office, searched_name(searched)
        self._chosen = {"name", "upper_name"} if office else set()
        own, upper = (office.own, office.upper) if office else (None, None)
        for name in ("name", "short_name", "code", "area"):
            self.fields[name].set_text(getattr(own, name) if own else "")
        self.fields["upper_name"].set_text(upper.name if upper else "")
        self.fields["upper_code"].set_text(upper.code if upper else "")
        self.level.choose(own.level if own else "commune")
        self.upper_level.choose(upper.level if upper else "tinh")
        if office is None and self._searched:
            self.fields["name"].set_text(self._searched)
            self._guess("name", self._searched)
        for field in self.fields.values():
            field.show_state()
        self._judge_codes()

    def _next(self) -> None:
        typed = TypedOffice(
            **{name: field.text() for name, field in self.fields.items()},
            level=str(self.level.data()),
            upper_level=str(self.upper_level.data()),
        )
        wrong = wrong_parts(typed)
        for name, field in self.fields.items():
            field.show_state("error" if name in wrong else "normal", wrong.get(name, ""))
        if wrong:
            if first := first_wrong(tuple(self.fields), wrong):
                self.fields[first].edit.setFocus()
            return
        self.typed.emit(typed_office(typed, self._known))
