"""What a refusal says in its dialog: what happened, what is safe, what to do, one code for the phone. No Qt."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from hoctap_desktop.foundation.errors import Code, UserError

SAFE = "Dữ liệu trong máy vẫn còn nguyên, không mất gì."

# Title = what happened. Codes without one take the first sentence of the catalogue.
TITLES: Mapping[Code, str] = {
    Code.FILE_UNREADABLE: "Chưa đọc được tệp",
    Code.FILE_UNWRITABLE: "Chưa ghi được tệp",
    Code.DISK_FULL: "Chưa ghi được, ổ đĩa đã đầy",
    Code.FILE_TOO_LARGE: "Tệp quá lớn",
    Code.NOT_TEXT: "Tệp không phải văn bản",
    Code.WRONG_FILE_KIND: "Tệp không đúng loại",
    Code.READ_BACK_DIFFERS: "Ghi xong đọc lại thấy khác",
    Code.STICK_GONE: "Chưa ghi xong vào USB",
    Code.STICK_READ_ONLY: "USB chỉ cho đọc",
    Code.STORE_MISSING: "Không thấy tệp dữ liệu",
    Code.STORE_EXISTS: "Đã có tệp dữ liệu ở đó",
    Code.STORE_FOREIGN: "Tệp không phải dữ liệu của chương trình",
    Code.STORE_NEWER: "Dữ liệu do bản chương trình mới hơn ghi",
    Code.STORE_DAMAGED: "Dữ liệu bị hỏng",
    Code.KEPT_FILE_LOST: "Tệp của bản đã nhận bị mất",
    Code.STORE_IN_USE: "Dữ liệu đang mở ở cửa sổ khác",
    Code.COPY_BAD: "Bản sao không dùng được",
    Code.COPY_OTHER_UNIT: "Bản sao của đơn vị khác",
    Code.FILING_FINAL: "Văn bản đã chốt",
    Code.FILING_HAS_FINDINGS: "Còn chỗ phải sửa",
    Code.LETTER_MISSING: "Có chữ không in được",
    Code.PRINT_FAILED: "Chưa in được",
    Code.PACKAGE_TOO_HEAVY: "Gói quá nặng",
    Code.KEY_MISSING: "Chưa có khóa để ký gói",
    Code.KEY_EXISTS: "Đơn vị đã có khóa",
    Code.WRONG_PASSPHRASE: "Mật khẩu chưa đúng",
    Code.WEAK_PASSPHRASE: "Mật khẩu quá ngắn",
    Code.KEY_FILE_BAD: "Tệp khóa không đọc được",
    Code.KEY_OF_OTHER_UNIT: "Khóa của đơn vị khác",
    Code.KEY_ON_TOKEN: "Khóa nằm trong thiết bị ký",
    Code.KEY_REPLACED: "Khóa này đã được thay",
    Code.TOKEN_SUPPORT_MISSING: "Chưa có phần đọc thiết bị ký",
    Code.TOKEN_LIBRARY_BAD: "Không phải thư viện của thiết bị ký",
    Code.TOKEN_MISSING: "Không thấy thiết bị ký",
    Code.TOKEN_SLOW: "Thiết bị ký không trả lời",
    Code.TOKEN_BROKE: "Thiết bị ký đã dừng giữa chừng",
    Code.TOKEN_REFUSED: "Thiết bị ký không làm được việc này",
    Code.ALTERED: "Nội dung đã thay đổi sau khi ký",
    Code.UNIT_FILE_BAD: "Tệp đơn vị chưa đúng",
}
# Where nothing else is known to be safe, or it would be untrue.
SAFE_WORDS: Mapping[Code, str] = {
    Code.STORE_DAMAGED: "Máy không ghi gì thêm vào tệp này.",
    Code.KEPT_FILE_LOST: "Số liệu của bản này vẫn còn nguyên.",
    Code.READ_BACK_DIFFERS: "Bản trong máy vẫn còn nguyên.",
    Code.STORE_FOREIGN: "Máy không sửa gì trong tệp đó.",
    Code.STORE_MISSING: "Máy không xóa tệp nào.",
}
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_«])")
_ACTS = ("Hãy ", "Xin ", "Chép ", "Gọi ", "Đừng ")


@dataclass(frozen=True)
class Advice:
    """title, text (what happened), safe, steps (Việc cần làm), code (shown small), details (folded, for support)."""

    title: str
    text: str
    safe: str
    steps: tuple[str, ...]
    code: str
    details: str
    bug: bool = False


def advice(failure: BaseException) -> Advice:
    """What to say of a failure: a refusal in the words of the catalogue, a bug as one."""
    if not isinstance(failure, UserError):
        return Advice(
            title="Chương trình gặp trục trặc",
            text="Có một việc máy làm chưa được, do lỗi của chương trình.",
            safe="Những gì đã báo «Đã lưu» vẫn còn nguyên.",
            steps=(
                "Làm lại việc vừa rồi.",
                "Nếu vẫn vậy, đóng chương trình rồi mở lại.",
                "Gửi chi tiết cho người hỗ trợ.",
            ),
            code="Mã 0000",
            details=f"{type(failure).__name__}: {failure}",
            bug=True,
        )
    sentences = _SENTENCE.split(str(failure))
    steps = tuple(_act(sentence) for sentence in sentences if sentence.startswith(_ACTS))
    facts = " ".join(sentence for sentence in sentences if not sentence.startswith(_ACTS))
    title = TITLES.get(failure.code, "")
    if not title:
        title, _, facts = facts.partition(". ")
        title = title.rstrip(".")
    details = ", ".join(f"{name} = {value}" for name, value in sorted(failure.facts.items()))
    return Advice(
        title=title,
        text=facts,
        safe=SAFE_WORDS.get(failure.code, SAFE),
        steps=steps,
        code=f"Mã {spoken_code(failure.code)}",
        details=f"{failure.code.value}: {details}" if details else failure.code.value,
    )


def spoken_code(code: Code) -> str:
    """Four digits that can be said on the phone; they stay the same as long as the code has its name."""
    return f"{zlib.crc32(code.value.encode()) % 9999 + 1:04d}"


def _act(sentence: str) -> str:
    """ "Hãy chép lại tệp." -> "Chép lại tệp."."""
    words = sentence.removeprefix("Hãy ")
    return words[:1].upper() + words[1:]
