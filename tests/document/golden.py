"""Pictures of every page of the examples, as a person looked at them and found them right: tests/golden.

After a change that is meant to change a page: `python -m tests.document.golden` writes them anew; look at each one.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops

from hoctap_desktop.document.pdf import render
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.foundation import paths
from hoctap_desktop.office.paper import document_of

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
DPI = 60
_SHADES = 16  # a grey page of few shades is a small file
_OTHER = 70  # shades of 255 apart that two programs' smoothing of edges never reaches at this size
_ALLOWED = 12  # points of a page that may be so


def examples() -> list[Path]:
    """The filled plans and reports among the examples."""
    found = (paths.forms() / "examples").glob("*.toml")
    return sorted(path for path in found if path.stem.endswith(("-plan", "-report")))


def pictures(data: bytes) -> list[Image.Image]:
    """Each page of a PDF, grey."""
    found = []
    with pypdfium2.PdfDocument(data) as file:
        for page in file:
            bitmap: Any = page.render(scale=DPI / 72, grayscale=True)
            step = 255 / (_SHADES - 1)
            found.append(bitmap.to_pil().convert("L").point([round(round(v / step) * step) for v in range(256)]))
    return found


def differ(one: Image.Image, other: Image.Image) -> int:
    """How many points differ by more than smoothing does; all when the sizes differ."""
    if one.size != other.size:
        return one.width * one.height
    return sum(ImageChops.difference(one, other).histogram()[_OTHER:])


def alike(one: Image.Image, other: Image.Image) -> bool:
    """True when a person could not tell the pages apart."""
    return differ(one, other) <= _ALLOWED


def printed(path: Path) -> bytes:
    """An example as it is printed now."""
    return render(document_of(read_filled(path))).data


def kept(path: Path) -> list[Image.Image]:
    """The golden pages of an example, in order."""
    return [Image.open(file).convert("L") for file in _files(path.stem)]


def _files(stem: str) -> Iterator[Path]:
    number = 1
    while (file := GOLDEN / f"{stem}-{number}.png").exists():
        yield file
        number += 1


def write_all() -> None:
    """Writes the pages that look otherwise, takes away those there are no more, and says which."""
    GOLDEN.mkdir(exist_ok=True)
    wanted = set()
    for path in examples():
        for number, picture in enumerate(pictures(printed(path)), 1):
            file = GOLDEN / f"{path.stem}-{number}.png"
            wanted.add(file)
            if not file.exists() or not alike(Image.open(file).convert("L"), picture):
                picture.quantize(_SHADES).save(file, optimize=True)
                sys.stdout.write(f"written, now look at it: {file.name}\n")
    for file in GOLDEN.glob("*.png"):
        if file not in wanted:
            file.unlink()
            sys.stdout.write(f"taken away: {file.name}\n")


if __name__ == "__main__":
    write_all()
