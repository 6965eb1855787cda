"""The two kinds of failure: what a person can put right (UserError), and everything else (a bug)."""

from hoctap_desktop.foundation.codes import Code
from hoctap_desktop.foundation.messages import sentence

__all__ = ["Code", "UserError"]


class UserError(Exception):
    """A refusal a person can put right.

    `code` names the kind; `facts` fill the sentence of the catalogue (file, row, unit …).
    str() gives the whole Vietnamese sentence.
    """

    def __init__(self, code: Code, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return sentence(self.code, **self.facts)
