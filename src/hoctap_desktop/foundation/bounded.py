"""Foreign files are read in a process of their own, under limits: whatever they do to a reader, the program lives on.

The child is our own python or frozen program with a hidden command. It limits itself before it takes the file, reads
one request (a line of JSON, then the bytes of the file) from its standard input and writes one answer, JSON, to its
standard output: no pickle, nothing that the file could turn into code. Qt is not loaded there. Which file is read so,
and by whom, stands in foundation/boundary.py.
"""

import contextlib
import importlib
import json
import os
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError

HIDDEN = "--bounded-reader"  # __main__.READER
SECONDS = 30
MEGABYTES = 512
# Of the command line (cli/command.py): a library of a vendor, a reader of foreign bytes has no use for them.
PASSPHRASES = frozenset({"HOCTAP_PASSPHRASE", "HOCTAP_NEW_PASSPHRASE"})
_LARGEST_ANSWER = 64 * 2**20
_OPEN_FILES = 64


def run_bounded(
    function: str,
    data: bytes,
    name: str,
    *,
    seconds: int = SECONDS,
    megabytes: int = MEGABYTES,
    options: Mapping[str, JsonValue] = MappingProxyType({}),
) -> JsonValue:
    """What `function` ("hoctap_desktop.document.sheet_cells:read_in_child") makes of a file's bytes.

    The function takes the bytes, the file's name for sentences and `options` by name, gives plain JSON, and may raise
    UserError, which is raised again here. Anything else becomes a refusal: READ_TOO_SLOW after `seconds`,
    READ_TOO_LARGE over `megabytes` of memory, READ_FAILED for an error or a crash of the reader.
    """
    import subprocess  # the child has no use for it

    request = {
        "function": function,
        "name": name,
        "seconds": seconds,
        "megabytes": megabytes,
        "options": dict(options),
    }
    try:
        done = subprocess.run(
            _command(),
            input=json.dumps(request).encode() + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=surroundings(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except subprocess.TimeoutExpired as cause:
        raise UserError(Code.READ_TOO_SLOW, file=name, seconds=seconds) from cause
    except OSError as cause:  # no memory to start a process
        raise UserError(Code.READ_FAILED, file=name) from cause
    answer = _answer(done.stdout)
    match answer:
        case {"result": result}:
            return result
        case {"refused": str(code), "facts": dict(facts)} if code in set(Code):
            raise UserError(Code(code), **facts)
        case {"failed": "memory"}:
            raise UserError(Code.READ_TOO_LARGE, file=name, limit=f"{megabytes} MB")
        case _:
            raise UserError(Code.READ_FAILED, file=name)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, HIDDEN]
    return [sys.executable, "-c", "from hoctap_desktop.foundation.bounded import serve; raise SystemExit(serve())"]


def surroundings() -> dict[str, str]:
    """Our own environment for a child: it finds the same modules, writes none anew, and learns no passphrase."""
    known = {name: value for name, value in os.environ.items() if name not in PASSPHRASES}
    known["PYTHONDONTWRITEBYTECODE"] = "1"
    if not getattr(sys, "frozen", False):
        known["PYTHONPATH"] = os.pathsep.join(part for part in sys.path if part)
    return known


def _answer(data: bytes) -> JsonValue:
    if len(data) > _LARGEST_ANSWER:
        return None
    try:
        answer: JsonValue = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return answer


# --- in the child --------------------------------------------------------------------------------------------------


def serve() -> int:
    """One request from standard input, one answer to standard output."""
    request = json.loads(sys.stdin.buffer.readline())
    _limit(int(request["seconds"]), int(request["megabytes"]))
    try:
        answer = _worked(request, sys.stdin.buffer.read())
    except MemoryError:
        answer = {"failed": "memory"}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.buffer.flush()
    # what the file left in memory need not be tidied up, and a damaged interpreter must not crash in doing so
    os._exit(0)


def _worked(request: Mapping[str, Any], data: bytes) -> dict[str, object]:
    module, _, function = str(request["function"]).partition(":")
    try:
        reader = getattr(importlib.import_module(module), function)
        return {"result": reader(data, str(request["name"]), **request["options"])}
    except UserError as refusal:
        return {"refused": refusal.code.value, "facts": {name: str(fact) for name, fact in refusal.facts.items()}}
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - libraries raise whatever a damaged file leads them to
        return {"failed": "error"}


if sys.platform == "win32":

    def _limit(seconds: int, megabytes: int) -> None:
        """A job object round this process: memory, CPU time, and no children."""
        import ctypes
        from ctypes import wintypes

        class Basic(ctypes.Structure):
            _fields_ = (
                ("PerProcessUserTimeLimit", ctypes.c_int64),
                ("PerJobUserTimeLimit", ctypes.c_int64),
                ("LimitFlags", wintypes.DWORD),
                ("MinimumWorkingSetSize", ctypes.c_size_t),
                ("MaximumWorkingSetSize", ctypes.c_size_t),
                ("ActiveProcessLimit", wintypes.DWORD),
                ("Affinity", ctypes.c_size_t),
                ("PriorityClass", wintypes.DWORD),
                ("SchedulingClass", wintypes.DWORD),
            )

        class Extended(ctypes.Structure):
            _fields_ = (
                ("Basic", Basic),
                ("IoInfo", ctypes.c_uint64 * 6),
                ("ProcessMemoryLimit", ctypes.c_size_t),
                ("JobMemoryLimit", ctypes.c_size_t),
                ("PeakProcessMemoryUsed", ctypes.c_size_t),
                ("PeakJobMemoryUsed", ctypes.c_size_t),
            )

        process_time, active_process, process_memory, die_on_error, extended_information = 0x2, 0x8, 0x100, 0x400, 9
        limits = Extended()
        limits.Basic.LimitFlags = process_time | active_process | process_memory | die_on_error
        limits.Basic.PerProcessUserTimeLimit = seconds * 10_000_000  # in 100 ns
        limits.Basic.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = megabytes * 2**20
        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        job = kernel.CreateJobObjectW(None, None)
        # an old Windows that knows no nested jobs leaves the parent's clock as the only limit
        kernel.SetInformationJobObject(job, extended_information, ctypes.byref(limits), ctypes.sizeof(limits))
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())

else:

    def _limit(seconds: int, megabytes: int) -> None:
        """Memory, CPU time, open files; it writes no file and leaves no core."""
        import resource

        for what, most in (
            (resource.RLIMIT_AS, megabytes * 2**20),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_NOFILE, _OPEN_FILES),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            # macOS knows no limit of the address space; a smaller one than ours may be set already
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(what, (most, most))
