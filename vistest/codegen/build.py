"""A recording -> a script in its folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from vistest.codegen.answers import mark_silent
from vistest.codegen.gestures import read_gestures
from vistest.codegen.options import BuildOptions
from vistest.codegen.soft_typing import join_typing
from vistest.codegen.steps import StepMaker, View
from vistest.codegen.targets import TargetMaker
from vistest.core.errors import FormatError, VistestError
from vistest.script import save_script
from vistest.script.files import SCRIPT_FILE
from vistest.script.model import RecordedOn, Script, Step
from vistest.vision.matching import Matcher

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vistest.codegen.doubts import ElementMatcher
    from vistest.codegen.interactions import Interaction
    from vistest.core.frame import Frame
    from vistest.core.geometry import Position
    from vistest.core.scene import Scene
    from vistest.recording import Recording


class SceneParser(Protocol):
    """What codegen needs of `vistest.vision.ScreenParser`."""

    def parse(self, frame: Frame) -> Scene:
        """All objects of `frame`."""
        ...


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the recording that the tester should know.

    Attributes:
        time_ms: Since the recording began.
        text: One sentence.
        lost: Something that the user did is not in the script.
    """

    time_ms: float
    text: str
    lost: bool = False


def build_script(
    recording: Recording,
    parser: SceneParser,
    folder: Path,
    *,
    name: str = "",
    matcher: ElementMatcher | None = None,
    overwrite: bool = False,
    options: BuildOptions | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    on_remark: Callable[[Remark], None] | None = None,
) -> Script:
    """Write the script of `recording` into `folder`.

    Args:
        recording: Only read.
        parser: Sees the objects in its frames.
        folder: `NAME.vistest`, created; the script does not need the recording any more.
        name: Of the script; the folder's if not given.
        matcher: Asked whether each object will be found again; the default one if not given.
        overwrite: Replace a script that is there; it stays untouched until the new one is ready.
        options: How to read gestures and objects.
        on_progress: Called with the number of interactions done and of all.
        on_remark: Called for each event that is not in the script and why, and for each step
            that the tester should look at.

    Raises:
        VistestError: a script is there already, or nothing in the recording can become a step.
        FormatError: the recording is damaged.
    """
    _refuse_to_overwrite(folder, overwrite)
    builder = _Builder(
        recording, parser, matcher or Matcher(), options or BuildOptions(), on_remark
    )
    steps = builder.steps(on_progress or (lambda done, total: None))
    if not steps:
        raise VistestError(
            f"{recording.path} holds nothing that can become a step",
            hint="record again, and use the application while it is recorded",
        )
    device = recording.device
    recorded_on = RecordedOn(device.platform, device.backend, device.screen)
    script = Script(name or folder.stem, steps, recording.app, recorded_on)
    if overwrite:
        _clear(folder)
    save_script(script, folder, builder.pictures)
    return script


class _Builder:
    """Reads one recording, shows its screens and collects remarks."""

    def __init__(
        self,
        recording: Recording,
        parser: SceneParser,
        matcher: ElementMatcher,
        options: BuildOptions,
        on_remark: Callable[[Remark], None] | None,
    ) -> None:
        self._recording = recording
        self._parser = parser
        self._matcher = matcher
        self._options = options
        self._on_remark = on_remark
        self._scenes: dict[str, Scene] = {}
        self._targets = TargetMaker(options.objects)

    @property
    def pictures(self) -> dict[str, bytes]:
        return self._targets.pictures

    def steps(self, on_progress: Callable[[int, int], None]) -> tuple[Step, ...]:
        for note in self._recording.notes:
            self._say(self._recording.manifest.start_ms, note)
        reading = read_gestures(self._recording.entries, self._options.gestures)
        interactions, typing = join_typing(reading.interactions, self)
        for dropped in (*reading.dropped, *typing):
            if not dropped.harmless:
                self._say(dropped.time_ms, f"left out: {dropped.reason}", lost=True)
        maker = StepMaker(self, self._targets, self._matcher, self._options)
        steps: list[Step] = []
        for done, interaction in enumerate(interactions):
            on_progress(done, len(interactions))
            if self._is_unreadable(interaction):
                left = len(interactions) - done
                text = f"the script ends here: the video cannot be read, {left} interactions lost"
                self._say(interaction.time_ms, text, lost=True)
                break
            if (step := self._step(maker, interaction)) is not None:
                steps.append(step)
        on_progress(len(interactions), len(interactions))
        return tuple(steps)

    def view(self, time_ms: float, at: Position) -> View:
        """See `vistest.codegen.steps.Viewer`."""
        frame = self._recording.frame_at(time_ms)
        if frame.size != at.screen.size:
            raise FormatError(f"the picture is {frame.size}, the screen was {at.screen.size}")
        digest = frame.digest()
        if digest not in self._scenes:
            self._scenes[digest] = self._parser.parse(frame)
        return View(frame, self._scenes[digest])

    def _step(self, maker: StepMaker, interaction: Interaction) -> Step | None:
        try:
            drafted = maker.step(interaction)
        except FormatError as error:
            self._say(interaction.time_ms, f"left out: {error}", lost=True)
            return None
        for remark in filter(None, (interaction.remark, drafted.remark)):
            self._say(interaction.time_ms, remark)
        return Step(mark_silent(drafted.action, interaction, self._recording))

    def _is_unreadable(self, interaction: Interaction) -> bool:
        """Beyond the damage; keys without a picture would go to an unknown place, so all stops."""
        return interaction.time_ms >= self._recording.readable_until_ms

    def _say(self, time_ms: float, text: str, *, lost: bool = False) -> None:
        if self._on_remark is not None:
            since = max(0.0, time_ms - self._recording.manifest.start_ms)
            self._on_remark(Remark(since, text, lost))


def _refuse_to_overwrite(folder: Path, overwrite: bool) -> None:
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not (folder / SCRIPT_FILE).is_file():
        raise VistestError(
            f"{folder} exists and is not a script", hint="give the name of a new folder"
        )
    if not overwrite:
        raise VistestError(
            f"{folder} exists already", hint="give another name, or --force to replace the script"
        )


def _clear(folder: Path) -> None:
    """Remove the scenes and pictures of an older script, and nothing else."""
    for pattern in ("scenes/[0-9][0-9][0-9].json", "pictures/[0-9][0-9][0-9].png"):
        for old in folder.glob(pattern):
            old.unlink()
