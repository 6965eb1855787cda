"""Input made to be slow is not: each against plain input of the same size, medians, both sides in one run."""

import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median

from hoctap_desktop.document.pdf_inside import is_active
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.plan.reader import read

PDF = b"%PDF-1.7\n"
SIZE = 2 * 2**20
RUNS = 5
LINE = "1. Một việc cần làm trong tuần (**gấp**) - *ngay* từ đầu, khai mạc ngày\n- gạch đầu dòng; chủ đề “\n"
HEAD = "KẾ HOẠCH\nTổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022\n\nI. MỤC ĐÍCH\n\n"


def seconds(act: Callable[[], object]) -> float:
    """Median of a few runs; a refusal is an answer too."""
    found: list[float] = []
    for _ in range(RUNS):
        start = time.perf_counter()
        try:
            act()
        except UserError:
            pass
        found.append(time.perf_counter() - start)
    return median(found)


def main() -> int:
    """Prints one line a case; 1 when a bound is passed."""
    cases: list[tuple[str, float, float, float]] = []
    plain = seconds(lambda: is_active(PDF + b"word " * (SIZE // 5)))
    for hostile in (b"/ObjStm ", b"/JS 1 1 ", b"/J#53", b"/ObjStm stream\n"):
        data = PDF + hostile * (SIZE // len(hostile))
        cases.append((f"PDF of {hostile!r}", seconds(partial(is_active, data)), plain, 100.0))
    half = HEAD + LINE * (40_000 // len(LINE))
    whole = HEAD + LINE * (80_000 // len(LINE))
    short = seconds(lambda: read(half, "a.txt"))
    cases.append(("plan text twice as long", seconds(lambda: read(whole, "a.txt")), short, 3.0))
    passed = True
    for name, ours, other, bound in cases:
        ratio = ours / other
        passed &= ratio <= bound
        print(f"{name:32} {ours * 1000:8.1f} ms  plain {other * 1000:8.1f} ms  ratio {ratio:5.2f}  bound {bound}")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
