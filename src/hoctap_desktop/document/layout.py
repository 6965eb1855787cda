"""The figures of a page, read from resources/layout/nd30.toml: one edit there changes every print."""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from hoctap_desktop.foundation import paths

MM = 72 / 25.4


@dataclass(frozen=True)
class PageSize:
    """A page and its margins, points. The text stands between left and right, top and bottom."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        return self.height - self.top - self.bottom


@dataclass(frozen=True)
class TypeMetrics:
    ascent: float
    descent: float


@dataclass(frozen=True)
class BodyLook:
    size: float
    pitch: float
    gap: float
    indent: float
    bullet_step: float
    stretch: float
    bold_levels: int
    lines_kept: int


@dataclass(frozen=True)
class LetterheadLook:
    left: float
    gutter: float
    sizes: tuple[float, ...]
    country_size: float
    motto_size: float
    pitch: float
    rows: int
    rule_gap: float
    rule_width: float
    rule_ratio: float
    number_gap_above: float
    number_size: float
    date_sizes: tuple[float, ...]
    number_pitch: float
    number_blank: float
    day_blank: float
    month_blank: float
    about_size: float
    about_pitch: float
    about_gap: float


@dataclass(frozen=True)
class TitleLook:
    gap: float
    size: float
    pitch: float
    width_ratio: float
    rule_gap: float
    rule_ratio: float
    rule_width: float
    gap_below: float


@dataclass(frozen=True)
class AddresseesLook:
    size: float
    pitch: float
    gap: float
    left: float
    gap_below: float
    named: int


@dataclass(frozen=True)
class TableLook:
    size: float
    pitch: float
    padding_x: float
    padding_y: float
    rule_width: float
    gap: float


@dataclass(frozen=True)
class SignatureLook:
    gap: float
    left_ratio: float
    size: float
    pitch: float
    space: float


@dataclass(frozen=True)
class RecipientsLook:
    title_size: float
    title_pitch: float
    size: float
    pitch: float


@dataclass(frozen=True)
class AppendixLook:
    size: float
    pitch: float
    gap_below: float


@dataclass(frozen=True)
class PageNumberLook:
    size: float
    baseline: float


@dataclass(frozen=True)
class FooterLook:
    size: float
    rule: float
    baseline: float
    rule_width: float


@dataclass(frozen=True)
class QrLook:
    size: float
    bottom: float
    gap: float


@dataclass(frozen=True)
class Layout:
    """All figures, in points. Field names are the names of nd30.toml without "_mm"."""

    page: PageSize
    landscape: PageSize
    type: TypeMetrics
    body: BodyLook
    letterhead: LetterheadLook
    title: TitleLook
    addressees: AddresseesLook
    table: TableLook
    signature: SignatureLook
    recipients: RecipientsLook
    appendix: AppendixLook
    page_number: PageNumberLook
    footer: FooterLook
    qr: QrLook

    def baseline(self, size: float, pitch: float) -> float:
        """From the top of a line of `pitch` down to its base line, the type in the middle of the line."""
        return (pitch - size * (self.type.ascent + self.type.descent)) / 2 + size * self.type.ascent


@functools.cache
def official() -> Layout:
    """The layout that ships with the program."""
    return read(paths.resources() / "layout" / "nd30.toml")


@functools.cache
def slip() -> Layout:
    """The official layout made small, for a paper that stands on the upper half of its sheet."""
    folder = paths.resources() / "layout"
    return read(folder / "slip.toml", over=folder / "nd30.toml")


def read(path: Path, *, over: Path | None = None) -> Layout:
    """The layout of a file. ValueError names a section or figure that is missing or unknown.

    over: a whole file, of which this one says what differs.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if over is not None:
        whole = tomllib.loads(over.read_text(encoding="utf-8"))
        data = data | {name: figures | data.get(name, {}) for name, figures in whole.items()}
    sections: dict[str, Any] = {}
    for field in fields(Layout):
        assert isinstance(field.type, type)
        sections[field.name] = _section(field.type, field.name, data.pop(field.name, {}))
    if data:
        raise ValueError(f"{path.name}: unknown {sorted(data)}")
    return Layout(**sections)


Section = TypeVar("Section")


def _section(kind: type[Section], name: str, figures: Mapping[str, Any]) -> Section:
    points = {
        key.removesuffix("_mm"): value * MM
        if key.endswith("_mm")
        else tuple(value)
        if isinstance(value, list)
        else value
        for key, value in figures.items()
    }
    wanted = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # every section is a dataclass
    if wrong := sorted(wanted ^ points.keys()):
        raise ValueError(f"[{name}]: missing or unknown {wrong}")
    return kind(**points)
