"""Going back and forth through the states of one text, also after the program was closed. Pure.

A state is the whole text; between two neighbours stands the difference only. The screen's own undo is finer: a state it
lands on that was never noted is put in where it belongs, told by `depth`, the height of the screen's undo stack.
"""

from dataclasses import dataclass

MOST_STEPS = 500
MOST_LETTERS = 700_000  # of UTF-8 at most 2 MB, as Vietnamese letters take three bytes at most
_LONGEST_RUN = 60  # letters typed in one go that are one step


@dataclass(frozen=True)
class Step:
    """From one state to the next: at `at` the letters `removed` gave way to `inserted`."""

    at: int
    removed: str
    inserted: str

    def forth(self, text: str) -> str:
        return self._put(text, self.removed, self.inserted)

    def back(self, text: str) -> str:
        return self._put(text, self.inserted, self.removed)

    def _put(self, text: str, old: str, new: str) -> str:
        if text[self.at : self.at + len(old)] != old:
            raise ValueError("the step does not belong to this text")
        return text[: self.at] + new + text[self.at + len(old) :]


def step_between(before: str, after: str) -> Step:
    """The shortest one stretch in which they differ."""
    shorter = min(len(before), len(after))
    low = 0
    while low < shorter and before[low] == after[low]:
        low += 1
    same = 0
    while same < shorter - low and before[-1 - same] == after[-1 - same]:
        same += 1
    return Step(low, before[low : len(before) - same], after[low : len(after) - same])


@dataclass(frozen=True)
class Unsaved:
    """What of a timeline is not in the store: steps before `first` and from `since` on go, `steps` come at `since`.

    place: how many steps were ever done up to now; text: the state there.
    """

    first: int
    since: int
    steps: tuple[Step, ...]
    place: int
    text: str


class Timeline:
    """The states of one text. Numbers of steps count from the first one ever; the oldest are forgotten.

    text: the present state; steps: known ones, the number of the first being `first`; place: between them.
    """

    def __init__(self, text: str, steps: tuple[Step, ...] = (), first: int = 0, place: int = 0) -> None:
        self.text = text
        self.first = first
        self.place = place
        self._steps = list(steps)
        self._since: int | None = None
        self._letters = sum(_letters(step) for step in steps)
        # Heights of the screen's undo stack at the states from number `_floor` on, while it reaches that far.
        self._floor = place
        self._depths = [0]

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(self._steps)

    @property
    def end(self) -> int:
        return self.first + len(self._steps)

    def can_go_back(self) -> bool:
        return self.place > self.first

    def can_go_forth(self) -> bool:
        return self.place < self.end

    def note(self, text: str, depth: int = 0) -> bool:
        """A state reached by typing: what could be done again is forgotten. False when it is the present one."""
        if text == self.text:
            self._depths[self.place - self._floor] = depth
            return False
        step = step_between(self.text, text)
        self._cut(self.place)
        last = self._steps[-1] if self._steps and self.place > max(self.first, self._floor) else None
        if last is not None and (joined := _joined(last, step)) is not None:
            self._steps[-1] = joined
            self._letters += _letters(joined) - _letters(last)
            self._touch(self.place - 1)
            self._depths[-1] = depth
        else:
            self._steps.append(step)
            self._letters += _letters(step)
            self._touch(self.place)
            self.place += 1
            self._depths.append(depth)
        self.text = text
        self._forget()
        return True

    def back(self) -> str:
        """The state before, which becomes the present one; as it is when there is none."""
        if self.can_go_back():
            self.text = self._steps[self.place - 1 - self.first].back(self.text)
            self.place -= 1
            self._begin_screen()
        return self.text

    def forth(self) -> str:
        """The state after."""
        if self.can_go_forth():
            self.text = self._steps[self.place - self.first].forth(self.text)
            self.place += 1
            self._begin_screen()
        return self.text

    def landed(self, text: str, depth: int) -> None:
        """The screen's own undo or redo has led to `text`; its stack is now `depth` high."""
        if text == self.text:
            return
        states = self._states()
        number = next((n for n, state in states.items() if state == text and self._depth(n) == depth), None)
        if number is None:
            number = next((n for n, state in states.items() if state == text), None)
        if number is None:
            number = 1 + max((n for n in states if self._depth(n) <= depth), default=self._floor)
            self._put_in(number, states, text, depth)
        self.place = number
        self.text = text
        self._touch(number)

    def _states(self) -> dict[int, str]:
        """The states the screen's own undo reaches, by number."""
        found = {self.place: self.text}
        text = self.text
        for number in range(self.place - 1, self._floor - 1, -1):
            text = found[number] = self._steps[number - self.first].back(text)
        text = self.text
        for number in range(self.place + 1, min(self.end, self._floor + len(self._depths) - 1) + 1):
            text = found[number] = self._steps[number - 1 - self.first].forth(text)
        return found

    def _depth(self, number: int) -> int:
        return self._depths[number - self._floor]

    def _put_in(self, number: int, states: dict[int, str], text: str, depth: int) -> None:
        at = number - 1 - self.first
        new = [step_between(states[number - 1], text)]
        if number in states:
            new.append(step_between(text, states[number]))
            self._letters -= _letters(self._steps[at])
            self._steps[at : at + 1] = new
        else:
            self._cut(number - 1)
            self._steps += new
        self._letters += sum(_letters(step) for step in new)
        self._depths.insert(number - self._floor, depth)
        self._touch(number - 1)

    def _cut(self, place: int) -> None:
        gone = self._steps[place - self.first :]
        if gone:
            del self._steps[place - self.first :]
            self._letters -= sum(_letters(step) for step in gone)
            self._touch(place)
        del self._depths[max(1, place - self._floor + 1) :]

    def _begin_screen(self) -> None:
        """The screen shows this state with an empty stack of its own."""
        self._floor = self.place
        self._depths = [0]
        self._touch(self.place)

    def _forget(self) -> None:
        while self._steps and (len(self._steps) > MOST_STEPS or self._letters > MOST_LETTERS):
            self._letters -= _letters(self._steps.pop(0))
            self.first += 1
            if self._floor < self.first:
                self._floor = self.first
                del self._depths[0]
            self._touch(self.end)

    def _touch(self, number: int) -> None:
        self._since = number if self._since is None else min(self._since, number)

    def unsaved(self) -> Unsaved | None:
        """What the store lacks, which is then taken as kept; None when nothing changed."""
        if self._since is None:
            return None
        since = max(self.first, min(self._since, self.end))
        self._since = None
        return Unsaved(self.first, since, tuple(self._steps[since - self.first :]), self.place, self.text)

    def keep_again(self) -> None:
        """What was taken as kept could not be written: all of it goes again."""
        self._since = self.first


def _letters(step: Step) -> int:
    return len(step.removed) + len(step.inserted)


def _joined(last: Step, step: Step) -> Step | None:
    """One step for letters typed right behind each other, up to a line's end or a run's length."""
    run = last.inserted + step.inserted
    if last.removed or step.removed or step.at != last.at + len(last.inserted):
        return None
    return Step(last.at, "", run) if len(run) <= _LONGEST_RUN and "\n" not in run else None
