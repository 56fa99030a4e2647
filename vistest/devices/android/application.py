"""Applications on a phone: install, clear, start, stop.

The command names a package, or an activity as `PACKAGE/ACTIVITY`; options may follow:

    com.example.shop                        start it afresh
    com.example.shop --clear                forget all of its data first
    com.example.shop --install shop.apk     install it first (a file of this machine)
    com.example.shop --grant                grant all permissions that it asks for
    com.example.shop --keep                 bring it to the front as it is
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vistest.core.errors import DeviceError, DeviceLost
from vistest.core.text import printable
from vistest.devices.android.push import push
from vistest.devices.android.shell import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vistest.devices.android.link import Link
    from vistest.devices.android.shell import Shell

_NAME = re.compile(r"(?P<package>[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)+)(?:/(?P<activity>[\w.$]+))?")
_FLAGS = {"--clear", "--grant", "--keep"}
_START_S = 30.0
_INSTALL_S = 300.0
_APK = "/data/local/tmp/vistest.apk"


@dataclass(frozen=True, slots=True)
class StartOrder:
    """What a command asks for; see the module's docstring."""

    package: str
    activity: str = ""
    install: str = ""
    clear: bool = False
    grant: bool = False
    keep: bool = False


def parse_order(command: Sequence[str]) -> StartOrder:
    """Read a command.

    Raises:
        DeviceError: it names no package, or has an unknown option.
    """
    words = list(command)
    install = ""
    if "--install" in words:
        at = words.index("--install")
        install = words[at + 1] if at + 1 < len(words) else ""
        if not install:
            raise DeviceError("--install needs the name of a file.", hint="--install shop.apk")
        del words[at : at + 2]
    flags = {word for word in words if word.startswith("--")}
    names = [word for word in words if not word.startswith("--")]
    if unknown := sorted(flags - _FLAGS):
        known = ", ".join(sorted({*_FLAGS, "--install"}))
        raise DeviceError(f"'{printable(unknown[0])}' is not an option.", hint=f"known: {known}.")
    found = _NAME.fullmatch(names[0]) if len(names) == 1 else None
    if found is None:
        raise DeviceError(
            f"'{printable(' '.join(names))}' names no application of a phone.",
            hint="name its package, such as com.example.shop; 'adb shell pm list packages' tells.",
        )
    return StartOrder(
        found["package"],
        found["activity"] or "",
        install,
        "--clear" in flags,
        "--grant" in flags,
        "--keep" in flags,
    )


class PhoneApplication:
    """An application that was started on a phone."""

    def __init__(self, shell: Shell, package: str) -> None:
        self._shell = shell
        self._package = package
        self._closed = False

    @property
    def package(self) -> str:
        """Its name."""
        return self._package

    @property
    def running(self) -> bool:
        """Whether it has a process."""
        return bool(self._shell.ask(f"pidof {self._package}").strip())

    def close(self) -> None:
        """Stop it; safe to call twice."""
        if not self._closed:
            self._closed = True
            with contextlib.suppress(DeviceLost):
                self._shell.run(f"am force-stop {self._package}")


def start(
    link: Link, shell: Shell, order: StartOrder, environment: Mapping[str, str] | None
) -> PhoneApplication:
    """Do what `order` says; `environment` is handed over as texts of the start intent.

    Raises:
        DeviceError: there is no such application, or it does not start.
    """
    package = order.package
    if order.install:
        _install(link, shell, Path(order.install), grant=order.grant)
    if shell.run(f"pm path {package}").code:
        raise DeviceError(
            f"There is no application '{package}' on the phone.",
            hint="install it: --install FILE.apk after its name.",
        )
    if order.clear:
        _require(shell.run(f"pm clear {package}", _START_S).text, "Success", "clear", package)
    component = f"{package}/{order.activity}" if order.activity else _launcher(shell, package)
    extras = "".join(
        f" --es {quoted(name)} {quoted(value)}" for name, value in (environment or {}).items()
    )
    fresh = "" if order.keep else "-S "
    answer = shell.run(f"am start {fresh}-W -n {quoted(component)}{extras}", _START_S)
    if answer.code or "Error" in answer.text:
        reason = printable(answer.text.strip().rpartition("\n")[2])
        raise DeviceError(f"'{component}' did not start: {reason}")
    return PhoneApplication(shell, package)


def _install(link: Link, shell: Shell, apk: Path, *, grant: bool) -> None:
    try:
        data = apk.read_bytes()
    except OSError as error:
        raise DeviceError(f"{printable(str(apk))} cannot be read: {error.strerror}.") from error
    push(link, data, _APK)
    options = "-r -g" if grant else "-r"
    answer = shell.run(f"pm install {options} {_APK}; rm -f {_APK}", _INSTALL_S).text
    _require(answer, "Success", "install", apk.name)


def _launcher(shell: Shell, package: str) -> str:
    """The activity that the launcher would start."""
    answer = shell.ask(f"cmd package resolve-activity --brief {package}")
    names = [line.strip() for line in answer.splitlines() if line.strip().startswith(f"{package}/")]
    if not names:
        raise DeviceError(
            f"'{package}' has nothing that can be started.",
            hint="name its activity, as in com.example.shop/.MainActivity.",
        )
    return names[-1]


def _require(answer: str, word: str, what: str, name: str) -> None:
    if word not in answer:
        reason = printable(answer.strip().rpartition("\n")[2])
        raise DeviceError(f"The phone could not {what} '{printable(name)}': {reason}")
