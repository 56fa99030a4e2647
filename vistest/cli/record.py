"""`vistest record`: store what a person does on a device."""

from __future__ import annotations

import contextlib
import shlex
import signal
import threading
from pathlib import Path  # noqa: TC003 - typer reads the annotations at run time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vistest.cli.build import make_script, print_script, script_document
from vistest.cli.output import error_console, print_error, print_json, show
from vistest.core.errors import VistestError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.table import Table

    from vistest.devices.base import Device
    from vistest.recorder import Counts, Recorder, RecorderOptions, Summary

_REFRESH_S = 0.5
_FASTEST_FPS = 120.0


def record(
    device: Annotated[str, typer.Argument(help="The device, such as x11::0 or adb:SERIAL.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The recording, NAME.vrec.")],
    app: Annotated[str, typer.Option(help="Command of the application to start.")] = "",
    secret_name: Annotated[
        list[str] | None,
        typer.Option(help="Name of a secret that is typed; several in order of typing."),
    ] = None,
    max_fps: Annotated[float, typer.Option(help="Look at the screen at most so often.")] = 30.0,
    checkpoint_key: Annotated[
        str, typer.Option(help="Expect the object under the pointer.")
    ] = "Control+F9",
    secret_key: Annotated[
        str, typer.Option(help="Press before and after typing a secret.")
    ] = "Control+F10",  # noqa: S107 - the name of a key
    no_build: Annotated[
        bool, typer.Option("--no-build", help="Do not build the script afterwards.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Record what is done on DEVICE until Ctrl-C, then build the script beside the recording.

    A secret is typed between two presses of the secret key: its characters are not stored, and
    its field is covered in the pictures. Taps are stored, so do not type it on a screen keyboard.
    """
    options = _options(max_fps, checkpoint_key, secret_key, secret_name or [])
    command = _words(app)
    script = None if no_build else output.with_suffix(".vistest")
    _require_free(output, script)

    from vistest.devices import connect

    with connect(device) as connected, _stop_signal() as stop:
        summary = _record(connected, output, command, options, stop)
    _tell(output, summary)
    document = _summary_document(output, summary)
    if script is not None and summary.error is None:
        document["script"] = _build(output, script, as_json=as_json)
    if as_json:
        print_json(document)
    if summary.error is not None:
        raise typer.Exit(1)


def _require_free(output: Path, script: Path | None) -> None:
    """Say now, not after an hour of recording, that there is something in the way."""
    for path in (output, script):
        if path is not None and path.exists():
            raise VistestError(
                f"{path} exists already, and record overwrites nothing",
                hint="give another name with -o, or move the old one away",
            )


def _build(output: Path, script: Path, *, as_json: bool) -> dict[str, Any]:
    built, remarks = make_script(output, script, quiet=as_json)
    if not as_json:
        print_script(built, script, remarks)
    return script_document(built, script, remarks)


def _options(fps: float, checkpoint: str, secret: str, names: list[str]) -> RecorderOptions:
    from vistest.recorder import HotKey, RecorderOptions

    if not 0 < fps <= _FASTEST_FPS:
        raise VistestError(f"{fps:g} pictures a second is out of range", hint="give 1 to 120")
    keys = HotKey.parse(checkpoint), HotKey.parse(secret)
    if keys[0] == keys[1]:
        raise VistestError(
            "the two hot keys are the same", hint="give another one with --secret-key"
        )
    if bad := [name for name in names if not name.isidentifier()]:
        raise VistestError(
            f"{bad[0]!r} is no name of a secret",
            hint="use letters, digits and _, as in SHOP_PASSWORD: it names a variable",
        )
    return RecorderOptions(fps, *keys, tuple(names))


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError as error:
        raise VistestError(
            f"--app cannot be split into words: {error}", hint="check the quotes"
        ) from error


@contextlib.contextmanager
def _stop_signal() -> Iterator[threading.Event]:
    """Set by Ctrl-C and by a polite request to end; a second one does not hurt the files."""
    stop = threading.Event()
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in numbers}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _record(
    device: Device,
    output: Path,
    command: list[str],
    options: RecorderOptions,
    stop: threading.Event,
) -> Summary:
    from vistest.recorder import Recorder, create_recording

    recorder = Recorder(device, create_recording(device, output, command), options)
    recorder.start()
    try:
        if command:
            device.launch(command)
        _show_counts(recorder, options, stop)
    finally:
        summary = recorder.stop()
    return summary


def _show_counts(recorder: Recorder, options: RecorderOptions, stop: threading.Event) -> None:
    from rich.live import Live

    error_console.print(
        f"Recording. [bold]Ctrl-C[/] stops, [bold]{options.checkpoint_key}[/] expects the object "
        f"under the pointer, [bold]{options.secret_key}[/] begins and ends a secret."
    )
    with Live(console=error_console, auto_refresh=False, transient=True) as live:
        while not (stop.is_set() or recorder.wait(_REFRESH_S)):
            live.update(_table(recorder.counts), refresh=True)


def _table(counts: Counts) -> Table:
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    secret = f"[bold red]typing secret {show(counts.secret)}[/]" if counts.secret else ""
    table.add_row(*(f"[bold]{value}[/] {name}" for name, value in _figures(counts)), secret)
    return table


def _figures(counts: Counts) -> tuple[tuple[str, str], ...]:
    return (
        ("events", str(counts.events)),
        ("check-points", str(counts.checkpoints)),
        ("frames", str(counts.frames)),
        ("seconds", f"{counts.seconds:.0f}"),
        ("KB", f"{counts.bytes / 1000:.0f}"),
    )


def _tell(output: Path, summary: Summary) -> None:
    counts = summary.counts
    figures = ", ".join(f"{value} {name}" for name, value in _figures(counts))
    error_console.print(f"{show(str(output))}: {figures}", soft_wrap=True)
    if counts.secret:
        error_console.print(
            f"The secret {show(counts.secret)} was never ended, so no key after it was stored.",
            soft_wrap=True,
        )
    if summary.error is not None:
        print_error(summary.error)


def _summary_document(output: Path, summary: Summary) -> dict[str, Any]:
    counts = summary.counts
    return {
        "recording": str(output),
        "events": counts.events,
        "checkpoints": counts.checkpoints,
        "frames": counts.frames,
        "seconds": round(counts.seconds, 3),
        "bytes": counts.bytes,
        "open_secret": counts.secret or None,
        "error": str(summary.error) if summary.error else None,
        "script": None,
    }
