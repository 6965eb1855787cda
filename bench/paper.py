"""How long our paper takes beside other programs on the same text, both sides in one run, medians.

1. a plan of 4 pages, and a report with its table: our renderer and typst, each in a process that is already warm;
2. one PDF in a new process: `hoctap render`, and LibreOffice turning the same text from docx into PDF;
3. 150 reports: ours in one process, and LibreOffice's batch.

A side that is not installed is said to be missing, loudly; its ratio is then not measured. Exits 1 over a bound.
"""

import importlib.util
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hoctap_desktop.document.model import (
    AppendixTitle,
    Block,
    Bullet,
    Document,
    Heading,
    LegalBasis,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    SpecialLine,
    Table,
    runs_text,
)
from hoctap_desktop.document.pdf import render
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.foundation import paths
from hoctap_desktop.office.paper import document_of, print_filing

EXAMPLES = paths.forms() / "examples"
PLAN, REPORT = (EXAMPLES / f"2022-ha-thuong-{kind}.toml" for kind in ("plan", "report"))
PLAN_BOUND, REPORT_BOUND, PROCESS_BOUND, BATCH_BOUND = 1.5, 2.0, 1 / 3, 1.0
ROUNDS = 15
BATCH = 150


def four_pages() -> Filing:
    """The example's plan, its parts said again until four pages are full."""
    found = filing = read_filled(PLAN)
    body = str(filing.answers["body"])
    paragraphs = body.split("\n\n")
    for count in range(len(paragraphs)):
        longer = replace(filing, answers={**filing.answers, "body": "\n\n".join([body, *paragraphs[1 : count + 1]])})
        if print_filing(longer).pages > 4:
            return found
        found = longer
    raise AssertionError("no plan of four pages")


# --- the same text in typst ------------------------------------------------------------------------------------------


def typst_source(document: Document) -> str:
    """The document as a typst file with the same sizes, margins and words: no richer, no poorer than our page."""
    head = document.letterhead
    left = [f"[{_typst(name)}]" for name in head.governing] + [f"[*{_typst(name)}*]" for name in head.issuing]
    day = head.day or "#h(24pt)"
    month = head.month or "#h(24pt)"
    lines = [
        '#set document(title: "' + document.metadata.title.replace('"', "") + '")',
        '#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm), header-ascent: 7mm,',
        "  header: context { if counter(page).get().first() > 1 { align(center, counter(page).display()) } },",
        "  footer: [#line(length: 100%, stroke: 0.5pt) #text(9pt)["
        + " #h(1fr) ".join(map(_typst, (document.footer.left, document.footer.center, document.footer.right)))
        + "]])",
        '#set text(font: "Liberation Serif", size: 14pt, lang: "vi", hyphenate: false)',
        "#set par(justify: true, leading: 0.64em, spacing: 1.07em, first-line-indent: (amount: 10mm, all: true))",
        "#grid(columns: (69mm, 1fr), align: center, row-gutter: 5pt,",
        f"  stack(spacing: 5pt, {', '.join(left)}, line(length: 25mm, stroke: 0.75pt)),",
        "  stack(spacing: 5pt, text(13pt)[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*], [*Độc lập - Tự do - Hạnh phúc*],",
        "    line(length: 68mm, stroke: 0.75pt)),",
        f"  [Số: {_typst(head.number) or '#h(30pt)'}/{_typst(head.symbol)}],",
        f"  emph[{_typst(head.place)}, ngày {day} tháng {month} năm {head.year}])",
        *(f"#align(center)[*{_typst(words)}*]" for words in _title(document)),
        *(_typst_block(block) for block in document.blocks),
    ]
    signer, to = document.signature, document.recipients
    items = [item for _, group in to.groups for item in group] if to else []
    lines += [
        "#block(breakable: false, grid(columns: (46%, 54%),",
        f"  [#set par(first-line-indent: 0pt, spacing: 3pt); #text(12pt)[*_Nơi nhận:_*] {chr(10)}{chr(10)}"
        + "\n\n".join(f"#text(11pt)[\\- {_typst(item)}]" for item in items)
        + "],",
        "  align(center)[" + "\n\n".join(f"*{_typst(line)}*" for line in (signer.capacity if signer else ()))
        + f"#v(36mm) *{_typst(signer.name if signer else '')}*]))",
        *(_typst_block(block) for block in document.appendix),
    ]  # fmt: skip
    return "\n\n".join(lines)


