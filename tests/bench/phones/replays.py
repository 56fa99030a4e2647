"""The recorded session on four screens; the application's log is the judge."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from tests.bench.phones.session import deeds, same, wrong
from tests.phone import Phone, PhoneSetup
from tests.phone.desktop import Desktop
from vistest.devices import connect
from vistest.replayer import ReplayOptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.figures import Bench
    from tests.bench.phones.session import Deed
    from tests.bench.replaying.stage import Stage
    from vistest.script.model import Script

_SETTLE_S = 0.5
_PATIENT = ReplayOptions(timeout_s=90.0)
"""A list of 96 rows is searched to its end and back before a row is given up."""


class Place(Protocol):
    """Somewhere the application runs."""

    @property
    def uri(self) -> str: ...

    def events(self) -> list[dict[str, Any]]: ...

    def begin(self) -> None:
        """The application as new."""
        ...


class PhonePlace:
    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self.uri = f"adb:{phone.address}"

    def events(self) -> list[dict[str, Any]]:
        return self._phone.events()

    def begin(self) -> None:
        self._phone.reset()


class DesktopPlace:
    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self.uri = desktop.uri

    def events(self) -> list[dict[str, Any]]:
        return self._desktop.events()

    def begin(self) -> None:
        self._desktop.restart()


@contextlib.contextmanager
def _phone(setup: PhoneSetup) -> Iterator[Place]:
    with Phone(setup) as phone:
        yield PhonePlace(phone)


@contextlib.contextmanager
def _desktop() -> Iterator[Place]:
    with Desktop((1366, 768)) as desktop:
        yield DesktopPlace(desktop)


SCREENS = {
    "same_phone": lambda: _phone(PhoneSetup((1080, 2400), 2.625, sendevent=True)),
    "phone_small": lambda: _phone(
        PhoneSetup((720, 1600), 2.0, dark=True, keyboard="square", sendevent=True)
    ),
    "tablet": lambda: _phone(PhoneSetup((1600, 2560), 2.0, sendevent=True)),
    "desktop": _desktop,
}


def measure(
    bench: Bench,
    stage: Stage,
    script: Script,
    wanted: Sequence[Deed],
    runs: int,
    chosen: Sequence[str],
) -> None:
    """`NAME_runs_ok` for each screen, `wrong_taps` on all of them."""
    mistakes = 0
    shown = {name: show for name, show in SCREENS.items() if name in chosen}
    for name, show in shown.items():
        right = 0
        with show() as place:
            for number in range(runs):
                stage.say(f"{name}, {number + 1} of {runs}")
                good, wrongly = _replay(bench, stage, script, wanted, name, place)
                right += good
                mistakes += wrongly
        bench.count(f"{name}_runs_ok", right, "runs", runs)
    bench.count("runs_each", runs, "runs", runs)
    bench.count("wrong_taps", mistakes, "taps", len(shown) * runs * len(wanted))


def _replay(
    bench: Bench,
    stage: Stage,
    script: Script,
    wanted: Sequence[Deed],
    name: str,
    place: Place,
) -> tuple[bool, int]:
    place.begin()
    with connect(place.uri) as device:
        replayer = replace(stage.replayer, options=_PATIENT)
        result = replayer.run(script, device, stage.new_folder(f"garden-{name}"))
    stage.clock.pause(_SETTLE_S)
    done = deeds(place.events())
    whole = len(done) == len(wanted) and all(map(same, wanted, done))
    wrongly = wrong(wanted, done)
    right = result.status == "passed" and whole
    bench.cases.append(
        {
            "part": name,
            "status": result.status,
            "reason": result.reason,
            "right": right,
            "wrong": wrongly,
            "done": done,
            "flags": [flag for step in result.steps for flag in step.flags],
            "elapsed_ms": result.elapsed_ms,
        }
    )
    if not right:
        stage.say(f"    not right: {result.status} {result.reason} {done}")
    return right, wrongly
