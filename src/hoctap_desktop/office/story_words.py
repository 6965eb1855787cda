"""How the points of a filing's story are told. Pure."""

from datetime import datetime

from hoctap_desktop.filing.differences import label_of
from hoctap_desktop.filing.versions import Point
from hoctap_desktop.form.definition import FormDefinition

NAMED = 2


def when(at: datetime | None, since: datetime | None = None) -> str:
    """ "14:05–14:32 12/10/2022", "14:32 12/10/2022", or that it is not known."""
    if at is None:
        return "không rõ lúc nào"
    first = f"{since:%H:%M}–" if since is not None and f"{since:%H:%M}" != f"{at:%H:%M}" else ""
    return f"{first}{at:%H:%M} {at:%d/%m/%Y}"


def what(form: FormDefinition, point: Point) -> str:
    """What happened: "Sửa 3 mục: Mục 4, số lần hội thảo; …", "Chốt lần 1", "Gửi lần 1"."""
    revision = point.id.revision
    match point.kind:
        case "begun":
            return f"Bắt đầu lập lần {revision}"
        case "amended":
            return f"Lập lần {revision} từ lần {point.words or revision - 1}"
        case "finalised":
            return f"Chốt lần {revision}"
        case "sent":
            return f"Ký gói gửi đi lần {revision}"
        case "restored":
            return f"Đưa về mốc {point.words}"
        case "taken":
            return f"Lấy {len(point.fields)} mục từ «{point.words}»: {fields_words(form, point.fields)}"
        case _:
            return f"Sửa {len(point.fields)} mục: {fields_words(form, point.fields)}"


def fields_words(form: FormDefinition, fields: tuple[str, ...]) -> str:
    """The first places by name, the rest by their count."""
    named = "; ".join(label_of(form, id) for id in fields[:NAMED])
    rest = len(fields) - NAMED
    return f"{named}; và {rest} mục khác" if rest > 0 else named


def point_words(form: FormDefinition, point: Point) -> str:
    """One line for a point: when, who, what."""
    return ", ".join(part for part in (when(point.at, point.since), point.who, what(form, point)) if part)
