"""What vistest needs on a machine, and whether it is there."""

from __future__ import annotations

import ctypes.util
import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING, Any

from vistest.cli.devices import WAYLAND
from vistest.devices.session import wayland_session

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CALL_LIMIT_S = 10
_PYTHONS = ((3, 11), (3, 14))
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(?:>=([0-9.]+))?(?:\s*;\s*extra == .(\w+).)?")
_LIBRARIES = {
    "xcb": "libxcb1",
    "xcb-shm": "libxcb-shm0",
    "xcb-randr": "libxcb-randr0",
    "xcb-render": "libxcb-render0",
    "xcb-xfixes": "libxcb-xfixes0",
}
# Program, Debian package, purpose.
_PROGRAMS = (
    ("Xvfb", "xvfb", "private screens, the demo"),
    ("openbox", "openbox", "private screens, the demo"),
    ("matchbox-window-manager", "matchbox-window-manager", "phone-shaped private screens"),
    ("dbus-daemon", "dbus", "private screens, the demo"),
    ("Xorg", "xserver-xorg-core", "private screens with touch"),
    ("adb", "adb", "Android devices by their serial number"),
    ("tesseract", "tesseract-ocr", "the OCR engine tesseract"),
    ("fc-list", "fontconfig", "looking for fonts"),
)
# Of scripts that the default OCR engine does not read.
_LANGUAGES = {"eng": "English", "rus": "Cyrillic", "ara": "Arabic", "kor": "Korean"} | {
    "heb": "Hebrew", "hin": "Hindi", "tha": "Thai",
}  # fmt: skip
_FONTS = {"en": "fonts-dejavu-core", "ru": "fonts-noto-core", "zh": "fonts-noto-cjk"}
_OPENCV = ("opencv-python", "opencv-contrib-python", "opencv-contrib-python-headless")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked for.

    Attributes:
        name: What it is.
        purpose: What it is for.
        ok: Whether it is there.
        required: Whether nothing works without it.
        found: What is there: a version, a path, or what is wrong.
        manager: `apt` or `pip`, which installs it; empty if neither does.
        package: What to install.
    """

    name: str
    purpose: str
    ok: bool
    required: bool = False
    found: str = ""
    manager: str = ""
    package: str = ""

    def as_json(self) -> dict[str, Any]:
        """All of it, with the command that installs it if it is missing."""
        commands = install_commands([self])
        return {**asdict(self), "install": commands[0] if commands else None}


def all_checks() -> list[Check]:
    """Look for everything."""
    return [
        _check_python(),
        *_check_packages(),
        _check_opencv(),
        *_check_libraries(),
        *_check_programs(),
        *_check_languages(),
        *_check_fonts(),
        _check_adb_key(),
        _check_engine(),
        _check_session(),
    ]


def install_commands(checks: Sequence[Check]) -> list[str]:
    """One command per package manager for all that is missing."""
    missing = {
        manager: sorted({c.package for c in checks if not c.ok and c.manager == manager})
        for manager in ("apt", "pip")
    }
    commands = []
    if missing["apt"]:
        sudo = "" if os.geteuid() == 0 else "sudo "
        commands.append(f"{sudo}apt-get install --no-install-recommends {' '.join(missing['apt'])}")
    if missing["pip"]:
        quoted = " ".join(f"'{package}'" for package in missing["pip"])
        commands.append(f"{sys.executable} -m pip install {quoted}")
    return commands


def _check_python() -> Check:
    low, high = _PYTHONS
    ok = low <= sys.version_info[:2] < high
    return Check("Python 3.11 to 3.13", "everything", ok, True, platform.python_version())


def _check_packages() -> Iterator[Check]:
    for requirement in requires("vistest") or []:
        form = _REQUIREMENT.match(requirement)
        if form is None:
            continue
        name, lowest, extra = form.groups()
        try:
            found = version(name)
        except PackageNotFoundError:
            found = ""
        ok = bool(found) and _numbers(found) >= _numbers(lowest or "0")
        purpose = f"{extra} devices" if extra else "everything"
        package = f"vistest[{extra}]" if extra else f"{name}>={lowest or 0}"
        required = extra != "android"
        yield Check(f"Python package {name}", purpose, ok, required, found, "pip", package)


def _check_opencv() -> Check:
    """Two builds of OpenCV overwrite each other's files."""
    others = []
    for name in _OPENCV:
        try:
            others.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    found = f"remove {', '.join(others)}" if others else "only opencv-python-headless"
    return Check("one build of OpenCV", "vision", not others, True, found)


def _check_libraries() -> Iterator[Check]:
    for name, package in _LIBRARIES.items():
        found = ctypes.util.find_library(name) or ""
        yield Check(f"library {name}", "pictures of X11", bool(found), True, found, "apt", package)


def _check_programs() -> Iterator[Check]:
    for program, package, purpose in _PROGRAMS:
        found = shutil.which(program) or ""
        yield Check(program, purpose, bool(found), False, found, "apt", package)


def _check_languages() -> Iterator[Check]:
    if shutil.which("tesseract") is None:
        return
    installed = _lines_of(["tesseract", "--list-langs"])
    for code, name in _LANGUAGES.items():
        ok = code in installed
        purpose = f"reading {name} with tesseract"
        package = f"tesseract-ocr-{code}"
        yield Check(f"OCR language {code}", purpose, ok, False, code * ok, "apt", package)


def _check_fonts() -> Iterator[Check]:
    if shutil.which("fc-list") is None:
        return
    for language, package in _FONTS.items():
        fonts = _lines_of(["fc-list", f":lang={language}", "family"])
        found = min(fonts, default="")
        purpose = "readable private screens"
        yield Check(f"font for {language}", purpose, bool(fonts), False, found, "apt", package)


def _check_adb_key() -> Check:
    """Made at the first use, so its absence is no fault; a key that others can read is."""
    from vistest.devices.android.keyfile import key_path

    path = key_path()
    purpose = "Android devices by HOST:PORT"
    if not path.exists():
        return Check("key for phones", purpose, True, False, f"none yet; made as {path}")
    private = not path.stat().st_mode & 0o077
    found = str(path) if private else f"chmod 600 {path}"
    return Check("key for phones", purpose, private, False, found)


def _check_engine() -> Check:
    """It is built while vistest is installed, if a compiler is there."""
    from vistest.vision.engine.engine import is_built, kernel_table

    name, purpose = "inference engine", "a faster detector; without it onnxruntime runs"
    if not is_built():
        found = "not built: install a C++ compiler (g++, python3-dev), then vistest again"
        return Check(name, purpose, False, False, found)
    best = next(row.name for row in kernel_table() if row.available)
    return Check(name, purpose, True, False, f"kernels for {best}")


def _check_session() -> Check:
    if wayland_session():
        return Check("X11 session", "recording this desktop", False, False, WAYLAND)
    display = os.environ.get("DISPLAY", "")
    found = f"DISPLAY={display}" if display else "no DISPLAY here; private screens need none"
    return Check("X11 session", "recording this desktop", True, False, found)


def _lines_of(command: Sequence[str]) -> set[str]:
    try:
        output = subprocess.run(
            command, capture_output=True, text=True, timeout=_CALL_LIMIT_S, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return set()
    return {line.strip() for line in output.splitlines()}


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])
