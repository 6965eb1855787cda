"""What the machine wishes for."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication


def wishes_contrast() -> bool:
    """True when the system asks for more contrast."""
    hints = QGuiApplication.styleHints()
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
