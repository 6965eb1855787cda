"""An old plan read from a file in place of the draft: asked first, given back by one press."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from hoctap_desktop.filing import doubts
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.last_year import old_plan
from hoctap_desktop.plan.pasting import Pasted, looks_whole
from hoctap_desktop.ui.files import begin_at
from hoctap_desktop.ui.jobs import alive
from hoctap_desktop.ui.plan.doubts_dialog import doubts_dialog
from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.plan.host import PlanHost
from hoctap_desktop.ui.plan.outlook import PASTED, Recognised, recognise, recognise_text
from hoctap_desktop.ui.widgets.coding_dialog import ask_coding
from hoctap_desktop.ui.widgets.dialog import Dialog


class OldPlan(QObject):
    """Reads the file aside, shows what the reader was unsure of, then puts the answers in."""

    def __init__(self, page: PlanHost) -> None:
        super().__init__(page)
        self._page = page
        self._pasted: Pasted | None = None  # what the banner tells of and can take back: nothing was changed since
        self._steps = 0
        page.session.campaign_changed.connect(self._drop_banners)

    def _drop_banners(self) -> None:
        """What they tell and give back is of the plan of another campaign."""
        self._pasted = None
        for key in ("taken", "pasted"):
            self._page.banners.drop(key)

    def choose(self) -> None:
        """Asks for the file of an old plan."""
        dialog = QFileDialog(self._page, "Lấy từ tệp Word", str(begin_at(self._page)), "Kế hoạch (*.docx *.txt)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.read(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read(self, path: Path, *, convert: bool = False) -> None:
        """Reads it aside, then shows what was not sure. convert: the person agreed to read letters of an old coding."""
        own = self._page.session.own
        self._page.session.jobs.aside(
            lambda _progress: recognise(path, own, convert=convert),
            partial(self._recognised, self._page.session.campaign.id),
            partial(self._refused, path, self._page.session.campaign.id),
            words="Đang đọc kế hoạch",
        )

    def _left(self, campaign: str) -> bool:
        """What was read for the plan of one campaign is nothing for that of another."""
        return campaign != self._page.session.campaign.id

    def _refused(self, path: Path, campaign: str, failure: BaseException) -> None:
        if not isinstance(failure, UserError) or failure.code is not Code.LEGACY_TEXT:
            self._page.session.jobs.unhandled.emit(failure)
            return
        if self._left(campaign):
            return
        facts = failure.facts
        ask_coding(
            self._page,
            f"Tệp {path.name} gõ bằng {facts['coding']}",
            str(facts["before"]),
            str(facts["after"]),
            lambda: self.read(path, convert=True),
        )

    # --- pasting ---

    def watch(self, editor: BlockEditor) -> None:
        """Tells of what is pasted into a text, and offers to read a whole plan into its fields."""
        editor.pasted.connect(partial(self._tell_pasted, editor))
        editor.textChanged.connect(partial(self._changed_since, editor))
        body = next(iter(self._page.presenter.bodies()), None) if self._page.presenter is not None else None
        if body is not None and editor.accessibleName() == body.label:
            editor.takes_plan = self._offer_plan

    def _tell_pasted(self, editor: BlockEditor, pasted: Pasted) -> None:
        self._pasted, self._steps = pasted, editor.document().availableUndoSteps()
        self._show_pasted(pasted, "Bỏ đoạn vừa dán", lambda: self._take_back(editor))

    def _show_pasted(self, pasted: Pasted, link: str = "", act: Callable[[], object] | None = None) -> None:
        first = next((doubt for doubt in pasted.doubts), None)
        why = f" «{first.words[:60]}»: {first.why}" if first is not None else ""
        self._page.banners.show_banner(
            "pasted",
            "warn" if pasted.doubts else "info",
            f"Đã dán {pasted.told}.{why}",
            link,
            act,
            leaves=not pasted.doubts,
            closable=True,
        )

    def _changed_since(self, editor: BlockEditor) -> None:
        """One step back would no longer take back the paste, or has done so; what was not sure stays told."""
        pasted = self._pasted
        steps = editor.document().availableUndoSteps()
        if pasted is None or steps == self._steps:
            return
        self._pasted = None
        if pasted.doubts and steps > self._steps:
            self._show_pasted(pasted)
        else:
            self._page.banners.drop("pasted")

    def _take_back(self, editor: BlockEditor) -> None:
        editor.step_back()
        editor.setFocus()

    def _offer_plan(self, text: str, paste: Callable[[], object]) -> bool:
        """True when the words are to go in as they are: the text does not look like a whole plan."""
        if not looks_whole(text):
            return True
        dialog = Dialog(self._page, "Đây là cả một kế hoạch", icon="clipboard-paste")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.add_text(
            "Máy lấy được căn cứ, ngày, đề mục, nơi nhận và người ký vào đúng mục của chúng, như khi lấy từ tệp. "
            "Hoặc chỉ dán chữ vào chỗ con trỏ."
        )
        dialog.add_button("Không dán")
        dialog.add_button("Chỉ dán chữ", act=paste)
        dialog.add_button("Lấy vào các mục", "primary", act=lambda: self.read_text(text, paste))
        dialog.open()
        return False

    def read_text(self, text: str, otherwise: Callable[[], object]) -> None:
        """A whole plan that was pasted: read like a file. otherwise: when it is none after all."""
        own = self._page.session.own
        self._page.session.jobs.aside(
            lambda _progress: recognise_text(text, own),
            partial(self._recognised, self._page.session.campaign.id),
            partial(self._no_plan, self._page.session.campaign.id, otherwise),
            words="Đang đọc kế hoạch",
        )

    def _no_plan(self, campaign: str, otherwise: Callable[[], object], failure: BaseException) -> None:
        """The words go in as they are; a fault of the program is told besides."""
        if not isinstance(failure, UserError):
            self._page.session.jobs.unhandled.emit(failure)
        if not self._left(campaign) and alive(otherwise):
            otherwise()

    def _recognised(self, campaign: str, found: Recognised) -> None:
        if self._left(campaign):
            return
        doubts_dialog(self._page, found, lambda: self.take(found))

    def take(self, found: Recognised) -> None:
        """Puts the old plan in place of what is there; one press gives everything back."""
        presenter = self._page.presenter
        if presenter is None or presenter.frozen:
            return
        known = [(doubt.line, doubt.words, doubt.why) for doubt in presenter.doubts]
        if found.campaign.year < presenter.campaign.year:  # a start: what is left of that year is marked
            self._keep_doubts(found.doubts)
            said = f"Đã lấy kế hoạch năm {found.campaign.year} từ {self._named(found)} làm bản đầu."
            back = partial(self._keep_doubts, known)
            self._page.year_taken.emit(old_plan(found.answers, found.campaign), said, back)
            return
        self._page.saving.save_now()
        before = presenter.before(found.answers)
        self._page.saving.later(presenter.take(found.answers))
        self._page.answers_taken.emit()
        self._keep_doubts(found.doubts)
        self._page.banners.show_banner(
            "taken",
            "info",
            f"Đã lấy kế hoạch từ {self._named(found)}.",
            "Trả lại như cũ",
            lambda: self._give_back(before, known),
            closable=True,
        )

    @staticmethod
    def _named(found: Recognised) -> str:
        return found.file if found.file == PASTED else f"tệp {found.file}"

    def _keep_doubts(self, found: Sequence[tuple[int, str, str]]) -> None:
        """In place of those of a plan read before."""
        assert self._page.presenter is not None
        job = partial(doubts.keep_doubts, filing=self._page.presenter.filing.id, doubts=tuple(found))
        self._page.session.save(job, self._doubts_kept)

    def _doubts_kept(self, kept: tuple[doubts.KeptDoubt, ...]) -> None:
        if self._page.presenter is not None:
            self._page.presenter.doubts = kept
            self._page.findings_changed.emit()

    def _give_back(self, before: Mapping[str, JsonValue | None], known: Sequence[tuple[int, str, str]]) -> None:
        presenter = self._page.presenter
        if presenter is None or presenter.frozen:
            return
        self._page.saving.collect()
        self._page.saving.later(presenter.give_back(before))
        self._page.answers_taken.emit()
        self._keep_doubts(known)
        self._page.banners.drop("taken")
