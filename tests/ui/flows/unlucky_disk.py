"""Types into the report of a real window while its disk fills up or is taken away; says how it went.

python unlucky_disk.py FOLDER full|gone|moved: FOLDER is a file system of its own, of a few megabytes, mounted for this
process alone; for "gone" a mount of FOLDER.base. Prints "ok" and leaves with 0 when the window told the truth, kept
what was typed, and saved all of it once the disk was back; else says what was wrong.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from hoctap_desktop.filing.repository import current
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import open_store
from hoctap_desktop.store.worker import Worker
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.report.page import ReportPage
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.settings import Settings
from tests.ui.sessions import NOW

ID = "2022-report"
WORDS = {"full": "Ổ đĩa đã đầy", "gone": "không còn ở chỗ cũ", "moved": "không còn ở chỗ cũ"}
LONG = "Lễ khai mạc tổ chức tại nhà văn hóa xã. " * 400


class Disk:
    """The file system under a folder, spoiled and mended as a person's disk is."""

    def __init__(self, folder: Path, how: str) -> None:
        self.folder, self.how = folder, how
        self.filler = folder / "filler"

    def spoil(self) -> None:
        if self.how == "full":
            with self.filler.open("wb", buffering=0) as file:
                try:
                    while file.write(b"x" * 4096):
                        pass
                except OSError:
                    return
        elif self.how == "gone":
            self._run("umount", "-l", str(self.folder))  # as a stick that was pulled: open files lead nowhere
        else:
            self.folder.rename(self.folder.with_name("elsewhere"))

    def mend(self) -> None:
        if self.how == "full":
            self.filler.unlink()
        elif self.how == "gone":
            self._run("mount", "--bind", f"{self.folder}.base", str(self.folder))
        else:
            # copied back, as from a stick that came back as another one: other files to the system
            shutil.copytree(self.folder.with_name("elsewhere"), self.folder)

    @staticmethod
    def _run(*words: str) -> None:
        subprocess.run(words, check=True)


def said(wrong: str) -> None:
    print(wrong)
    sys.exit(1)


def main(folder: Path, how: str) -> None:
    app = QApplication([])
    theme.apply(app, theme.Theme())
    clock, path = fixed_clock(NOW), folder / "xa.hoctap"
    make_sample(path, clock).close()
    worker = Worker(path, clock)
    jobs = Jobs(worker)
    session = Session(worker.submit(read_facts).result(), path, jobs, Settings(folder.parent / "s.ini"), clock)
    window = MainWindow(session)
    window.show()
    window.open_room("report", "participants")

    def settle() -> None:
        for _ in range(3):
            jobs.finish()
            app.processEvents()

    settle()
    page = window.page("report")
    assert isinstance(page, ReportPage)
    disk = Disk(folder, how)
    disk.spoil()
    for number in range(40):
        page.figures.typed.emit("participants", str(1000 + number))
        page.figures.typed.emit("leaflets", str(2000 + number))
        session.save_answers(ID, {"launch": f"{LONG}{number}"})
        settle()
    told = window.banners.texts().get("save", "")
    if WORDS[how] not in told:
        said(f"the banner says «{told}»")
    if window.top.saved.text().startswith("Đã lưu"):
        said(f"the label says «{window.top.saved.text()}»")
    unsaved = session.unsaved(ID)
    if unsaved.get("participants") != 1039 or unsaved.get("launch") != f"{LONG}39":
        said(f"typed and not kept in mind: {sorted(unsaved)}")
    if window.close():
        said("the window closed with changes that are not on the disk")
    disk.mend()
    session.save_again()
    settle()
    if "save" in window.banners.texts() or session.has_failed():
        said(f"mended, and the banner still says «{window.banners.texts().get('save')}»")
    for dialog in app.topLevelWidgets():
        if dialog is not window:
            dialog.close()
    if not window.close():
        said("the window stays open although all is saved")
    jobs.finish()
    jobs.close()
    worker.close()
    store = open_store(path, clock)
    answers = current(store, ID).answers
    if (answers["participants"], answers["leaflets"], answers["launch"]) != (1039, 2039, f"{LONG}39"):
        said("what was typed is not in the store")
    if check(store):
        said(f"damage: {check(store)}")
    store.close()
    print("ok")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
