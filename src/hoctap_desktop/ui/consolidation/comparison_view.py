"""So sánh: a received paper beside its revision before and beside the year before."""

from hoctap_desktop.consolidation.checking import Checked
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.ui.history.difference_view import DifferenceView


def show_comparison(view: DifferenceView, checked: Checked) -> None:
    """Fills the view; says so when there is nothing to hold the paper against."""
    view.clear()
    if checked.older is not None and checked.differences is not None:
        view.show_differences(checked.differences, f"Lần {checked.older.revision}", "Bản này")
        view.add_words(f"Lần {checked.older.revision} nhận ngày {print_date(checked.older.received_on)}.")
    if checked.rows:
        heads = ("Mục", f"Năm {checked.year - 1}", f"Năm {checked.year}")
        view.add_table(
            "So với năm trước", heads, [(one.label, one.before, one.now) for one in checked.rows], (50, 25, 25)
        )
        if checked.before_words:
            view.add_words(f"Năm {checked.year - 1}: {checked.before_words}")
    if checked.older is None and not checked.rows:
        view.say("Bản nộp đầu tiên của đơn vị, chưa có số năm trước để so.")
