"""Which part of the help F1 opens, by where the keyboard is: "report#so-lieu". Data, and the look-up in it."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

# By room, and by attribute of its page: the part of its help. What is named in none opens the page from its head.
PARTS: Mapping[str, Mapping[str, str]] = {
    "home": {"road": "phim"},
    "plan": {"findings": "viet", "preview": "viet", "outline": "viet"},
    "diary": {"form": "ghi", "attached": "ghi", "promises": "ke-hoach", "numbers": "so"},
    "report": {"findings": "can-xem", "strip": "can-xem", "grid": "so-lieu"},
    "print": {"number": "so-ngay", "day": "so-ngay", "part": "trang", "some": "trang", "copies": "trang"},
    "export": {"attached": "tep-kem", "enrol_button": "khoa", "target": "khoa"},
    "receive": {"undo": "hoan-tac"},
    "keying": {
        "scan": "ban-giay",
        "received": "ban-giay",
        "number": "ban-giay",
        "day": "ban-giay",
        "excel": "ban-giay",
        "twice": "go-lai",
        "enter_button": "ghi-vao-so",
    },
    "units": {"view": "tim"},
    "campaign": {"days": "ngay", "view": "bieu", "trial": "thu"},
    "board": {"day": "ngay", "more": "ban-giay", "remind": "nhac", "sight": "nhom", "head": "tien-do"},
    "remind": {"note": "goi", "text": "tin", "letter": "cong-van"},
    "settings": {
        "names": "don-vi",
        "papers": "nguoi-ky",
        "data": "du-lieu",
        "key": "khoa",
        "person": "nguoi-nhap",
        "look": "man-hinh",
    },
}

# By class of dialog.
DIALOGS: Mapping[str, str] = {
    "AttachedDialog": "export#tep-kem",
    "ChooseDialog": "keying",
    "ClassListDialog": "report#lop",
    "ClosingDialog": "trouble",
    "ConfirmDialog": "totals",
    "DecideDialog": "keying#go-lai",
    "ElsewhereDialog": "units#noi-nop",
    "EndDialog": "units#sap-nhap",
    "GazetteerDialog": "units#danh-muc",
    "QuestionDialog": "campaign#bieu",
    "SheetDialog": "units#excel",
    "UnitDialog": "units#mot-don-vi",
    "UpgradeDialog": "report#bieu-moi",
    "DifferencesDialog": "report#excel",
    "FieldHistoryDialog": "report#lich-su",
    "NumberDialog": "print#so-ngay",
    "OwnDialog": "totals",
    "PaperReceiptDialog": "board#ban-giay",
    "PasteDialog": "report#dan",
    "ReceiptDayDialog": "board#ngay-nhan",
    "PrintDialog": "totals",
    "ProblemDialog": "trouble",
    "ReasonDialog": "totals",
    "SecretDialog": "settings#khoa",
    "SinceDialog": "totals",
    "SlipsDialog": "received",
    "TimelineDialog": "report#lich-su",
    "TokenDialog": "settings#khoa",
    "TrashDialog": "safety#khong-mat",
    "UnitKeysDialog": "settings#khoa",
}

# By section of a form.
SECTIONS: Mapping[str, str] = {
    "report.head": "dau-trang",
    "report.foot": "dau-trang",
    "report.funding": "kinh-phi",
}
REPORT_TEXT, REPORT_CLASSES, REPORT_GRID = "phan-loi", "lop", "so-lieu"
PLAN_FIELDS, PLAN_TEXT, PLAN_TABLE, PLAN_LINES = "thong-tin-chung", "viet", "bang", "can-cu"
FIRST_RUN = ("chon", "chon", "dau-trang", "noi-giu", "khoa")  # by step


def part_of(page: QWidget, room: str, focused: QWidget | None) -> str:
    """The part of the help of `room` for the widget that has the keyboard; "" for the head of the page."""
    for name, anchor in PARTS.get(room, {}).items():
        part = getattr(page, name, None)
        if isinstance(part, QWidget) and focused is not None and (part is focused or part.isAncestorOf(focused)):
            return anchor
    return ""
