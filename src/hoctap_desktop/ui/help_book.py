"""The help as data: pages of resources/help, their sections and links, and the search in them. No Qt."""

import re
from dataclasses import dataclass
from functools import cache

from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.text import matches
from hoctap_desktop.ui.key_table import KEYS, PLACES, said

# In the order of the list of contents. A page of a room is called as the room.
ORDER = (
    "start",
    "first_run",
    "home",
    "plan",
    "diary",
    "report",
    "print",
    "export",
    "receive",
    "beside",
    "received",
    "keying",
    "board",
    "remind",
    "letter",
    "totals",
    "settings",
    "units",
    "campaign",
    "keys",
    "trouble",
    "safety",
)
_HEADING = re.compile(r"^(#{1,3}) (.+?)(?: \{#([a-z0-9-]+)\})?$", re.MULTILINE)
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)]+)\)")
_KEY_TABLE = "{{keys}}"


@dataclass(frozen=True)
class Section:
    """anchor: "" for the head of the page; text: without marks, for the search."""

    anchor: str
    title: str
    text: str


@dataclass(frozen=True)
class HelpPage:
    """markdown: as shown, without the anchors of its headings. sections: the head of the page first."""

    name: str
    title: str
    markdown: str
    sections: tuple[Section, ...]

    def section(self, anchor: str) -> Section | None:
        return next((one for one in self.sections if one.anchor == anchor), None)


@dataclass(frozen=True)
class Hit:
    """A section in which a searched text stands. line: around it."""

    page: str
    anchor: str
    words: str
    line: str


@cache
def pages() -> tuple[HelpPage, ...]:
    """All pages, in the order of the contents."""
    folder = paths.resources() / "help"
    return tuple(read_page(name, (folder / f"{name}.md").read_text("utf-8")) for name in ORDER)


def page(name: str) -> HelpPage:
    """The page of that name; Trang chính when there is none."""
    by_name = {one.name: one for one in pages()}
    return by_name.get(name, by_name["home"])


def read_page(name: str, text: str) -> HelpPage:
    """A page from its Markdown: "# Title", "## Section {#anchor}", links like "report.md#so-lieu"."""
    text = text.replace(_KEY_TABLE, key_tables())
    headings = list(_HEADING.finditer(text))
    title = headings[0].group(2) if headings else name
    sections = []
    for at, one in enumerate(headings):
        end = headings[at + 1].start() if at + 1 < len(headings) else len(text)
        sections.append(Section(one.group(3) or "", one.group(2), _plain(text[one.end() : end])))
    return HelpPage(name, title, _HEADING.sub(lambda m: f"{m.group(1)} {m.group(2)}", text), tuple(sections))


def key_tables() -> str:
    """The keys of ui/key_table.py as Markdown tables, one for each place."""
    made = []
    for room, words in PLACES.items():
        rows = [f"| {said(key.keys)} | {key.words} |" for key in KEYS if key.room == room]
        made.append("\n".join([f"## {words} {{#phim-{room or 'chung'}}}", "", "| Phím | Việc |", "|---|---|", *rows]))
    return "\n\n".join(made)


def search(query: str) -> tuple[Hit, ...]:
    """Sections where all words of `query` stand, with accents or without; those that have it in their title first."""
    if not query.strip():
        return ()
    titled, others = [], []
    for one in pages():
        for section in one.sections:
            where = one.title if not section.anchor else f"{one.title}: {section.title}"
            if matches(query, section.title):
                titled.append(Hit(one.name, section.anchor, where, ""))
            else:
                line = next((line for line in section.text.splitlines() if matches(query, line)), "")
                if line:
                    others.append(Hit(one.name, section.anchor, where, line))
    return (*titled, *others)


def target(link: str, here: str) -> tuple[str, str]:
    """Page and anchor a link leads to: "report.md#so-lieu", "#so-lieu" of the same page."""
    name, _, anchor = link.partition("#")
    return name.removesuffix(".md") or here, anchor


def _plain(text: str) -> str:
    without = _LINK.sub(lambda m: "" if m.group(1) else m.group(2), text)
    return re.sub(r"[*|`]|^- |^\d+\. |^-+$", "", without, flags=re.MULTILINE).strip()
