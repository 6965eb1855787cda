"""The keys of the program as data: what help shows (Phím tắt), and what a test presses. No Qt."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """room: id of the page it works on, "" for every page, else where ("dialog"). keys: as a person reads them."""

    room: str
    keys: str
    words: str


PLACES = {
    "": "Ở mọi trang",
    "plan": "Kế hoạch",
    "diary": "Nhật ký",
    "report": "Báo cáo",
    "print": "In trình ký",
    "receive": "Tiếp nhận",
    "received": "Gói đã nhận",
    "keying": "Nhập hộ",
    "board": "Theo dõi",
    "totals": "Tổng hợp",
    "units": "Đơn vị cấp dưới",
    "campaign": "Đợt và biểu mẫu",
    "classes": "Danh sách lớp",
    "dialog": "Hộp hỏi",
}

KEYS: tuple[Key, ...] = (
    Key("", "F1", "Trợ giúp của ô hay phần đang làm"),
    Key("", "F6", "Sang khung tiếp theo"),
    Key("", "Shift+F6", "Về khung trước"),
    Key("", "Tab", "Sang ô, nút tiếp theo, theo thứ tự đọc"),
    Key("", "Shift+Tab", "Về ô, nút trước"),
    Key("", "Ctrl+S", "Lưu ngay; góc trên ghi «Đã lưu lúc …»"),
    Key("", "Alt+1", "Mở trang thứ nhất bên trái; đến Alt+9 cũng vậy"),
    Key("plan", "Enter", "Đoạn mới"),
    Key("plan", "Tab", "Xuống một cấp, cả phần thuộc nó"),
    Key("plan", "Shift+Tab", "Lên một cấp, cả phần thuộc nó"),
    Key("plan", "Alt+Up", "Đưa đoạn lên trên"),
    Key("plan", "Alt+Down", "Đưa đoạn xuống dưới"),
    Key("plan", "Ctrl+Space", "Chèn thông tin chung"),
    Key("plan", "F2", "Sửa số của đề mục"),
    Key("plan", "F5", "Thêm một đoạn; trong bảng: thêm một dòng"),
    Key("plan", "Shift+F5", "Bỏ đoạn đang chọn; trong bảng: bỏ dòng"),
    Key("plan", "Ctrl+Shift+F5", "Bỏ cả phần thuộc nó"),
    Key("plan", "F7", "Kiểm tra"),
    Key("plan", "F8", "Chỗ cần xem tiếp theo"),
    Key("plan", "Shift+F8", "Chỗ cần xem trước đó"),
    Key("plan", "F9", "In"),
    Key("plan", "Ctrl+P", "In"),
    Key("plan", "Ctrl+F", "Tìm trong kế hoạch"),
    Key("plan", "F3", "Chỗ tìm thấy tiếp theo"),
    Key("plan", "Ctrl+G", "Đến một mục"),
    Key("plan", "Ctrl+Z", "Hoàn tác"),
    Key("plan", "Ctrl+Y", "Làm lại"),
    Key("plan", "Ctrl+H", "Lịch sử của ô đang làm"),
    Key("plan", "Ctrl+Shift+H", "Lịch sử của kế hoạch"),
    Key("diary", "F5", "Ghi việc mới"),
    Key("diary", "Shift+F5", "Bỏ việc đang mở"),
    Key("diary", "F8", "Việc tiếp theo"),
    Key("diary", "Shift+F8", "Việc trước đó"),
    Key("diary", "Ctrl+F", "Tìm một việc"),
    Key("diary", "Ctrl+Z", "Hoàn tác"),
    Key("report", "Enter", "Ô tiếp theo"),
    Key("report", "Down", "Ô dưới"),
    Key("report", "Up", "Ô trên"),
    Key("report", "Ctrl+Enter", "Ra khỏi ô nhiều dòng, sang ô tiếp theo"),
    Key("report", "F2", "Sửa số trong ô"),
    Key("report", "K", "Không tổ chức"),
    Key("report", "C", "Chưa có số, kèm lý do"),
    Key("report", "A", "Không áp dụng"),
    Key("report", "Delete", "Để trống"),
    Key("report", "F5", "Mở danh sách lớp, thêm lớp"),
    Key("report", "F7", "Kiểm tra"),
    Key("report", "F8", "Chỗ cần xem tiếp theo"),
    Key("report", "Shift+F8", "Chỗ cần xem trước đó"),
    Key("report", "F9", "In"),
    Key("report", "Ctrl+P", "In"),
    Key("report", "Ctrl+F", "Đến một ô"),
    Key("report", "Ctrl+Z", "Hoàn tác"),
    Key("report", "Ctrl+Y", "Làm lại"),
    Key("report", "Ctrl+H", "Lịch sử của ô đang làm"),
    Key("report", "Ctrl+Shift+H", "Lịch sử của báo cáo"),
    Key("report", "Ctrl+Shift+E", "Xuất biểu Excel"),
    Key("report", "Ctrl+Shift+I", "Nhập từ Excel"),
    Key("classes", "Enter", "Ô tiếp theo"),
    Key("classes", "F5", "Thêm lớp"),
    Key("classes", "Shift+F5", "Bỏ lớp đang chọn"),
    Key("print", "F9", "In"),
    Key("print", "Ctrl+P", "In"),
    Key("print", "Ctrl+F", "Tìm trong trang in"),
    Key("print", "Ctrl++", "Phóng to"),
    Key("print", "Ctrl+-", "Thu nhỏ"),
    Key("print", "Ctrl+0", "Vừa khung"),
    Key("receive", "Ctrl+F", "Tìm một tệp"),
    Key("received", "Alt+Left", "Về danh sách"),
    Key("received", "Alt+PgUp", "Bản trước"),
    Key("received", "Alt+PgDown", "Bản sau"),
    Key("received", "Ctrl+Return", "Duyệt"),
    Key("received", "Ctrl+Backspace", "Trả lại, ghi nhận xét"),
    Key("keying", "Enter", "Ô tiếp theo"),
    Key("keying", "Alt+Left", "Về danh sách"),
    Key("keying", "Ctrl+F", "Đến một ô"),
    Key("board", "Ctrl+F", "Tìm đơn vị"),
    Key("totals", "Ctrl+F", "Đến một số"),
    Key("totals", "F9", "In bảng"),
    Key("totals", "Ctrl+P", "In bảng"),
    Key("units", "Ctrl+F", "Tìm đơn vị"),
    Key("units", "F5", "Thêm đơn vị"),
    Key("units", "Enter", "Mở đơn vị đang chọn"),
    Key("units", "Ctrl+Z", "Hoàn tác việc gần nhất"),
    Key("units", "Ctrl+Shift+E", "Lưu Excel"),
    Key("units", "Ctrl+Shift+I", "Nhập từ Excel"),
    Key("units", "Alt+Left", "Về Thiết lập"),
    Key("campaign", "F2", "Sửa ô của biểu báo cáo"),
    Key("campaign", "F5", "Thêm câu hỏi dưới dòng đang chọn"),
    Key("campaign", "Shift+F5", "Bỏ câu hỏi đang chọn"),
    Key("campaign", "Alt+Up", "Đưa câu hỏi lên trên"),
    Key("campaign", "Alt+Down", "Đưa câu hỏi xuống dưới"),
    Key("campaign", "Ctrl+Z", "Hoàn tác"),
    Key("campaign", "Alt+Left", "Về Thiết lập"),
    Key("dialog", "Esc", "Đóng, không đổi gì"),
    Key("dialog", "Enter", "Bấm nút đang chọn"),
)


def said(keys: str) -> str:
    """As the key stands on a Vietnamese clerk's keyboard: arrows are named."""
    arrows = {"Up": "mũi tên lên", "Down": "mũi tên xuống", "Left": "mũi tên trái", "Space": "phím cách"}
    names = arrows | {"Return": "Enter", "PgDown": "PgDn"}
    parts = keys.removesuffix("+").split("+") + (["+"] if keys.endswith("++") else [])
    return "+".join(names.get(part, part) for part in parts if part)
