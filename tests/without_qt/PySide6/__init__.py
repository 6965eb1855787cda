"""Stands in the place of PySide6 for `./dev test --without-qt`; child processes find it through PYTHONPATH too."""

raise ImportError("PySide6 is made unimportable in this run: only hoctap_desktop.ui and hoctap_desktop.app may need it")
