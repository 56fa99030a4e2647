"""All parts of a phone in one process."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.phone.device.adb.connection import Connection
from tests.phone.device.adb.services import Services
from tests.phone.device.control import Control
from tests.phone.device.files import PhoneFiles
from tests.phone.device.hand import Hand
from tests.phone.device.logcat import LogBuffer
from tests.phone.device.panel import InputDevices
from tests.phone.device.programs import Programs
from tests.phone.device.scrcpy import Scrcpy
from tests.phone.device.screen import Screen
from tests.phone.device.state import SOFT_KEYBOARD, Faults, PhoneState
from tests.phone.device.system import System
from tests.phone.device.toolbox import toolbox
from tests.phone.device.web import Web

if TYPE_CHECKING:
    from pathlib import Path

    from tests.phone.setup import PhoneSetup

_LONGEST_CALL = 16 * 1024 * 1024


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
        self.files = PhoneFiles(folder / "files")
        self.scrcpy = Scrcpy(self.state, self.files, self.screen, self.hand, self.system)
        programs = toolbox(self)
        self.files.install(programs)
        self.port = 0
        self._connections: set[Connection] = set()
        self._server: asyncio.Server | None = None
        self._folder = folder
        self._run_programs = Programs(self.state, programs)
        self._services = Services(self.state, self.files, self.scrcpy)

    async def start(self) -> None:
        """Open the sockets."""
        await asyncio.start_unix_server(self._run_programs.serve, self.files.socket)
        await asyncio.start_unix_server(
            Control(self).serve, self._folder / "control", limit=_LONGEST_CALL
        )
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
        state.faults, state.authorize = Faults(), state.setup.authorize
        await self.listen()
        await self.system.show_dialog("")
        await self.system.lock(locked=False)
        await self.system.turn_screen(on=True)
        if state.rotation:
            await self.system.rotate(0)
        await self.system.use_input_method(SOFT_KEYBOARD)
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
