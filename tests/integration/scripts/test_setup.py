"""The set-up of a machine: quick when all is there, and clear when it cannot go on."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]


def set_up(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [shutil.which("bash") or "bash", "scripts/setup"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def programs(tmp_path: Path) -> Callable[..., str]:
    """A PATH that holds nothing but the programs named, each a line of shell."""

    def make(**scripts: str) -> str:
        for name in ("dirname", "grep", "cat", "sha256sum", "env"):
            (tmp_path / name).symlink_to(shutil.which(name) or name)
        for name, script in scripts.items():
            path = tmp_path / name.replace("_", "-")
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)
        return str(tmp_path)

    return make


def test_it_is_quick_and_silent_when_all_is_there() -> None:
    assert set_up().returncode == 0
    started = monotonic()
    again = set_up()
    assert monotonic() - started < 2
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_without_apt_it_says_what_to_install(programs: Callable[..., str]) -> None:
    done = set_up(PATH=programs())
    assert done.returncode == 1
    assert done.stderr.startswith("setup: no apt-get here")
    assert "xvfb" in done.stderr


def test_neither_root_nor_sudo(programs: Callable[..., str]) -> None:
    done = set_up(PATH=programs(apt_get="exit 9", dpkg_query="exit 1", id="echo 1000"))
    assert done.returncode == 1
    assert "let root run: apt-get install python3 " in done.stderr


def test_an_ordinary_user_needs_sudo_for_apt_alone(
    programs: Callable[..., str], tmp_path: Path
) -> None:
    log = tmp_path / "log"
    done = set_up(
        PATH=programs(
            apt_get="exit 0", dpkg_query="exit 1", id="echo 1000", sudo=f'echo "$*" >> {log}'
        )
    )
    assert done.returncode == 0, done.stderr
    update, install = log.read_text().splitlines()
    assert update.startswith("apt-get ")
    assert install.startswith("env DEBIAN_FRONTEND=noninteractive apt-get ")
    assert "xvfb" in install


def test_only_what_is_missing_is_installed(programs: Callable[..., str]) -> None:
    real = shutil.which("dpkg-query")
    done = set_up(
        PATH=programs(
            apt_get="exit 0",
            id="echo 0",
            dpkg_query=f'{real} "$@" | {shutil.which("grep")} -v xclip',
        )
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "setup: installing xclip\n"


def test_a_failing_installation_is_said(programs: Callable[..., str]) -> None:
    done = set_up(PATH=programs(apt_get="exit 100", dpkg_query="exit 1", id="echo 0"))
    assert done.returncode == 1
    assert "could not install all of" in done.stderr
