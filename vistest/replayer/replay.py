"""One script on one device."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import vistest
from vistest.core.errors import DeviceError, VistestError
from vistest.replayer.device_logs import begin_logs, keep_logs
from vistest.replayer.eye import Eye
from vistest.replayer.film import Film
from vistest.replayer.sight import Lookout
from vistest.replayer.steps import StepRunner
from vistest.replayer.system import DialogKeeper
from vistest.replayer.titles import title
from vistest.results import ResultWriter
from vistest.results.model import Artifact, RunResult, StepResult
from vistest.script.model import TypeStep

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vistest.core.clock import Clock
    from vistest.devices.base import Device
    from vistest.replayer.locating import Locator
    from vistest.replayer.options import ReplayOptions
    from vistest.replayer.steps import StepOutcome
    from vistest.results.model import Status
    from vistest.script.model import Script, Step

_FILM = "run.mp4"


@dataclass(frozen=True, slots=True)
class Replayer:
    """Replays scripts; one for many runs.

    Attributes:
        locator: Finds targets; keeps its engines loaded.
        clock: The host's.
        options: How long to wait and what counts as quiet.
        secrets: Text by name, for `type: {secret: NAME}`; usually the environment.
        on_step: Told of every result as it comes.
    """

    locator: Locator
    clock: Clock
    options: ReplayOptions
    secrets: Mapping[str, str]
    on_step: Callable[[StepResult], None] = lambda _: None

    def run(
        self, script: Script, device: Device, folder: Path, *, launch: bool = True
    ) -> RunResult:
        """Replay `script` on `device`; pictures, film and results go to `folder`.

        The run ends at the first step that does not pass; the others are `skipped`. A device
        that fails ends it with status `error`, and what was there is kept.

        Args:
            script: The script.
            device: An open device; stays open.
            folder: Created; must not hold results already.
            launch: Start the script's application first and close it afterwards.

        Raises:
            VistestError: a secret has no value, or the folder cannot be written.
        """
        self._require_secrets(script)
        run = RunResult(
            script=script.name,
            device=device.info.uri,
            platform=device.info.platform,
            screen=device.info.screen,
            started_at=datetime.now(UTC).isoformat(timespec="seconds"),
            status="passed",
            versions=(("vistest", vistest.__version__),),
            script_path=script.path,
        )
        started_ms = self.clock.now_ms()
        with ResultWriter(folder, run) as writer, Film(folder / _FILM) as film:
            begin_logs(device)
            try:
                run = self._play(script, device, writer, film, launch=launch, run=run)
            except DeviceError as error:
                run = replace(run, status="error", reason=str(error))
            logs, trouble = keep_logs(device, writer)
            if trouble and run.status != "passed":
                run = replace(run, reason=f"{run.reason}; {trouble}")
            films = () if film.empty else (Artifact("video", _FILM),)
            elapsed_ms = self.clock.now_ms() - started_ms
            return writer.finish(replace(run, elapsed_ms=elapsed_ms, artifacts=(*films, *logs)))

    def _play(
        self,
        script: Script,
        device: Device,
        writer: ResultWriter,
        film: Film,
        *,
        launch: bool,
        run: RunResult,
    ) -> RunResult:
        started_ms = self.clock.now_ms()
        with ExitStack() as stack:
            if launch and script.app:
                application = device.launch(script.app)
                stack.callback(application.close)
            eye = Eye(device, self.clock, self.options, witness=film.add)
            stack.callback(eye.close)
            lookout = Lookout(device, eye, self.locator, self.clock, self.options)
            dialogs = DialogKeeper(
                device, eye, lookout, self.clock, self.options, script.system_dialogs
            )
            runner = StepRunner(
                device, eye, lookout, self.clock, self.options, self.secrets, dialogs
            )
            for index, step in enumerate(script.steps):
                if run.status == "passed":
                    since_ms = self.clock.now_ms() - started_ms
                    result = self._step(runner, step, index, writer, since_ms)
                    result = _with_picture(result, step, script, writer)
                else:
                    result = _result(step, index, "skipped", "a step before it did not pass")
                writer.add(result)
                self.on_step(result)
                if result.status in ("failed", "error"):
                    run = replace(
                        run, status=result.status, reason=f"{result.title}: {result.reason}"
                    )
        return run

    def _step(
        self, runner: StepRunner, step: Step, index: int, writer: ResultWriter, since_ms: float
    ) -> StepResult:
        step_ms = self.clock.now_ms()
        try:
            outcome = runner.run(step)
        except DeviceError as error:
            elapsed_ms = self.clock.now_ms() - step_ms
            failed = _result(step, index, "error", str(error))
            return replace(failed, started_ms=since_ms, elapsed_ms=elapsed_ms)
        elapsed_ms = self.clock.now_ms() - step_ms
        return replace(
            _result(step, index, outcome.status, outcome.reason),
            attempts=outcome.attempts,
            flags=outcome.flags,
            artifacts=_pictures(outcome, index, writer),
            started_ms=since_ms,
            elapsed_ms=elapsed_ms,
            own_ms=outcome.own_ms,
        )

    def _require_secrets(self, script: Script) -> None:
        names = {
            step.action.secret for step in script.steps if isinstance(step.action, TypeStep)
        } - {""}
        missing = sorted(names - set(self.secrets))
        if missing:
            listed = ", ".join(missing)
            raise VistestError(
                f"no value for the secret {listed}",
                hint=f"set the environment variable {missing[0]}",
            )


def _result(step: Step, index: int, status: Status, reason: str) -> StepResult:
    return StepResult(
        index=index,
        line=step.line,
        source=step.source,
        title=title(step.action),
        status=status,
        reason=reason,
    )


def _with_picture(
    result: StepResult, step: Step, script: Script, writer: ResultWriter
) -> StepResult:
    """Keep the picture of the object as it was recorded, if the script has it."""
    target = getattr(step.action, "target", None)
    if target is None or not target.picture or not script.path:
        return result
    source = Path(script.path).parent / target.picture
    if not source.is_file():
        return result
    artifact = writer.attach("target", source, f"pictures/{result.index + 1:03d}-recorded.png")
    return replace(result, artifacts=(*result.artifacts, artifact))


def _pictures(outcome: StepOutcome, index: int, writer: ResultWriter) -> tuple[Artifact, ...]:
    name = f"{index + 1:03d}"
    return (
        writer.picture("before", outcome.before, f"{name}-before"),
        writer.picture("after", outcome.after, f"{name}-after"),
    )
