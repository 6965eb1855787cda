"""`hoctap` and `python -m hoctap_desktop`."""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Opens the window when nothing is asked for, else runs the command line. Returns the exit code."""
    asked = list(sys.argv[1:] if argv is None else argv)
    if not asked:
        from hoctap_desktop.app import run

        return run(asked)
    from hoctap_desktop.cli import main as command_line

    return command_line(asked)


if __name__ == "__main__":
    sys.exit(main())
