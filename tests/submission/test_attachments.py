from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.submission.attachments import file_notes
from hoctap_desktop.submission.container import Entry
from tests.signed_pdf import sign
from tests.submission.packages import PDF, PNG


def test_a_pdf_with_signatures_of_an_office_is_noted_with_their_number() -> None:
    signed = sign(sign(PDF, "Văn thư"), "Chủ tịch")
    notes = file_notes([Entry("attachments/001.pdf", signed), Entry("attachments/002.png", PNG)])
    assert [note.code for note in notes] == [Code.SIGNED_PDF]
    assert "2 chữ ký" in notes[0].sentence
