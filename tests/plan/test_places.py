from hoctap_desktop.document.model import Run
from hoctap_desktop.form.definition import Field
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.plan.outline import Block, table
from hoctap_desktop.plan.places import changed_answer, changed_block, items_of


def field(id: str) -> Field:
    found = form_by_id("plan/commune", 1).field(id)
    assert found is not None
    return found


def test_words_change_in_their_style() -> None:
    block = Block("paragraph", 0, (Run("Ngày "), Run("06/10/", True), Run("2022 họp")))
    assert changed_block(block, 5, 15, "02/10/2023").runs == (Run("Ngày "), Run("02/10/2023", True), Run(" họp"))
    cells = table([["a", "b"], ["c", "ngày 06/10/2022"]])
    assert changed_block(cells, 11, 21, "02/10/2023").rows == (("a", "b"), ("c", "ngày 02/10/2023"))


def test_every_text_is_an_item_with_its_words() -> None:
    answers: dict[str, JsonValue] = {
        "subject": "Một",
        "legal_bases": ["Hai;", "Ba."],
        "opening.day": "2022-10-06",
        "opening.time": "07:00",
        "body": "# Bốn\n\n| a | b |\n| --- | --- |\n| c | d |",
    }
    found = [(f.id, item, words) for f, item, words in items_of(form_by_id("plan/commune", 1), answers) if words]
    assert found == [
        ("subject", 0, "Một"),
        ("opening.day", 0, "06/10/2022"),
        ("legal_bases", 0, "Hai;"),
        ("legal_bases", 1, "Ba."),
        ("body", 0, "Bốn"),
        ("body", 1, "a\nb\nc\nd"),
    ]


def test_an_answer_of_each_kind_changes_in_one_place() -> None:
    assert changed_answer(field("subject"), "năm 2022 và 2022", 0, 4, 8, "2023") == "năm 2023 và 2022"
    assert changed_answer(field("legal_bases"), ["a 1", "b 2"], 1, 2, 3, "3") == ["a 1", "b 3"]
    assert changed_answer(field("opening.day"), "2022-10-06", 0, 0, 10, "02/10/2023") == "2023-10-02"
    assert changed_answer(field("body"), "# Một\n\n- hai 2", 1, 4, 5, "3") == "# Một\n\n- hai 3"
