"""What a PDF carries beside its pages: scripts and files inside it, signatures of an office. Looks, never parses."""

import re
import zlib

# Each with what must follow it: three letters alone turn up by chance in a few megabytes of a scan.
_ACTIVE = re.compile(
    rb"/(?:JS|AA|XFA|Encrypt|Launch)\s*(?:[(<\[/>]|\d+\s+\d+\s+R)"
    rb"|/(?:JavaScript|EmbeddedFiles?|RichMedia|SubmitForm|Launch)(?![A-Za-z0-9])"
)
# The beginning of everything looked for here: one pass over a print that holds nothing of it.
_MARK = re.compile(
    rb"/(?:JS|AA|XFA|Encrypt|Launch|JavaScript|EmbeddedFile|RichMedia|SubmitForm|ByteRange|ObjStm"
    rb"|[A-Za-z]{0,16}#[0-9A-Fa-f]{2})"
)
_HEX_LETTER = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT_STREAM = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
# Far more than any print or scan has; past it a file is not looked through but asked about.
_LARGEST_UNPACKED = 32 * 2**20
_MOST_STREAMS = 400
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
_TIME_STAMPS = (b"/DocTimeStamp", b"/ETSI.RFC3161")
# A signature's dictionary without its value is some hundred bytes; its value is what the range leaves out.
_DICTIONARY = 4096
_MOST_SIGNATURES = 500


def is_plain(pdf: bytes | memoryview) -> bool:
    """True when there is surely nothing beside pages: not active, no signatures. False says nothing yet."""
    return _MARK.search(pdf) is None


def signature_count(pdf: bytes) -> int:
    """How many signatures a PDF bears: byte ranges that leave out a hex string inside the file, each counted once.

    Pages added later (incremental updates) keep earlier signatures where they are; the same signature written again
    there counts once. The words "/ByteRange" in a text count as nothing, nor do stamps of time. Whether a signature is
    good is not looked at: that takes the certificates of the state's own service.
    """
    if b"/ByteRange" not in pdf:
        return 0
    found: set[tuple[int, int]] = set()
    for number, match in enumerate(_BYTE_RANGE.finditer(pdf)):
        if number >= _MOST_SIGNATURES:
            break
        first, before, after, rest = (int(part) for part in match.groups())
        if first or not before < after <= after + rest <= len(pdf):
            continue
        # some writers count the brackets of the value to what is signed
        gap = pdf[before - 1 : before + 1].find(b"<") >= 0 and pdf[after - 1 : after + 1].find(b">") >= 0
        if gap and not _is_time_stamp(pdf, match, before, after):
            found.add((before, after))
    return len(found)


def _is_time_stamp(pdf: bytes, match: re.Match[bytes], before: int, after: int) -> bool:
    """The dictionary round a byte range says that it is a stamp of time and nobody's signature."""
    begins = max(pdf.rfind(b" obj", max(0, min(match.start(), before) - _DICTIONARY), match.start()), 0)
    ends = max(match.end(), after)
    ends = next((at for at in [pdf.find(b"endobj", ends, ends + _DICTIONARY)] if at >= 0), ends)
    outside = pdf[begins : min(before, ends)] + pdf[max(after, begins) : ends]
    return any(mark in outside for mark in _TIME_STAMPS)


def is_active(pdf: bytes) -> bool:
    """True when a PDF names scripts, actions that start something, or files inside it, also within object streams.

    Looks for names, does not parse: a false alarm costs one question before the file is opened. What nobody can look
    into (encrypted, packed in an unusual way, packed out of all proportion) counts as well.
    """
    streams = pdf.count(b"/ObjStm")
    if streams > _MOST_STREAMS or _names_action(pdf):
        return True
    if not streams:
        return False
    room = _LARGEST_UNPACKED
    for start in _OBJECT_STREAM.finditer(pdf):
        stream = zlib.decompressobj()
        try:
            inside = stream.decompress(memoryview(pdf)[start.end() :], room)
        except zlib.error:
            return True
        room -= len(inside)
        if room <= 0 or not stream.eof or _names_action(inside):
            return True
    return False


def _names_action(data: bytes) -> bool:
    # a name may spell any letter as #xx: /J#61vaScript
    spelled = _HEX_LETTER.sub(lambda letter: bytes.fromhex(letter[1].decode()), data) if b"#" in data else data
    return _ACTIVE.search(spelled) is not None
