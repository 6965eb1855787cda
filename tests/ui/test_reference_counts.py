"""PySide6 6.12.0 loses references to None and True with each signal on Python 3.11, until the process dies of it."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal, Slot

EMITS = 2_000
# Other code may drop a few references while the check runs; a leak by signal drops hundreds.
SLACK = 50
# Since Python 3.12 these objects live for ever and their counts, far beyond this, mean nothing.
IMMORTAL = 1 << 28
SINGLETONS: tuple[object, ...] = (None, True, False)


def fallen(act: Callable[[], object], count: Callable[[object], int] = sys.getrefcount) -> list[str]:
    """Runs `act` EMITS times; a line for each of None, True, False that has lost references since.

    Looks after every emit and stops at the first loss: one that went on would take this process with it.
    """
    before = [count(one) for one in SINGLETONS]
    for emits in range(1, EMITS + 1):
        act()
        lost = [
            f"{one}: {was} references, {now} after {emits} emits"
            for one, was, now in zip(SINGLETONS, before, [count(one) for one in SINGLETONS], strict=True)
            if now < was - SLACK and was < IMMORTAL
        ]
        if lost:
            return lost
    return []


class Sender(QObject):
    """One signal of each kind the window uses."""

    plain = Signal()
    flag = Signal(bool)
    thing = Signal(object)
    both = Signal(bool, object)


class Receiver(QObject):
    """Slots declared to Qt, which convert what they get and give."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    @Slot()
    def plain(self) -> None:
        self.calls += 1

    @Slot(bool)
    def flag(self, _value: bool) -> None:
        self.calls += 1

    @Slot(object)
    def thing(self, _value: object) -> None:
        self.calls += 1

    @Slot(bool, object, result=bool)
    def both(self, value: bool, _thing: object) -> bool:
        self.calls += 1
        return value


def test_signals_keep_the_references_of_none_true_and_false() -> None:
    sender, receiver = Sender(), Receiver()
    sender.plain.connect(receiver.plain)
    sender.flag.connect(receiver.flag)
    sender.thing.connect(receiver.thing)
    sender.both.connect(receiver.both)

    def emit() -> None:
        sender.plain.emit()
        for value in SINGLETONS:
            sender.flag.emit(bool(value))
            sender.thing.emit(value)
            sender.both.emit(bool(value), value)

    assert fallen(emit) == []
    assert receiver.calls == EMITS * 10


def test_plain_functions_as_slots_keep_the_references() -> None:
    sender = Sender()
    got: list[object] = []

    def take(value: object = None) -> None:
        got[:] = [value]

    sender.plain.connect(take)
    sender.flag.connect(take)
    sender.thing.connect(lambda value: take((value,)))

    def emit() -> None:
        sender.plain.emit()
        for value in SINGLETONS:
            sender.flag.emit(bool(value))
            sender.thing.emit(value)

    assert fallen(emit) == []
    assert got == [(False,)]


@pytest.mark.parametrize("loser", SINGLETONS)
def test_the_check_sees_one_reference_lost_per_emit(loser: object) -> None:
    emits = 0

    def emit() -> None:
        nonlocal emits
        emits += 1

    def count(one: object) -> int:
        return 1_000_000 - (emits if one is loser else 0)

    assert fallen(emit, count) == [f"{loser}: 1000000 references, {999_999 - SLACK} after {SLACK + 1} emits"]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None, True and False are never counted since Python 3.12")
def test_the_check_sees_references_really_held_and_let_go() -> None:
    held: list[object] = [None] * EMITS
    assert fallen(held.pop) != []
