"""Programs about applications: am, pm, monkey; the garden is the only one there is."""

from __future__ import annotations

import base64
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.phone.device.state import ACTIVITY, ADB_KEYBOARD, PACKAGE, SOFT_KEYBOARD

if TYPE_CHECKING:
    from tests.phone.device.files import PhoneFiles
    from tests.phone.device.programs import Call
    from tests.phone.device.state import PhoneState
    from tests.phone.device.system import System

_PROCESS = 4242
_RESOLVED = (
    f"priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true\n{ACTIVITY}\n"
)


class Applications:
    """The programs, on one phone."""

    def __init__(self, state: PhoneState, system: System, files: PhoneFiles) -> None:
        self._state, self._system, self._files = state, system, files
        self._installed = {PACKAGE}

    async def am(self, call: Call) -> int:
        """`am start`, `am force-stop`, and some that do nothing here."""
        match call.arguments:
            case ["start" | "start-activity", *options]:
                return await self._start(call, options)
            case ["force-stop" | "kill", package]:
                if package == PACKAGE:
                    await self._system.stop()
                return 0
            case ["broadcast", *options]:
                return await self._broadcast(call, _options(options))
            case ["wait-for-broadcast-idle" | "get-current-user", *_]:
                return 0
        return await call.complain("Error: unknown command\n", 255)

    async def _start(self, call: Call, options: list[str]) -> int:
        named = [word for word in options if "/" in word]
        component = named[-1] if named else ""
        await call.say(f"Starting: Intent {{ cmp={component} }}\n")
        package, _, activity = component.partition("/")
        if package not in self._installed or activity.removeprefix(package) != ".MainActivity":
            await call.say(f"Error type 3\nError: Activity class {{{component}}} does not exist.\n")
            return 1
        if "-S" in options:
            await self._system.stop()
        await self._system.start(page=_options(options).get("--es page", ""))
        if "-W" in options:
            await call.say(f"Status: ok\nActivity: {ACTIVITY}\nTotalTime: 312\nComplete\n")
        return 0

    async def _broadcast(self, call: Call, options: dict[str, str]) -> int:
        """ADBKeyBoard listens for ADB_INPUT_TEXT and ADB_INPUT_B64, while it is in use."""
        action = options.get("-a", "")
        await call.say(f"Broadcasting: Intent {{ act={action} flg=0x400000 (has extras) }}\n")
        message = options.get("--es msg", "")
        if self._state.input_method == ADB_KEYBOARD:
            if action == "ADB_INPUT_B64":
                await self._system.insert(base64.b64decode(message).decode())
            elif action == "ADB_INPUT_TEXT":
                await self._system.insert(message)
        await call.say("Broadcast completed: result=0\n")
        return 0

    async def ime(self, call: Call) -> int:
        """`ime list`, `ime enable`, `ime set`, `ime reset`."""
        known = [SOFT_KEYBOARD, *([ADB_KEYBOARD] if self._state.setup.adb_keyboard else [])]
        match call.arguments:
            case ["list", *_]:
                await call.say("".join(f"{name}\n" for name in known))
            case ["enable" | "disable", name] if name in known:
                await call.say(f"Input method {name}: now enabled for user #0\n")
            case ["set", name] if name in known:
                await self._system.use_input_method(name)
                await call.say(f"Input method {name} selected for user #0\n")
            case ["reset"]:
                await self._system.use_input_method(SOFT_KEYBOARD)
            case _:
                return await call.complain("Unknown input method\n")
        return 0

    async def pm(self, call: Call) -> int:
        """`pm list packages`, `pm path`, `pm clear`, `pm install`, `pm uninstall`, `pm grant`."""
        match call.arguments:
            case ["list", "packages", *_]:
                await call.say("".join(f"package:{name}\n" for name in sorted(self._installed)))
            case ["path", package]:
                if package not in self._installed:
                    return 1
                await call.say(f"package:/data/app/{package}/base.apk\n")
            case ["clear", package]:
                return await self._clear(call, package)
            case ["install", *options]:
                return await self._install(call, options[-1])
            case ["uninstall", *options]:
                return await self._uninstall(call, options[-1])
            case ["grant" | "revoke", *_]:
                pass
            case ["resolve-activity", *options]:
                await call.say(
                    _RESOLVED if options[-1] in self._installed else "No activity found\n"
                )
            case _:
                return await call.complain("Error: unknown command\n", 255)
        return 0

    async def cmd(self, call: Call) -> int:
        """`cmd SERVICE ...`: the services whose own program is here."""
        services = {"package": self.pm, "activity": self.am}
        service = services.get(call.arguments[0] if call.arguments else "")
        if service is None:
            return await call.complain("cmd: Can't find service\n", 20)
        call.arguments.pop(0)
        return await service(call)

    async def monkey(self, call: Call) -> int:
        """`monkey -p PACKAGE ... 1` starts the application."""
        package = dict(pairwise(call.arguments)).get("-p", "")
        if package not in self._installed:
            await call.say("** No activities found to run, monkey aborted.\n")
            return 252
        await self._system.start()
        await call.say("Events injected: 1\n")
        return 0

    async def pidof(self, call: Call) -> int:
        """The application's process, while it runs."""
        if call.arguments == [PACKAGE] and self._state.running:
            await call.say(f"{_PROCESS}\n")
            return 0
        return 1

    async def _clear(self, call: Call, package: str) -> int:
        if package not in self._installed:
            await call.say("Failed\n")
            return 1
        await self._system.stop(clear=True)
        await call.say("Success\n")
        return 0

    async def _install(self, call: Call, name: str) -> int:
        """A file of the phone; its name without the suffix is the package."""
        path = self._files.find(name)
        if path is None or not path.is_file():
            await call.say(f"Error: failed to open {name}\n")
            return 1
        self._installed.add(path.stem)
        await call.say("Success\n")
        return 0

    async def _uninstall(self, call: Call, package: str) -> int:
        known = package in self._installed
        self._installed.discard(package)
        await call.say("Success\n" if known else "Failure [DELETE_FAILED_INTERNAL_ERROR]\n")
        return 0 if known else 1


def _options(words: list[str]) -> dict[str, str]:
    """By option what follows it; `--es NAME VALUE` by `--es NAME`."""
    options = dict(pairwise(words))
    for index, word in enumerate(words[:-2]):
        if word in {"--es", "-e"}:
            options[f"--es {words[index + 1]}"] = words[index + 2]
    return options
