"""All programs of a phone by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.phone.device.apps import Applications
from tests.phone.device.facts import Facts
from tests.phone.device.getevent import GetEvent
from tests.phone.device.input import Input
from tests.phone.device.pictures import Pictures
from tests.phone.device.sendevent import SendEvent
from tests.phone.device.storage import Storage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.phone.device.phone import Device
    from tests.phone.device.programs import Call

# Programs that a phone has and nobody needs here: that they ran is in the list of commands.
_SILENT = ["id", "kill", "reboot", "setprop", "start", "stop", "su", "svc", "touch", "whoami"]


def toolbox(device: Device) -> dict[str, Callable[[Call], Awaitable[int]]]:
    """What runs when the shell of `device` starts a program."""
    facts = Facts(device.state, device.system)
    applications = Applications(device.state, device.system, device.files)
    pictures = Pictures(device.state, device.screen, device.files)
    storage = Storage(device.state, device.files)
    return {
        **dict.fromkeys(_SILENT, _do_nothing),
        "am": applications.am,
        "app_process": device.scrcpy.app_process,
        "cat": storage.cat,
        "cmd": applications.cmd,
        "date": device.log.date,
        "dumpsys": facts.dumpsys,
        "getevent": GetEvent(device.devices).run,
        "getprop": facts.getprop,
        "ime": applications.ime,
        "input": Input(device.hand, device.screen, device.system).run,
        "logcat": device.log.run,
        "ls": storage.ls,
        "mkdir": storage.mkdir,
        "monkey": applications.monkey,
        "pidof": applications.pidof,
        "pm": applications.pm,
        "rm": storage.rm,
        "screencap": pictures.screencap,
        "screenrecord": pictures.screenrecord,
        "sendevent": SendEvent(device.devices, device.hand).run,
        "settings": facts.settings,
        "sleep": storage.sleep,
        "wm": facts.wm,
    }


async def _do_nothing(_: Call) -> int:
    return 0
