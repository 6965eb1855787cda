"""An input method that commits again while the view gives the editor the keyboard."""

from PySide6.QtGui import QInputMethodEvent

from hoctap_desktop.ui.widgets.composition import Composition


def test_what_the_method_says_while_it_is_answered_goes_no_further() -> None:
    composition, taken = Composition(), []

    def act(event: QInputMethodEvent) -> None:
        """As Qt with ibus: to give the editor the keyboard commits the same words to the view once more."""
        taken.append(event.commitString())
        again = QInputMethodEvent()
        again.setCommitString(event.commitString())
        composition.take(again, act)
        assert again.isAccepted()

    for words in ("Tin", "học"):
        event = QInputMethodEvent()
        event.setCommitString(words)
        composition.take(event, act)
    assert taken == ["Tin", "học"]
