"""Phiếu đăng ký khóa: the file and the sheet that ask the upper unit to take the office's key into its roster."""

from collections.abc import Callable
from pathlib import Path

from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import enrolment, outgoing
from hoctap_desktop.submission.enrolment import Request
from hoctap_desktop.submission.signer import Signer
from hoctap_desktop.ui import files
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.widgets.buttons import Button

_WORDS = "Tạo phiếu đăng ký khóa"


class Enrolling:
    """The button of a page and its banners. with_key: runs an act once the office's key is open."""

    def __init__(self, page: Page, with_key: Callable[[Callable[[Signer], object]], object]) -> None:
        self._page, self._with_key = page, with_key
        self.button = Button(_WORDS, icon="key-round", act=self.ask)

    def offer(self) -> None:
        """A key was made: it is of no use before the upper unit knows it."""
        self._page.banners.show_banner(
            "key",
            "info",
            "Khóa mới phải được cấp trên ghi vào sổ. Tạo phiếu đăng ký, ký, đóng dấu rồi nộp cùng gói.",
            _WORDS,
            self.ask,
            closable=True,
        )

    def ask(self) -> None:
        """Asks where to; with the key, of any office at any time: a new upper office sends its campaign first."""
        self._with_key(lambda _key: files.choose_place(self._page, self.into))

    def into(self, folder: Path) -> None:
        """Writes the enrolment request and its sheet into a folder or onto a stick."""
        self._with_key(lambda key: self._write(key, folder))

    def _write(self, key: Signer, folder: Path) -> None:
        jobs = self._page.session.jobs

        def job(store: Store) -> Request:
            return enrolment.request(store, key, store.clock())

        def write(asked: Request) -> None:
            jobs.aside(
                lambda _progress: outgoing.write_enrolment(asked, folder, lambda _stage: None),
                self._written,
                words="Đang ghi phiếu đăng ký",
            )

        jobs.run(job, write)

    def _written(self, made: tuple[Path, Path]) -> None:
        file, sheet = made
        self._page.banners.drop("key")
        self._page.banners.show_banner(
            "enrolled",
            "ok",
            f"Đã ghi {file.name} và {sheet.name} vào {file.parent}. In phiếu, ký, đóng dấu rồi nộp cùng tệp.",
            closable=True,
        )
