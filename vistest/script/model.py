"""A test script: what is done to which object. `replayer/SCRIPT.md` specifies the file.

A script never holds a coordinate to act upon. The recorded scene beside it knows where the
object was on the recorded screen; that serves matching (and `--allow-coordinates`) only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vistest.core.events import Button
    from vistest.core.geometry import Direction, Screen
    from vistest.core.scene import ElementClass, Relation, Scene


@dataclass(frozen=True, slots=True)
class SceneReference:
    """An element of a recorded scene.

    Attributes:
        scene: The scene, loaded from the script's folder.
        index: Position in `scene.elements`.
        path: Where the scene lies in the script's folder, `scenes/003.json`.
        grip: Where the element was touched, as fractions of its box, 0 to 1; the middle unless
            the place matters (a slider, a canvas).
    """

    scene: Scene
    index: int
    path: str
    grip: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Target:
    """The object of a step, by description, by recording, or both.

    Attributes:
        text: Its text, or the text of its label.
        cls: Its class.
        relations: By relation, the text of another element.
        recorded: The element as it was recorded; None in a step written by hand.
        picture: The object's picture in the script's folder, for people.
    """

    text: str = ""
    cls: ElementClass | None = None
    relations: Mapping[Relation, str] = field(default_factory=dict)
    recorded: SceneReference | None = None
    picture: str = ""


@dataclass(frozen=True, slots=True)
class TapStep:
    """Tap `target` once or several times.

    Attributes:
        target: The object.
        count: 2 is a double tap.
        button: Of the mouse.
        expect_change: Whether the screen shows that the tap was received. A tap that may show
            nothing (an operator of a calculator) must not be repeated for lack of an answer.
    """

    target: Target
    count: int = 1
    button: Button = "left"
    expect_change: bool = True


@dataclass(frozen=True, slots=True)
class LongPressStep:
    """Press and hold `target`."""

    target: Target
    duration_ms: float = 800.0


@dataclass(frozen=True, slots=True)
class PathPoint:
    """A point of a recorded movement, in dp from its start, `after_ms` after the press."""

    after_ms: float
    dx_dp: float
    dy_dp: float


@dataclass(frozen=True, slots=True)
class DragStep:
    """Drag `target` onto `to`, or along `path` where nothing was under the end.

    With `to`, the path gives the shape and timing and is stretched to end there.
    """

    target: Target
    to: Target | None = None
    path: tuple[PathPoint, ...] = ()
    button: Button = "left"


@dataclass(frozen=True, slots=True)
class SwipeStep:
    """Flick over `target` (the middle of the screen if None).

    Attributes:
        direction: Where the finger goes.
        fraction: Length of the way as a share of the screen's extent in that direction.
        duration_ms: How long it takes.
    """

    direction: Direction
    target: Target | None = None
    fraction: float = 0.5
    duration_ms: float = 300.0


@dataclass(frozen=True, slots=True)
class ScrollStep:
    """Turn the wheel over `target` (the middle of the screen if None) by notches."""

    dx: int = 0
    dy: int = 0
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class PinchStep:
    """Two fingers over `target` (the middle of the screen if None); `scale` > 1 zooms in."""

    scale: float
    target: Target | None = None
    duration_ms: float = 400.0


@dataclass(frozen=True, slots=True)
class HoverStep:
    """Hold the pointer over `target`."""

    target: Target


@dataclass(frozen=True, slots=True)
class TypeStep:
    """Type `text`, or the secret named `secret` from the environment, into the focus."""

    text: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True)
class KeyStep:
    """Press a chord: `("Control", "s")`."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectStep:
    """Wait until `target` is on the screen (or is not, with `absent`)."""

    target: Target
    absent: bool = False


Action = (
    TapStep
    | LongPressStep
    | DragStep
    | SwipeStep
    | ScrollStep
    | PinchStep
    | HoverStep
    | TypeStep
    | KeyStep
    | ExpectStep
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a script.

    Attributes:
        action: What to do.
        timeout_s: Deadline of this step; None takes the replayer's.
        line: Line in the script file, from 1; 0 if it did not come from a file.
        source: The step as it stands in the file; empty if it did not come from one.
    """

    action: Action
    timeout_s: float | None = None
    line: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class RecordedOn:
    """Where a script was recorded."""

    platform: str
    backend: str
    screen: Screen


@dataclass(frozen=True, slots=True)
class Script:
    """A test script.

    Attributes:
        name: For people.
        steps: In order.
        app: Command of the application, words; empty if the tester starts it.
        recorded_on: None if it was written by hand.
        system_dialogs: By kind of dialog (`permission`, `not_responding`, `crashed`), the text of
            the button that answers it.
        path: The YAML file that it was read from; pictures lie relative to its folder. Empty if
            it came from none.
    """

    name: str
    steps: tuple[Step, ...]
    app: tuple[str, ...] = ()
    recorded_on: RecordedOn | None = None
    path: str = ""
    system_dialogs: Mapping[str, str] = field(default_factory=dict)
