"""Vietnamese for what Qt itself says (buttons, menus, file dialog), and dates as dd/MM/yyyy.

resources/i18n/qt_vi.ts is the source; qt_vi.qm is made from it by `pyside6-lrelease` and kept beside it (a test
compares them).
"""

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from hoctap_desktop.foundation import paths


def install(app: QCoreApplication) -> QTranslator:
    """Makes Vietnamese the language of the application; gives the translator, which `app` owns."""
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    translator = QTranslator(app)
    translator.load(str(paths.resources() / "i18n" / "qt_vi.qm"))
    app.installTranslator(translator)
    return translator