def _title(document: Document) -> tuple[str, ...]:
    """Kind and subject; a letter has none."""
    return (document.title.kind, document.title.subject) if document.title is not None else ()


def _typst(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\#$*_`<>@[]~/=-+." and letter != "." else letter for letter in text)


def _typst_runs(runs: Runs) -> str:
    def one(run: Run) -> str:
        text = f"#text([{_typst(run.text)}])"
        text = f"#strong[{text}]" if run.bold else text
        return f"#emph[{text}]" if run.italic else text

    return "".join(map(one, runs))


def _typst_block(block: Block) -> str:
    match block:
        case LegalBasis(runs=runs):
            return f"#emph[{_typst_runs(runs)}]"
        case Heading(number=number, runs=runs, bold=bold):
            text = f"{_typst(number)} {_typst_runs(runs)}"
            return f"#strong[{text}]" if bold else text
        case Paragraph(runs=runs):
            return _typst_runs(runs)
        case Bullet(mark=mark, runs=runs):
            return f"{_typst(mark)} {_typst_runs(runs)}"
        case SpecialLine(runs=runs):
            return f"#align(center)[{_typst_runs(runs)}]"
        case AppendixTitle(number=number, title=title):
            return f"#pagebreak() #align(center)[*Phụ lục {number} {_typst(title)}*]"
        case PageBreak():
            return "#pagebreak()"
        case Table(columns=columns, rows=rows):
            head = ", ".join(f"[*{_typst(column.title)}*]" for column in columns)
            widths = ", ".join(f"{column.width * 100:.2f}%" for column in columns)
            cells = ",\n".join(", ".join(f"[{_typst_runs(cell)}]" for cell in row.cells) for row in rows)
            look = "set text(12pt); set par(first-line-indent: 0pt)"
            return f"#{{ {look}; table(columns: ({widths}), stroke: 0.5pt, table.header({head}), {cells}) }}"
    raise AssertionError(block)


# --- the measurements ------------------------------------------------------------------------------------------------


def medians(*sides: Callable[[int], object], rounds: int = ROUNDS) -> list[float]:
    """The median seconds of each side, taken in turns so that a slow moment of the machine hits all of them."""
    for side in sides:
        side(-1)
    times: list[list[float]] = [[] for _ in sides]
    for number in range(rounds):
        for side, found in zip(sides, times, strict=True):
            started = time.perf_counter()
            side(number)
            found.append(time.perf_counter() - started)
    return [statistics.median(found) for found in times]


def changed(document: Document, number: int) -> Document:
    """The document with one word of its own in every paragraph, so that no side can answer from its cache."""
    words = itertools.count(1000 * (number + 2))

    def other(block: Block) -> Block:
        if isinstance(block, Paragraph | Bullet) and block.runs:
            first, *rest = block.runs
            return replace(block, runs=(replace(first, text=f"{first.text} {next(words)}"), *rest))
        return block

    return replace(document, blocks=tuple(map(other, document.blocks)))


def against_typst(name: str, filing: Filing, bound: float) -> bool:
    """Prints ours, theirs and the ratio; True when within the bound."""
    document = document_of(filing)
    variants = {n: changed(document, n) for n in range(-1, ROUNDS)}
    pages = render(document).pages
    if importlib.util.find_spec("typst") is None:
        (own,) = medians(lambda n: render(variants[n]))
        print(f"{name}: ours {own * 1000:.1f} ms ({pages} pages). TYPST IS MISSING: NOT COMPARED")
        return True
    import typst

    sources = {n: typst_source(each).encode() for n, each in variants.items()}
    fonts = typst.Fonts(font_paths=[str(paths.resources() / "fonts")], include_system_fonts=False)
    theirs = typst.Compiler(font_paths=fonts)
    probe = theirs.compile(input=sources[0])
    assert isinstance(probe, bytes)
    own, other = medians(lambda n: render(variants[n]), lambda n: theirs.compile(input=sources[n]))
    missing = set(_words_of(document)) - set(_words(probe))
    print(
        f"{name}: ours {own * 1000:.1f} ms ({pages} pages), typst {other * 1000:.1f} ms ({_pages(probe)} pages); "
        + ratio(own, other, bound)
        + (f"; WORDS MISSING IN TYPST: {sorted(missing)}" if missing else "")
    )
    return own <= bound * other


def _words_of(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph | Bullet):
            yield from runs_text(block.runs).split()


def _words(pdf: bytes) -> list[str]:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as file:
        return " ".join(page.get_textpage().get_text_range() for page in file).split()


def _pages(pdf: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as file:
        return len(file)


# --- a new process, and a batch ------------------------------------------------------------------------------------


def office_program() -> str | None:
    """LibreOffice, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def word_file(filing: Filing, path: Path) -> bool:
    """Writes the filing as a Word file for LibreOffice to print; False when this program cannot write one."""
    if importlib.util.find_spec("hoctap_desktop.document.word") is None:
        return False
    word = importlib.import_module("hoctap_desktop.document.word")
    path.write_bytes(word.render_word(document_of(filing)))
    return True


def new_process(folder: Path) -> bool:
    """One PDF each in a new process; True when within the bound or when there is nothing to compare with."""
    out = folder / "own.pdf"
    # as installed: with the compiled files that an installer, or the first start, leaves behind
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "hoctap_desktop", "render", str(REPORT), "-o", str(out)]
    run(*command, environment=environment)
    own = median_of(7, lambda: run(*command, environment=environment))
    program, source = office_program(), folder / "report.docx"
    if program is None or not word_file(read_filled(REPORT), source):
        missing = "LIBREOFFICE" if program is None else "THE WORD FILE"
        print(f"one PDF in a new process: ours {own:.2f} s. {missing} IS MISSING: NOT COMPARED")
        return True
    convert(program, folder, [source])  # the first start writes its settings
    other = median_of(3, lambda: convert(program, folder, [source]))
    print(f"one PDF in a new process: ours {own:.2f} s, LibreOffice {other:.2f} s; {ratio(own, other, PROCESS_BOUND)}")
    return own <= other * PROCESS_BOUND


def batch(folder: Path) -> bool:
    """150 reports, each with its own numbers; True when within the bound or when there is nothing to compare with."""
    report = read_filled(REPORT)
    filings = [replace(report, answers={**report.answers, "participants": 1000 + n}) for n in range(BATCH)]

    def ours() -> None:
        for number, filing in enumerate(filings):
            (folder / f"{number}.pdf").write_bytes(print_filing(filing).data)

    own = median_of(3, ours)
    first = (folder / "7.pdf").read_bytes()
    ours()
    same = "byte-identical on a second run" if (folder / "7.pdf").read_bytes() == first else "NOT THE SAME BYTES AGAIN"
    program = office_program()
    sources = [folder / f"{number}.docx" for number in range(BATCH)]
    if program is None or not all(word_file(*pair) for pair in zip(filings, sources, strict=True)):
        missing = "LIBREOFFICE" if program is None else "THE WORD FILE"
        print(f"{BATCH} reports: ours {own:.2f} s, {same}. {missing} IS MISSING: NOT COMPARED")
        return same.startswith("byte")
    other = median_of(1, lambda: convert(program, folder, sources))
    print(f"{BATCH} reports: ours {own:.2f} s, {same}; LibreOffice {other:.2f} s; {ratio(own, other, BATCH_BOUND)}")
    return own <= other * BATCH_BOUND and same.startswith("byte")


def run(*command: str, environment: Mapping[str, str] | None = None) -> None:
    """Runs a program; its failure is ours."""
    subprocess.run(command, check=True, capture_output=True, env=environment)


def convert(program: str, folder: Path, sources: Sequence[Path]) -> None:
    """LibreOffice's own way from docx to PDF, with settings of its own in `folder`."""
    settings = f"-env:UserInstallation={(folder / 'settings').as_uri()}"
    run(program, settings, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "lo"), *map(str, sources))


def median_of(rounds: int, act: Callable[[], None]) -> float:
    """The median seconds of some rounds."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        act()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def ratio(own: float, other: float, bound: float) -> str:
    """The ratio and its bound, in words."""
    return f"ratio {own / other:.2f}, bound {bound:.2f}" + ("" if own <= bound * other else ": OVER THE BOUND")


def main() -> int:
    """Runs all of them; 1 when a bound is broken."""
    good = against_typst("plan", four_pages(), PLAN_BOUND)
    good &= against_typst("report with table", read_filled(REPORT), REPORT_BOUND)
    with tempfile.TemporaryDirectory() as name:
        good &= new_process(Path(name))
        good &= batch(Path(name))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
