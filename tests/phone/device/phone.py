"""All parts of a phone in one process."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.phone.device.adb.connection import Connection
from tests.phone.device.adb.services import Services
from tests.phone.device.apps import Applications
from tests.phone.device.control import Control
from tests.phone.device.facts import Facts
from tests.phone.device.files import PhoneFiles
from tests.phone.device.getevent import GetEvent
from tests.phone.device.hand import Hand
from tests.phone.device.input import Input
from tests.phone.device.logcat import LogBuffer
from tests.phone.device.panel import InputDevices
from tests.phone.device.pictures import Pictures
from tests.phone.device.programs import Programs
from tests.phone.device.screen import Screen
from tests.phone.device.state import Faults, PhoneState
from tests.phone.device.storage import Storage
from tests.phone.device.system import System
from tests.phone.device.web import Web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.phone.device.programs import Call
    from tests.phone.setup import PhoneSetup


# Programs that a phone has and nobody needs here; what they would do is in the list of commands.
_SILENT = (
    "reboot",
    "svc",
    "ime",
    "touch",
    "setprop",
    "stop",
    "start",
    "su",
    "whoami",
    "id",
    "kill",
)


_OTHERS = (
    "am", "cat", "cmd", "ls", "mkdir", "monkey", "pidof", "pm", "rm", "screencap", "screenrecord",
    "sleep",
)  # fmt: skip


class Device:
    """A phone whose screen is the X screen at `screen_uri`; its files are under `folder`."""

    def __init__(self, setup: PhoneSetup, screen_uri: str, folder: Path) -> None:
        loop = asyncio.get_running_loop()
        self.state = PhoneState(setup, authorize=setup.authorize)
        self.screen = Screen(screen_uri)
        self.devices = InputDevices(self.state, loop)
        self.hand = Hand(self.state, self.devices, self.screen)
        self.log = LogBuffer()
        self.web = Web(loop)
        self.system = System(self.state, self.screen, self.web, self.log)
        programs = self._programs(folder)
        self.port = 0
        self._connections: set[Connection] = set()
        self._server: asyncio.Server | None = None
        self._folder = folder
        self._run_programs = Programs(self.state, programs)
        self._services = Services(self.state, self.files)

    async def start(self) -> None:
        """Open the sockets."""
        await asyncio.start_unix_server(self._run_programs.serve, self.files.socket)
        await asyncio.start_unix_server(Control(self).serve, self._folder / "control")
        await self.listen()

    async def listen(self) -> None:
        """Take connections of computers, or none."""
        refuse = self.state.faults.refuse_connections
        if refuse and self._server is not None:
            self._server.close()
            self._server = None
        elif not refuse and self._server is None:
            self._server = await asyncio.start_server(self._connect, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    def disconnect(self) -> None:
        """Hang up on every computer."""
        for connection in list(self._connections):
            connection.close()

    async def reset(self) -> None:
        """See `Control.reset`."""
        state = self.state
        state.faults = Faults()
        await self.listen()
        await self.system.show_dialog("")
        await self.system.lock(locked=False)
        await self.system.turn_screen(on=True)
        await self.system.stop(clear=True)
        await self.system.start()
        state.settings.clear()
        state.commands.clear()
        state.clipboard = ""
        self.web.garden.clear()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(self.state, self._services, reader, writer)
        self._connections.add(connection)
        try:
            await connection.serve()
        finally:
            self._connections.discard(connection)

    def _programs(self, folder: Path) -> dict[str, Callable[[Call], Awaitable[int]]]:
        programs: dict[str, Callable[[Call], Awaitable[int]]] = dict.fromkeys(_SILENT, _do_nothing)
        programs["input"] = Input(self.hand, self.screen, self.system).run
        programs["getevent"] = GetEvent(self.devices).run
        programs["logcat"] = self.log.run
        facts = Facts(self.state)
        for work in (facts.getprop, facts.wm, facts.settings, facts.dumpsys):
            programs[work.__name__] = work
        names = [*programs, *_OTHERS]
        self.files = PhoneFiles(folder / "files", names)
        applications = Applications(self.state, self.system, self.files)
        pictures = Pictures(self.state, self.screen, self.files)
        storage = Storage(self.state, self.files)
        for work in (
            *(applications.am, applications.pm, applications.cmd, applications.monkey),
            *(applications.pidof, pictures.screencap, pictures.screenrecord),
            *(storage.cat, storage.ls, storage.rm, storage.mkdir, storage.sleep),
        ):
            programs[work.__name__] = work
        return programs


async def _do_nothing(_: Call) -> int:
    return 0
