"""Ids of filings and forms as a person says them: "2022-report" is "báo cáo 2022"."""

import re

_KINDS = {"plan": "kế hoạch", "report": "báo cáo"}
_LEVELS = {"commune": "xã", "school": "trường", "office": "cơ quan", "district": "huyện", "province": "tỉnh"}
_FILING = re.compile(r"(?<![\w./-])(\w[\w-]*)-(plan|report)(?:~\d+)?(?![\w/-]|\.\w)")
_DIARY = re.compile(r"(?<![\w./-])diary-\d+(?![\w/-]|\.\w)")
_FORM = re.compile(r"(plan|report)(?:/(\w+))?(?=$|,)")


def filings_said(text: str) -> str:
    """`text` with the words for each id of a filing, or of an entry of the diary, in it; names of files stay."""
    said = _FILING.sub(lambda found: f"{_KINDS[found[2]]} {found[1]}", text)
    return _DIARY.sub("nhật ký hoạt động", said)


def form_said(id: str) -> str:
    """ "plan/school, bản 2" is "kế hoạch của trường, bản 2"; what is no id of a form stays."""
    return _FORM.sub(_form, id, count=1) if _FORM.match(id) else id


def _form(found: re.Match[str]) -> str:
    level = _LEVELS.get(found[2] or "")
    return _KINDS[found[1]] + (f" của {level}" if level else f" ({found[2]})" if found[2] else "")
