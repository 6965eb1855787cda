"""Stacking pieces into pages."""

from hoctap_desktop.document.pieces import Keep, Page, Piece, paginate


def piece(height: float, keep: Keep = Keep.FREE, key: str = "", **more: object) -> Piece:
    return Piece(height, (), keep=keep, key=key, **more)  # type: ignore[arg-type]  # only named fields are given


def picture(pages: tuple[Page, ...]) -> list[str]:
    return [" ".join(f"{placed.piece.key}@{placed.top:g}" for placed in page) for page in pages]


def test_gaps_stand_between_pieces_but_not_at_the_head_of_a_page() -> None:
    pieces = [piece(40, key="a", gap=5.0), piece(40, key="b", gap=5.0), piece(40, key="c", gap=5.0)]
    assert picture(paginate(pieces, 100)) == ["a@0 b@45", "c@0"]


def test_kept_pieces_go_to_the_next_page_together() -> None:
    pieces = [piece(60, key="a"), piece(20, Keep.HEADING, "heading"), piece(30, key="text")]
    assert picture(paginate(pieces, 100)) == ["a@0", "heading@0 text@20"]


def test_when_all_cannot_stay_together_the_weaker_bond_gives_way() -> None:
    pieces = [
        piece(50, Keep.LINES, "a"),
        piece(50, Keep.LINES, "b"),
        piece(20, Keep.ALWAYS, "c"),
        piece(60, key="sign"),
    ]
    assert picture(paginate(pieces, 100)) == ["a@0 b@50", "c@0 sign@20"]


def test_bonds_that_no_page_can_keep_still_print_everything() -> None:
    pieces = [piece(60, Keep.ALWAYS, str(n)) for n in range(3)]
    assert picture(paginate(pieces, 100)) == ["0@0", "1@0", "2@0"]


def test_a_head_is_repeated_where_its_piece_begins_a_page() -> None:
    head = piece(10, key="head")
    rows = [piece(40, key=str(n), head=head) for n in range(4)]
    assert picture(paginate([head, *rows], 100)) == ["head@0 0@10 1@50", "@0 2@10 3@50"]


def test_a_new_page_is_begun_where_asked_but_never_an_empty_one() -> None:
    assert picture(paginate([piece(10, key="a", new_page=True), piece(10, key="b", new_page=True)], 100)) == [
        "a@0",
        "b@0",
    ]


def test_a_document_without_content_has_one_page() -> None:
    assert paginate([], 100) == ((),)
