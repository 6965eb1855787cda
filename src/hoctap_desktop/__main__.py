"""`hoctap` and `python -m hoctap_desktop`."""

import os
import sys
from collections.abc import Mapping, Sequence

# Started so by ourselves, to read a foreign file under limits (foundation/bounded.py).
READER = "--bounded-reader"
# And so, to load the vendor's library of a token (submission/token_process.py).
TOKEN = "--token-process"
SEALED = ".htgoi"
NO_SCREEN = (
    "Máy này không có màn hình để mở cửa sổ; hãy dùng dòng lệnh: "
    "«hoctap --help» kể mọi lệnh, «hoctap demo --out THƯ_MỤC» làm thử với dữ liệu mẫu."
)


def has_screen(platform: str, environ: Mapping[str, str]) -> bool:
    """False where Qt would end the process for want of a display: a Linux without X11, Wayland or a chosen platform."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not platform.startswith("linux") or any(environ.get(name) for name in names)


def main(argv: Sequence[str] | None = None) -> int:
    """Opens the window, on a sealed file when one is named, else runs the command line. Returns the exit code."""
    asked = list(sys.argv[1:] if argv is None else argv)
    if asked[:1] == [READER]:
        from hoctap_desktop.foundation.bounded import serve

        return serve()
    if asked[:1] == [TOKEN]:
        from hoctap_desktop.submission.token_process import serve as serve_token

        return serve_token()
    # a sealed file alone: somebody double-clicked it
    if not asked or (len(asked) == 1 and asked[0].lower().endswith(SEALED)):
        # Asked before Qt is loaded: a server may lack the very libraries it needs.
        if not has_screen(sys.platform, os.environ):
            print(NO_SCREEN, file=sys.stderr)
            return 1
        from hoctap_desktop.app import run

        return run(asked)
    from hoctap_desktop.cli import main as command_line

    return command_line(asked)


if __name__ == "__main__":
    sys.exit(main())
