"""The Vietnamese catalogue: one sentence per code, saying what, where, and what to do next."""

from collections.abc import Callable, Mapping

from hoctap_desktop.foundation.codes import Code
from hoctap_desktop.foundation.said_ids import filings_said, form_said

SENTENCES: Mapping[Code, str] = {
    # files
    Code.FILE_UNREADABLE: "Không đọc được tệp «{file}». Hãy xem tệp còn đó không, rồi thử lại.",
    Code.FOLDER_UNREADABLE: (
        "Không mở được thư mục «{file}», chưa xem tệp nào trong đó. Hãy chép thư mục ra chỗ khác rồi nhập lại, hoặc "
        "xin đơn vị gửi lại."
    ),
    Code.FILE_UNWRITABLE: "Không ghi được «{file}». Hãy chọn nơi khác, hoặc bỏ chế độ chỉ đọc rồi ghi lại.",
    Code.DISK_FULL: "Ổ đĩa đã đầy, chưa ghi được «{file}». Hãy xóa bớt tệp rồi ghi lại.",
    Code.FILE_TOO_LARGE: "Tệp «{file}» quá lớn (giới hạn {limit}). Hãy chọn đúng tệp.",
    Code.NOT_TEXT: "Tệp «{file}» không phải tệp văn bản Unicode ({found}). Hãy chọn đúng tệp, hoặc lưu lại dạng UTF-8.",
    Code.LETTERS_UNREADABLE: "Trong câu lệnh có chữ máy không đọc được (không phải UTF-8). Hãy gõ lại chữ đó.",
    Code.WRONG_FILE_KIND: "Tệp «{file}» không phải {wanted}: {found}. Hãy chọn tệp khác.",
    Code.READ_BACK_DIFFERS: "Ghi «{file}» xong đọc lại thấy khác. Đừng dùng tệp này; hãy ghi lại hoặc đổi USB khác.",
    Code.FOLDER_NOT_EMPTY: "Thư mục «{file}» đã có tệp khác. Hãy chọn thư mục trống; máy không ghi đè tệp nào.",
    Code.FILE_IN_THE_WAY: (
        "Ở nơi ghi đã có tệp «{file}» khác: {found}. Máy không ghi đè. Hãy chọn thư mục khác, hoặc chuyển tệp đó đi "
        "rồi ghi lại."
    ),
    Code.STICK_GONE: "USB bị rút ra khi chưa ghi xong «{file}». Hãy cắm lại USB, đợi vài giây rồi ghi lại.",
    Code.STICK_FULL: (
        "USB không đủ chỗ cho «{file}»: cần {needed}, còn trống {free}. Chưa ghi gì. Hãy chép bớt tệp trên USB về máy, "
        "hoặc dùng USB khác."
    ),
    Code.STICK_READ_ONLY: "USB chỉ cho đọc, không ghi được «{file}». Hãy gạt nấc khóa trên USB hoặc dùng USB khác.",
    # foreign files, read under limits
    Code.READ_FAILED: (
        "Không đọc được tệp «{file}»: nội dung bên trong hỏng hoặc không đúng quy cách. Hãy mở bằng chương trình đã "
        "tạo ra nó, lưu lại, hoặc xin tệp khác."
    ),
    Code.READ_TOO_SLOW: (
        "Tệp «{file}» đọc quá {seconds} giây chưa xong, máy đã dừng và chưa lấy gì. Hãy xem có đúng tệp không."
    ),
    Code.READ_TOO_LARGE: (
        "Tệp «{file}» bung ra quá lớn (giới hạn {limit}), máy đã dừng và chưa lấy gì. Hãy xem có đúng tệp không."
    ),
    # Excel workbooks of ours
    Code.WORKBOOK_ONLY_REPORT: (
        "«{filing}» là kế hoạch, không có biểu Excel. Hãy chọn báo cáo; kế hoạch thì xuất ra Word."
    ),
    Code.WORKBOOK_TEXT_LONG: (
        "Mục «{field}» dài {length} chữ, quá sức chứa một ô Excel ({limit}). Hãy rút ngắn rồi xuất lại."
    ),
    Code.WORKBOOK_UNSAFE: (
        "Không mở tệp «{file}»: {why}. Tệp Excel thường không có như vậy. Hãy xuất biểu mới từ chương trình."
    ),
    Code.WORKBOOK_OTHER_SAVE: (
        "Tệp «{file}»: {found}; máy chỉ đọc tệp .xlsx. Hãy mở tệp, bấm Lưu thành (Save As), chọn kiểu Excel Workbook "
        "(.xlsx), không đặt mật khẩu, rồi nhập lại."
    ),
    Code.WORKBOOK_FOREIGN: (
        "«{file}» không phải biểu Excel do chương trình xuất ({found}). Hãy bấm Xuất biểu Excel, chép số vào biểu đó "
        "rồi nhập lại."
    ),
    Code.WORKBOOK_NEWER: "Biểu «{file}» do bản chương trình mới hơn xuất. Hãy cài bản mới rồi nhập lại.",
    Code.WORKBOOK_OTHER_UNIT: (
        "Biểu «{file}» là của «{claimed}» (mã {unit}), không phải của «{own}». Hãy chọn đúng tệp."
    ),
    Code.WORKBOOK_OTHER_CAMPAIGN: (
        "Biểu «{file}» là của đợt {claimed}, đang làm đợt {own}. Hãy chọn đúng tệp, hoặc chuyển sang đợt {claimed}."
    ),
    Code.WORKBOOK_OTHER_FORM: (
        "Biểu «{file}» theo mẫu «{claimed}», báo cáo đang làm theo mẫu «{own}». Không lấy số. Hãy xuất biểu mới rồi "
        "chép số sang."
    ),
    Code.WORKBOOK_OLD: (
        "Biểu «{file}» là bản cũ: xuất từ báo cáo lần {claimed}, nay đang làm lần {own}. Không lấy số. Hãy xuất biểu "
        "mới rồi chép số sang."
    ),
    Code.WORKBOOK_MERGED: "{address}: có ô bị gộp. Hãy bỏ gộp ô (Unmerge Cells), hoặc xuất biểu mới, rồi nhập lại.",
    Code.WORKBOOK_FORMULA: (
        "{address}: có công thức «{typed}». Máy chỉ lấy số ghi thẳng. Hãy gõ kết quả vào ô rồi nhập lại."
    ),
    Code.WORKBOOK_CHANGED: "{address}: {why} Hãy xuất biểu mới rồi chép số sang.",
    Code.WORKBOOK_CELL: "{address} chưa đúng: {why}",
    Code.WORKBOOK_CONFLICT: (
        "{address}: «{label}» trong máy đã đổi thành «{current}» sau khi xuất biểu, trong Excel là «{typed}». "
        "Hãy xem số nào đúng."
    ),
    Code.WORKBOOK_NOT_TAKEN: "Chưa lấy gì từ «{file}»: có {count} chỗ phải xem. Chỗ đầu: {first}",
    # values
    Code.NOT_A_COUNT: "«{typed}» không phải số đếm{where}. {why} Hãy nhập số nguyên từ 0, ví dụ 1.234.",
    Code.NOT_A_DATE: "«{typed}» không phải ngày có thật{where}. Hãy nhập dạng 06/10/2022.",
    Code.NOT_A_TIME: "«{typed}» không phải giờ{where}. Hãy nhập dạng 7 giờ 30 hoặc 7h30.",
    Code.BAD_JSON: "Nội dung dữ liệu không đúng quy cách: {why}. Hãy xuất lại tệp.",
    # store
    Code.STORE_MISSING: (
        "Không thấy tệp dữ liệu «{file}». Hãy kiểm tra đường dẫn, cắm lại USB nếu dữ liệu ở đó, "
        "hoặc tạo đơn vị mới («hoctap office init»)."
    ),
    Code.STORE_EXISTS: "Tệp dữ liệu «{file}» đã có. Hãy chọn tên khác; máy không ghi đè dữ liệu cũ.",
    Code.STORE_FOREIGN: "Tệp «{file}» không phải dữ liệu của chương trình này ({found}). Hãy chọn đúng tệp.",
    Code.STORE_NEWER: (
        "Dữ liệu «{file}» do bản chương trình mới hơn ghi (mức {found}, bản này đọc đến mức {known}). "
        "Hãy cài bản mới; dữ liệu vẫn còn nguyên."
    ),
    Code.STORE_GONE: (
        "Dữ liệu «{file}» không còn ở chỗ cũ: USB bị rút, hoặc tệp bị chuyển hay xóa. Hãy cắm lại hoặc đưa tệp về chỗ "
        "cũ rồi bấm Lưu lại; đừng đóng cửa sổ, những gì vừa nhập còn ở đây."
    ),
    Code.STORE_DAMAGED: "Dữ liệu «{file}» bị hỏng ở {where}. Máy không ghi gì thêm; hãy khôi phục từ bản sao lưu.",
    Code.STORE_IN_USE: "Dữ liệu «{file}» đang mở ở cửa sổ khác. Hãy đóng cửa sổ kia rồi mở lại.",
    Code.COPY_BAD: "Không dùng được bản sao «{file}»: {why}. Dữ liệu đang có vẫn như cũ. Hãy chọn bản sao khác.",
    Code.COPY_FOLDER_AWAY: (
        "Không thấy thư mục bản sao «{file}». Hãy cắm lại USB, hoặc chọn thư mục khác trong Thiết lập."
    ),
    Code.COPY_OTHER_UNIT: (
        "Bản sao «{file}» là của «{claimed}», dữ liệu ở đây là của «{own}». Hãy chọn đúng bản sao, hoặc nơi khác để "
        "khôi phục."
    ),
    # units and campaigns
    Code.UNIT_UNKNOWN: "Không có đơn vị mã «{unit}» trong danh sách. Hãy kiểm tra mã đơn vị.",
    Code.UNIT_ELSEWHERE: (
        "Đợt {campaign}, «{unit}» nộp cho nơi khác theo danh sách đơn vị. Hãy xem «Nơi nộp theo năm» của đơn vị này."
    ),
    Code.UNIT_FILE_BAD: "Tệp đơn vị «{file}» sai ở dòng {row}: {why}",
    Code.UPPER_IS_BELOW: "Mã «{unit}» là của đơn vị này hoặc đơn vị cấp dưới. Hãy ghi mã của cấp trên.",
    Code.UNIT_WRONG: "Đơn vị «{unit}»: {why}",
    Code.UNIT_KNOWN: "Mã «{unit}» đã là của «{name}». Mỗi đơn vị một mã; hãy sửa mã.",
    Code.UNIT_HAS_PAPERS: (
        "«{unit}» đã có gói, bản giấy hoặc khóa ở máy này nên không xóa được. Hãy bấm «Hết hiệu lực» và ghi ngày cuối."
    ),
    Code.UNITS_CHANGED: "Danh sách đơn vị đã đổi theo cách khác sau việc «{act}», không hoàn tác được. Hãy sửa từng ô.",
    Code.UNIT_SHEET_BAD: "Bảng «{file}» còn {count} ô sai. Ô đầu tiên: {first} Hãy sửa các ô đó rồi nhập lại.",
    Code.UNIT_SHEET_HEAD: (
        "Bảng «{file}» không có dòng đầu cột với «Tên đơn vị» và «Mã đơn vị» hay một cột khác. "
        "Hãy ghi các tên cột đó ở dòng trên các đơn vị, hoặc bấm «Lưu Excel» lấy bảng mẫu rồi điền vào."
    ),
    Code.PLACE_HAS_NONE: "Danh mục không có đơn vị nào nằm dưới mã «{place}». Hãy ghi mã tỉnh (2 chữ số) hoặc mã xã.",
    Code.CAMPAIGN_EXISTS: "Đã có đợt «{campaign}». Hãy mở đợt đó ra sửa, hoặc lập đợt của năm khác.",
    Code.CAMPAIGN_WRONG: "Đợt «{campaign}»: {why}",
    Code.QUESTION_WRONG: "Dòng «{row}»: {why}",
    Code.FORM_UNCHANGED: "Biểu mẫu chưa có gì khác bản {version}. Hãy sửa rồi mới phát hành bản mới.",
    Code.CAMPAIGN_UNKNOWN: "Chưa có đợt «{campaign}». Các đợt đang có: {known}.",
    # forms
    Code.FORM_BAD: "Biểu mẫu «{file}» sai ở dòng {row}: {why}",
    Code.FORM_UNKNOWN: "Chưa có biểu mẫu «{form}» ở máy này. Hãy nhập gói đợt của cấp trên.",
    Code.FILLED_BAD: "Tệp «{file}» sai ở dòng {row}: {why}",
    Code.FIELD_UNKNOWN: "Biểu mẫu «{form}» không có mục «{field}». Hãy xóa hoặc sửa tên mục.",
    Code.FILLED_OTHER_UNIT: (
        "Tệp đã điền là của «{claimed}» (mã {unit}), dữ liệu này là của «{own}». Hãy chọn đúng tệp hoặc đúng dữ liệu."
    ),
    Code.LEGACY_TEXT: (
        "Tệp «{file}» gõ bằng {coding}: «{before}» là «{after}». "
        "Hãy đồng ý chuyển sang Unicode rồi đọc lại (trên dòng lệnh: thêm --convert)."
    ),
    Code.WORD_OLD: (
        "Tệp «{file}» chưa đọc được: {found}. Hãy mở bằng Word, chọn Lưu thành (Save As), kiểu Word Document (.docx), "
        "rồi mở tệp mới."
    ),
    Code.WORD_BAD: "Không đọc được tệp Word «{file}»: {why} rồi mở lại.",
    Code.PLAN_NOT_RECOGNISED: (
        "Tệp «{file}» không giống một bản kế hoạch: thiếu {missing}. Hãy chọn tệp khác, hoặc soạn kế hoạch từ biểu mẫu."
    ),
    # filings
    Code.FILING_UNKNOWN: "Không có văn bản «{filing}» trong dữ liệu. Các văn bản đang có: {known}.",
    Code.FILING_FINAL: "«{filing}» đã chốt lần {revision}, không sửa được. Hãy lập lần sau (sửa đổi) rồi sửa.",
    Code.REMOVED_UNKNOWN: "Trong Thùng rác không có mục số {number}. Hãy xem lại danh sách trong Thùng rác.",
    Code.VERSION_UNKNOWN: "«{filing}» không có mốc «{version}». Hãy xem các mốc trong Lịch sử rồi chọn lại.",
    Code.FILING_NOT_FINAL: "«{filing}» chưa chốt để in. Hãy chốt trước.",
    Code.FILING_HAS_FINDINGS: "«{filing}» còn {count} chỗ phải sửa: {first} Hãy sửa xong rồi chốt.",
    # attachments
    Code.ATTACHMENT_KIND: (
        "Chưa kèm «{file}»{found}: chỉ kèm được tệp PDF, ảnh JPG hoặc PNG, Excel (xlsx), Word (docx) đúng với đuôi "
        "tên. Hãy chọn tệp khác hoặc lưu lại đúng kiểu."
    ),
    Code.ATTACHMENT_TOO_LARGE: (
        "Chưa kèm «{file}»: tệp {size}, mỗi tệp không quá {limit}. Hãy quét lại nhẹ hơn hoặc thu nhỏ ảnh."
    ),
    Code.ATTACHMENTS_FULL: (
        "Chưa kèm «{file}»: tệp {size} mà chỉ còn chỗ {room}, các tệp kèm cộng lại không quá {limit}."
        "{heaviest} Hãy bỏ bớt tệp, thu nhỏ ảnh hoặc quét lại nhẹ hơn."
    ),
    Code.ATTACHMENTS_MANY: "Chưa kèm «{file}»: mỗi văn bản kèm không quá {limit} tệp. Hãy gộp bớt vào một PDF.",
    Code.ATTACHMENTS_CLOSED: (
        "«{filing}» lần {revision} đã ký gói, tệp kèm giữ nguyên như trong gói. Hãy lập lần sau để thêm hoặc bỏ tệp."
    ),
    Code.ATTACHMENT_FIXED: (
        "«{filing}» lần {revision} đã chốt cùng tệp «{file}», không bỏ được. Hãy lập lần sau để thêm hoặc bỏ tệp."
    ),
    Code.ATTACHMENT_UNKNOWN: "Không có tệp kèm số {number}. Hãy xem lại danh sách tệp kèm.",
    Code.ATTACHED_ALREADY: "Tệp «{file}» đã kèm rồi, không kèm lần nữa. Không cần làm gì.",
    # diary
    Code.ENTRY_UNKNOWN: "Nhật ký không có mục số {number}. Hãy xem lại danh sách nhật ký.",
    Code.ENTRIES_BAD: "Tệp nhật ký «{file}» sai ở dòng {row}: {why}",
    # paper
    Code.LETTER_MISSING: "Mục «{field}» có chữ «{letter}» ({codepoint}) mà phông in không có. Hãy thay chữ đó rồi in.",
    Code.PRINT_FAILED: "Máy in «{printer}» không nhận bản in. Hãy xem máy in đã bật và có giấy chưa, rồi in lại.",
    Code.PAPER_QR_BAD: "Không đọc được mã trên giấy: {why}. Hãy quét lại, hoặc gõ mã giấy in ở chân trang.",
    Code.NUMBER_MISSING: "«{filing}» chưa có số và ngày văn bản. Hãy ghi số, ngày trước, rồi in lại.",
    # sealed file
    Code.NOT_A_PACKAGE: (
        "Tệp «{file}» không phải gói của chương trình, hoặc chép chưa hết ({found}). Hãy chép lại, hoặc xin đơn vị "
        "gửi gói (.htgoi)."
    ),
    Code.FOREIGN_LAYOUT: "Gói đã bị nén lại hoặc sửa bằng chương trình khác. Hãy xin đơn vị gửi lại tệp gốc.",
    Code.DAMAGED_ENTRY: "Tệp «{entry}» trong gói bị hỏng khi sao chép. Hãy chép lại.",
    Code.ALTERED: "Nội dung đã thay đổi sau khi ký: «{entry}». Không nhập. Hãy gọi đơn vị.",
    Code.ENCRYPTED: (
        "Tệp «{file}» đã mã hóa, chỉ khóa của {readers} mở được. Hãy mở trên máy có khóa ấy, hoặc xin nơi gửi xuất lại."
    ),
    Code.ENCRYPTED_LOCKED: (
        "Tệp «{file}» mã hóa cho đơn vị này ({key}), chưa có mật khẩu nên chưa đọc được. Hãy đưa tệp vào lại rồi gõ "
        "mật khẩu của khóa."
    ),
    Code.DAMAGED_ENCRYPTION: (
        "Tệp mã hóa «{file}» bị hỏng khi sao chép hoặc đã bị sửa. Không nhập. Hãy chép lại; vẫn vậy thì xin nơi gửi "
        "xuất lại."
    ),
    Code.FOREIGN_ENCRYPTION: (
        "Tệp «{file}» mã hóa không đúng mẫu của chương trình. Không mở. Hãy xin nơi gửi xuất lại bằng chương trình."
    ),
    Code.RECIPIENT_KEY_UNKNOWN: (
        "Chưa mã hóa được cho «{recipient}»: máy này chưa có khóa của nơi nhận. Hãy xin cấp trên một tệp (gói "
        "đợt, danh sách khóa hoặc phiếu trả lời), mở tệp ấy và so dãy số một lần rồi xuất lại; hoặc gửi không mã hóa."
    ),
    Code.RECIPIENT_KEY_ONLY_SIGNS: (
        "Chưa mã hóa được cho «{recipient}»: khóa của nơi nhận chỉ dùng để ký. Cấp trên cần lập khóa mới (Thiết lập, "
        "phần Khóa) và gửi danh sách khóa mới; hoặc gửi không mã hóa."
    ),
    Code.OWN_KEY_ONLY_SIGNS: (
        "Chưa mã hóa được: khóa của đơn vị này chỉ dùng để ký. Hãy lập khóa mới (Thiết lập, phần Khóa) và nộp phiếu "
        "đăng ký; hoặc gửi không mã hóa."
    ),
    Code.UNKNOWN_KEY: "Gói ký bằng khóa chưa đăng ký. Dãy số: {fingerprint}. Hãy so với phiếu đăng ký có dấu.",
    Code.WRONG_UNIT: "Gói ghi là của «{claimed}» nhưng ký bằng khóa của «{owner}». Không nhập. Hãy gọi đơn vị.",
    Code.WRONG_RECIPIENT: "Gói gửi cho «{recipient}», không phải cho đơn vị này. Hãy chuyển tệp đến đúng nơi nhận.",
    Code.REVOKED_KEY: "Khóa của đơn vị đã hủy ngày {day}. Hãy đăng ký khóa mới.",
    Code.EXPIRED_KEY: "Khóa của đơn vị đã hết hạn ngày {day}. Hãy đăng ký khóa mới.",
    Code.OLD_REVISION: "Đây là bản lần {revision}; đã có bản lần {known} (nhập ngày {day}). Không cần làm gì.",
    Code.OLD_REVISION_NEW_CONTENT: (
        "Bản lần {revision} này khác các bản đã nhập của đơn vị; đã có bản lần {known} (nhập ngày {day}). Không nhập. "
        "Hãy hỏi đơn vị: nếu là số liệu mới thì gửi lại thành lần {next_revision}."
    ),
    Code.FORKED_REVISION: (
        "Có hai bản lần {revision} khác nhau. Hãy hỏi đơn vị bản nào đúng rồi gửi lần {next_revision}."
    ),
    Code.ALREADY_RECEIVED: "Bản này đã nhập ngày {day}, không có gì thay đổi.",
    Code.KEPT_FILE_LOST: (
        "Tệp «{file}» giữ ở máy này đã mất hoặc bị thay đổi. Hãy nhận lại đúng tệp ấy (USB của đơn vị, hoặc xin gửi "
        "lại): máy cất lại, số liệu không đổi."
    ),
    Code.OWN_FILE_BACK: "Đây là {kind} của chính cơ quan này. {use} Không nhập ở đây.",
    Code.WEAK_OR_FOREIGN_SIGNATURE: "Chữ ký không đúng mẫu của chương trình. Mã {detail}. Hãy xin đơn vị xuất lại gói.",
    Code.BAD_CONTENT: "Số liệu trong gói sai định dạng ở «{where}». Đơn vị cần xuất lại gói.",
    Code.FORBIDDEN_FILE: "Gói chứa tệp không được phép: «{entry}». Đơn vị cần bỏ tệp đó rồi xuất lại gói.",
    Code.PACKAGE_TOO_HEAVY: (
        "Gói nặng hơn {limit}, nơi nhận sẽ không đọc, nên máy chưa ký. Nặng nhất: {heaviest}. Hãy bỏ bớt hoặc thu "
        "nhỏ các tệp ấy ở Tệp kèm rồi xuất lại; tệp đã chốt cùng văn bản thì lập lần sau mới bỏ được."
    ),
    Code.TOO_LARGE: "Gói quá lớn: «{entry}». Đơn vị cần giảm dung lượng tệp kèm rồi xuất lại gói.",
    Code.CLOCK: "Giờ ký sau giờ máy này; hãy kiểm tra đồng hồ.",
    Code.PACKAGE_NEWER: "Gói «{file}» do bản chương trình mới hơn ghi. Hãy cài bản mới rồi nhập lại.",
    Code.NOT_OUR_UPPER: (
        "Gói này của «{unit}», không phải cấp trên của đơn vị này. Không nhập. Nếu cấp trên đã đổi, hãy sửa mục Cấp "
        "trên trong Thiết lập rồi mở lại tệp."
    ),
    Code.FORM_DIFFERS: (
        "Văn bản điền trên biểu mẫu «{form}» bản {version} do cơ quan khác ra: chữ khác với bản {version} dùng ở đây, "
        "không cộng chung được. Hãy gửi đơn vị gói đợt của cơ quan này; đơn vị chuyển sang biểu mẫu đó rồi nộp lại."
    ),
    Code.FORM_FOR_BELOW: (
        "Văn bản này điền trên biểu cơ quan lập cho cấp dưới, cấp trên không đọc được, nên không xuất gói. Hãy bấm Lập "
        "lần sau, bấm «Xem và chuyển» ở đầu trang, soát rồi chốt lại."
    ),
    Code.REPLY_UNKNOWN: (
        "Phiếu trả lời cho {paper}, lần {revision}, nhưng bản đó của máy này là một gói khác. Hãy hỏi cấp trên đã nhận "
        "gói nào, rồi lập lần {next_revision} và gửi lại."
    ),
    Code.REVISION_BEHIND: (
        "Cấp trên đã có bản lần {known} của văn bản này; bản ở đây mới là lần {revision}. Hãy bấm Nộp lại để lập lần "
        "{next_revision}, soát, chốt rồi xuất gói."
    ),
    Code.REPLY_OLDER: "Đã có phiếu mới hơn cho {paper}, lần {revision} (ngày {day}). Không có gì thay đổi.",
    Code.REVIEW_NEEDS_WORDS: "Trả lại phải ghi lý do: viết một câu chung, hoặc nhận xét ở mục cần sửa, rồi trả lại.",
    Code.REVIEW_SAME_PERSON: (
        "{who} đã đề nghị duyệt bản này; quy ước hai người cần một người khác duyệt. Hãy nhờ người đó ngồi vào máy và "
        "ghi tên ở Thiết lập, mục Người nhập."
    ),
    Code.REVIEW_NEEDS_NAME: (
        "Quy ước hai người cần biết ai đang duyệt. Hãy ghi tên người ngồi máy ở Thiết lập, mục Người nhập."
    ),
    Code.REVIEW_PAPER_ENTRY: (
        "Bản này nhập hộ từ giấy, không có gói để trả lời. Hãy sửa bản nhập hộ, hoặc báo đơn vị qua điện thoại."
    ),
    Code.KIND_NOT_TAKEN: (
        "Đây là {kind} của «{unit}», còn nguyên vẹn, nhưng không nhập ở đây. Hãy để riêng, không cần chép lại."
    ),
    Code.REVISION_GAP: "Thiếu bản trung gian: máy này chưa nhận bản ngay trước bản lần {revision}.",
    Code.REVISION_FIRST_HERE: (
        "Bản đầu tiên của đơn vị nhận ở đây, đã là lần {revision}: bản trước nộp nơi khác, hoặc chưa tới máy này."
    ),
    Code.FILED_FOR: "«{unit}» nộp thay cho «{merged}» đã sáp nhập.",
    Code.ACTIVE_PDF: "Tệp «{entry}» có đoạn lệnh hoặc tệp kèm bên trong; máy hỏi lại trước khi mở.",
    Code.SIGNED_PDF: "Tệp «{entry}» mang {count} chữ ký của cơ quan; máy không sửa gì trong tệp.",
    Code.PRINT_DIFFERS: (
        "Bản in trong gói không mang mã giấy của số liệu ({paper}). Hãy so bản giấy có dấu với số liệu."
    ),
    # keys
    Code.KEY_MISSING: "Đơn vị chưa có khóa để ký gói. Hãy tạo khóa trước (hoctap keys init).",
    Code.KEY_EXISTS: "Đơn vị đã có khóa. Máy không ghi đè khóa cũ.",
    Code.WRONG_PASSPHRASE: "Mật khẩu của khóa chưa đúng. Hãy thử lại.",
    Code.PASSPHRASE_MISSING: (
        "Chưa có mật khẩu của khóa. Hãy ghi vào tệp rồi dùng {option}, hoặc ghi vào biến {variable}."
    ),
    Code.WEAK_PASSPHRASE: "Mật khẩu quá ngắn. Hãy đặt ít nhất {least} ký tự.",
    Code.NOT_COMPARED: (
        "Chưa nhận khóa trong «{file}». Dãy số khóa là {fingerprint}. Hãy so với phiếu đăng ký có dấu, rồi làm lại với "
        "--fingerprint và dãy số trên phiếu, hoặc --compared nếu đã thấy khớp."
    ),
    Code.FINGERPRINT_DIFFERS: (
        "Dãy số trên phiếu khác dãy số trong tệp ({fingerprint}). Không nhận khóa này; hãy gọi đơn vị."
    ),
    Code.NO_UPPER_UNIT: "Chưa khai đơn vị cấp trên để gửi gói. Hãy thêm cấp trên trong tệp đơn vị.",
    Code.NO_OPEN_KEY: "{unit} không có khóa nào đang dùng. Hãy xem sổ khóa (hoctap keys roster).",
    Code.KEY_FILE_BAD: "«{file}» không phải tệp khóa của chương trình, hoặc đã hỏng. Hãy lấy bản sao khóa khác.",
    Code.KEY_OF_OTHER_UNIT: "Khóa trong tệp là của đơn vị mã «{unit}», không phải của đơn vị này. Máy không lấy.",
    Code.KEY_OF_SAME_UNIT: (
        "Đây là khóa của chính đơn vị này, không phải của đơn vị kế tục. Hãy ghi gói như thường, không cần gửi thay."
    ),
    Code.KEY_ON_TOKEN: "Khóa của đơn vị nằm trong thiết bị ký, không chép ra được. Đổi mã PIN bằng phần mềm của hãng.",
    Code.KEY_REPLACED: (
        "Khóa này của đơn vị đã được thay ngày {day}; khóa đã thay thì nơi nhận không nhận lại. "
        "Hãy giữ khóa đang dùng, hoặc chọn khóa khác."
    ),
    Code.KEY_CONFIRMED: (
        "Khóa cũ xác nhận: khóa đang dùng của {unit} (dãy số {fingerprint}) đã ký nhận khóa mới này. "
        "Vẫn so dãy số trên màn hình trước khi nhận."
    ),
    Code.KEY_NOT_CONFIRMED: (
        "Tệp ghi có khóa cũ xác nhận, nhưng khóa cũ đó (dãy số {fingerprint}) không phải khóa đang dùng của {unit}. "
        "Chỉ nhận sau khi so với phiếu có dấu."
    ),
    Code.TOKEN_SUPPORT_MISSING: (
        "Bản chương trình này chưa có phần đọc thiết bị ký. Hãy cài thêm hoctap-desktop[token], hoặc dùng khóa của máy."
    ),
    Code.TOKEN_LIBRARY_BAD: (
        "«{file}» không phải thư viện PKCS#11 của thiết bị ký. Hãy chọn tệp .dll hoặc .so do hãng thiết bị cài vào máy."
    ),
    Code.TOKEN_MISSING: "Không thấy thiết bị ký có khóa của đơn vị. Hãy cắm thiết bị, đợi vài giây rồi làm lại.",
    Code.TOKEN_KEY_UNKNOWN: (
        "Trên thiết bị ký không có khóa dùng được nào có dãy số bắt đầu bằng «{digits}». Cần RSA từ 2048 đến 4096 bit "
        "hoặc EC P-256. Hãy xem lại danh sách."
    ),
    Code.PASSPHRASES_DIFFER: "Hai lần gõ mật khẩu mới chưa giống nhau. Chưa đổi gì; hãy làm lại.",
    Code.TOKEN_PIN_WRONG: "Mã PIN của thiết bị ký chưa đúng. {tries} Máy không tự thử lại.",
    Code.TOKEN_PIN_LOCKED: (
        "Thiết bị ký đã khóa vì gõ sai PIN nhiều lần. Hãy mang đến nơi cấp thiết bị để mở khóa, hoặc dùng khóa khác."
    ),
    Code.TOKEN_SLOW: "Thiết bị ký không trả lời sau {seconds} giây. Hãy rút ra, cắm lại rồi làm lại.",
    Code.TOKEN_BROKE: (
        "Thư viện của thiết bị ký đã dừng giữa chừng. Dữ liệu không mất gì. Hãy rút ra, cắm lại rồi gõ lại mã PIN."
    ),
    Code.TOKEN_CANNOT_OPEN: (
        "Thiết bị ký không giải mã được bằng khóa này. Tệp mã hóa cho khóa này chỉ mở được bằng phần mềm của hãng; hãy "
        "xin nơi gửi gói không mã hóa."
    ),
    Code.TOKEN_REFUSED: "Thiết bị ký không làm được việc này ({why}). Hãy rút ra, cắm lại rồi làm lại.",
    # upper office
    Code.PAPER_CODE_BAD: (
        "«{typed}» không phải mã giấy. Mã giấy in ở chân trang, có 12 chữ và số, ví dụ 7K3M-Q9TX-2HBV. Hãy gõ lại."
    ),
    Code.PAPER_RECEIVED: (
        "Bản giấy {paper} của «{unit}» đã ghi là nhận ngày {day}. "
        "Muốn ghi lại, hãy bỏ lần ghi trước: chọn đơn vị ở Theo dõi rồi bấm F2."
    ),
    Code.PAPER_OTHER_UNIT: "Mã quét được là của đơn vị mã {claimed}, đang nhập hộ cho «{own}». Hãy chọn đúng đơn vị.",
    Code.PAPER_OTHER_FORM: "Bản giấy theo mẫu khác ({claimed}). Hãy gõ số theo mẫu của đợt này.",
    Code.PAPER_ENTERED: "Bản nhập hộ của «{unit}» đã ghi vào sổ, không sửa được. Hãy nhập hộ lại thành bản mới.",
    Code.PAPER_BLANK: "Chưa có số nào của «{unit}». Hãy gõ số theo bản giấy rồi ghi.",
    Code.PAPER_CELL_BAD: "Chưa ghi được: {place}. {why}",
    Code.PAPER_KEYINGS_DIFFER: (
        "Hai lần gõ còn khác nhau ở {count} ô, đầu tiên là «{first}». Hãy xem giấy và chọn số đúng."
    ),
    Code.PAPER_OVER_SEALED: (
        "«{unit}» đã gửi gói {paper} lần {revision} (nhập ngày {day}); gói đó đang được tính. Muốn tính bản giấy thay "
        "gói, hãy ghi lý do."
    ),
    Code.PAPER_NO_FILE: "Bản của «{unit}» do cơ quan này nhập hộ từ giấy, không có gói. Hãy xem bản giấy trong hồ sơ.",
    Code.BATCH_UNKNOWN: "Không có lượt nhập «{batch}», hoặc lượt đó đã hoàn tác. Hãy xem lại mã lượt.",
    Code.TURN_UNKNOWN: "Không có lượt tiếp nhận số {turn}. Hãy xem lại danh sách các lượt.",
    Code.FILE_NOT_REFUSED: (
        "Ở lượt tiếp nhận mới nhất không có tệp «{file}» không nhận được. Chỉ tệp không nhận được mới gác lại được."
    ),
    Code.NOTHING_BESIDE: (
        "Bản lần {revision} của «{unit}» không đặt cạnh bản nào được: chưa có bản trước nào đã duyệt. "
        "Hãy xem và duyệt bản đó như mọi bản khác."
    ),
    Code.INBOX_GONE: "Không thấy thư mục nhận «{folder}». Hãy cắm lại USB, nối lại ổ mạng, hoặc chọn thư mục khác.",
    Code.PACKAGE_UNKNOWN: "Không có gói mã «{package}» trong dữ liệu. Hãy xem lại mã gói ở bảng theo dõi.",
    Code.INDICATOR_UNKNOWN: "Không có chỉ tiêu «{indicator}». Các chỉ tiêu: {known}.",
    Code.DEADLINE_NEEDS_REASON: (
        "Hạn riêng của đơn vị {unit} cần lý do, ví dụ số công văn xin gia hạn. Hãy ghi một câu rồi làm lại."
    ),
    Code.TOTALS_NEED_REASON: "Việc này cần một lý do để sau này xem lại còn hiểu. Hãy ghi một câu rồi làm lại.",
    Code.TOTALS_DO_NOT_ADD_UP: (
        "Chưa in: {place} ghi {printed}, cộng lại các ô đã in được {summed}. Số liệu vẫn nguyên trong máy. "
        "Hãy mở lại Tổng hợp; nếu còn lỗi này, gửi mã lỗi cho người hỗ trợ."
    ),
    Code.TOTALS_NUMBER_BAD: "Chưa ghi được «{field}»: {why}",
    Code.DOUBT_UNKNOWN: "Không có chỗ cần xem mang mã «{doubt}». Hãy xem danh sách: hoctap totals … --outliers.",
    Code.NOT_SENT_YET: "Báo cáo tổng hợp của đơn vị chưa xuất gói lần nào. Hãy lập, chốt và xuất gói báo cáo trước.",
    Code.NOTHING_SINCE_SENT: (
        "Không có gì thay đổi từ khi gửi báo cáo lần {revision}: chưa cần lập báo cáo bổ sung. "
        "Muốn sửa phần lời, hãy bấm Lập lần sau ở trang Báo cáo."
    ),
    Code.RECEIPT_DAY: "Chưa ghi ngày nhận {day}: {why}",
    Code.CLOCK_BEHIND: (
        "Giờ máy này ({clock}) chậm hơn lần nhập trước ({last}); hãy kiểm tra đồng hồ. Máy lấy ngày {last} làm hôm nay."
    ),
    Code.ASSOCIATION_SYSTEM: (
        "Hệ điều hành này không cho đặt việc bấm đúp từ dòng lệnh. Hãy bấm chuột phải vào tệp, chọn Mở bằng."
    ),
    Code.INTERNAL: (
        "Máy gặp lỗi khi xem tệp «{file}», chưa nhập gì của tệp này; các tệp khác vẫn được nhập. Hãy nhập lại tệp này; "
        "nếu vẫn vậy, hãy giữ tệp và báo người hỗ trợ."
    ),
    Code.NO_UNITS_BELOW: "Đơn vị này chưa có đơn vị cấp dưới trong danh sách. Hãy thêm đơn vị rồi nhập.",
}


def _filing_said(id: str) -> str:
    said = filings_said(id)
    return said[:1].upper() + said[1:] if said != id else id


_SAID: Mapping[str, Callable[[str], str]] = {"filing": _filing_said, "form": form_said, "where": filings_said}


def sentence(code: Code, **facts: object) -> str:
    """The Vietnamese sentence for `code`, its facts filled in.

    A fact that is left out stays empty rather than failing: an error while telling an error helps nobody.
    """
    for name, said in _SAID.items():
        if isinstance(fact := facts.get(name), str):
            facts[name] = said(fact)
    return SENTENCES[code].format_map(_Facts(facts))


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return ""
