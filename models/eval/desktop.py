"""`python -m models.eval.desktop --out DIR`: real desktop applications with their true objects.

Each application is shown on a private screen, and its accessibility tree says what is where. The
folder has the form of the Android screens: pictures and `labels.json`.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import VistestError
from vistest.core.geometry import Size
from vistest.devices.x11.virtual import ScreenSetup, VirtualScreen
from vistest.vision.images import write_png

if TYPE_CHECKING:
    from collections.abc import Sequence

APPLICATIONS = ("galculator", "mate-calc", "kcalc", "mousepad")
_WALK = Path(__file__).with_name("accessibility.py")
_LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
_PYTHON = "/usr/bin/python3"  # the bindings are Debian's and not on the package index
_READY_LIMIT_S = 40.0
_ACCESSIBLE = {
    "NO_AT_BRIDGE": "0",
    "GTK_MODULES": "gail:atk-bridge",
    "QT_ACCESSIBILITY": "1",
    "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """How an application is shown."""

    application: str
    setup: ScreenSetup

    @property
    def name(self) -> str:
        """File name of the picture, without its ending."""
        look = "dark" if self.setup.dark else "light"
        return f"{self.application}-{self.setup.size}-{look}"


SETUPS = (
    ScreenSetup(Size(1280, 800)),
    ScreenSetup(Size(1920, 1080), dark=True),
    ScreenSetup(Size(800, 1280), window_manager="matchbox"),
)


def main(
    out: Annotated[Path, typer.Option(help="Folder for pictures and labels.")],
    applications: Annotated[str, typer.Option(help="Commands, with commas.")] = ",".join(
        APPLICATIONS
    ),
) -> None:
    """Show each application on three screens and write what is on them."""
    collect(out, applications.split(","), Console(stderr=True))


def collect(out: Path, applications: Sequence[str], console: Console) -> None:
    """Write pictures and `labels.json` of `applications`; one that does not start is left out."""
    out.mkdir(parents=True, exist_ok=True)
    labels = []
    for application in applications:
        for setup in SETUPS:
            shown = Shown(application, setup)
            try:
                elements = capture(shown, out / f"{shown.name}.png")
            except VistestError as error:
                console.print(f"{shown.name}: {error}", style="red", markup=False)
                continue
            console.print(f"{shown.name}: {len(elements)} objects", markup=False)
            labels.append(
                {
                    "image": f"{shown.name}.png",
                    "app": application,
                    "screen_size": [setup.size.width, setup.size.height],
                    "scale": 1.0,
                    "elements": elements,
                }
            )
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n")


def capture(shown: Shown, path: Path) -> list[dict[str, Any]]:
    """Write the picture to `path` and give the elements of the tree.

    Raises:
        VistestError: the application shows nothing that its tree knows.
    """
    clock = MonotonicClock()
    with VirtualScreen(shown.setup) as screen:
        screen.environment.update(_ACCESSIBLE)
        launcher = subprocess.Popen([_LAUNCHER, "--launch-immediately"], env=screen.environment)
        try:
            device = screen.connect()
            _switch_on(screen.environment)
            device.launch([shown.application])
            elements = _settled(screen.environment, Deadline.after(_READY_LIMIT_S, clock))
            write_png(path, device.grab().pixels)
        finally:
            launcher.terminate()
            launcher.wait()
    if not elements:
        raise VistestError("nothing is to be seen in its accessibility tree")
    return elements


def _switch_on(environment: dict[str, str]) -> None:
    command = ["gdbus", "call", "--session", "--dest", "org.a11y.Bus"]
    command += ["--object-path", "/org/a11y/bus", "--method", "org.freedesktop.DBus.Properties.Set"]
    command += ["org.a11y.Status", "IsEnabled", "<true>"]
    subprocess.run(command, env=environment, check=False, capture_output=True)


def _settled(environment: dict[str, str], deadline: Deadline) -> list[dict[str, Any]]:
    """The tree, once it has said the same three times."""
    last: list[dict[str, Any]] = []
    same = 0
    while same < 2 and not deadline.passed:
        deadline.pause(1.5)
        answer = subprocess.run(
            [_PYTHON, str(_WALK)], env=environment, check=False, capture_output=True, text=True
        )
        now = json.loads(answer.stdout) if answer.returncode == 0 else []
        same = same + 1 if now and now == last else 0
        last = now
    return last


if __name__ == "__main__":
    typer.run(main)
