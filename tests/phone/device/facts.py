"""Programs that tell or change how the phone is: wm, getprop, settings, dumpsys, ...

What they print follows the sources of Android 14, as far as tools read it:
WindowManagerShellCommand, DisplayContent, PhoneWindowManager, PowerManagerService, and InputReader
for `dumpsys input`. Only the lines that somebody needs are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.phone.device.state import PACKAGE, monotonic_s

if TYPE_CHECKING:
    from tests.phone.device.programs import Call
    from tests.phone.device.state import PhoneState
    from tests.phone.device.system import System


class Facts:
    """The programs, on one phone."""

    def __init__(self, state: PhoneState, system: System) -> None:
        self._state, self._system = state, system

    async def getprop(self, call: Call) -> int:
        """One property, or all of them."""
        properties = self._state.properties()
        if call.arguments:
            fallback = call.arguments[1] if len(call.arguments) > 1 else ""
            await call.say(properties.get(call.arguments[0], fallback) + "\n")
        else:
            lines = [f"[{name}]: [{value}]\n" for name, value in sorted(properties.items())]
            await call.say("".join(lines))
        return 0

    async def wm(self, call: Call) -> int:
        """`wm size` and `wm density`; the size is that of the panel, however it is held."""
        setup = self._state.setup
        width, height = setup.size
        match call.arguments:
            case ["size"]:
                await call.say(f"Physical size: {width}x{height}\n")
            case ["density"]:
                await call.say(f"Physical density: {round(setup.density * 160)}\n")
            case ["dismiss-keyguard"]:
                await self._system.dismiss_lock()
            case ["user-rotation", "lock", quarters]:
                await self._system.rotate(int(quarters))
            case ["user-rotation", "free"]:
                await self._system.rotate(0)
            case _:
                return await call.complain("Error: unknown command\n", 255)
        return 0

    async def settings(self, call: Call) -> int:
        """`settings get|put|delete NAMESPACE NAME [VALUE]`."""
        match call.arguments:
            case ["get", space, name]:
                await call.say(self._setting(f"{space}/{name}") + "\n")
            case ["put", space, name, value, *_]:
                self._state.settings[f"{space}/{name}"] = value
                if f"{space}/{name}" == "system/user_rotation":
                    await self._system.rotate(int(value))
            case ["delete", space, name]:
                removed = self._state.settings.pop(f"{space}/{name}", None) is not None
                await call.say(f"Deleted {int(removed)} rows\n")
            case _:
                return await call.complain("Invalid command\n", 255)
        return 0

    def _setting(self, name: str) -> str:
        if name == "secure/default_input_method":
            return self._state.input_method
        if name == "system/user_rotation":
            return str(self._state.rotation)
        return self._state.settings.get(name, "null")

    async def dumpsys(self, call: Call) -> int:
        """The services that are asked for most."""
        service = call.arguments[0] if call.arguments else ""
        describe = {
            "window": self._window,
            "input": self._input,
            "display": self._display,
            "power": self._power,
            "activity": self._activity,
            "input_method": self._input_method,
            "meminfo": self._meminfo,
            "gfxinfo": self._meminfo,
        }.get(service)
        if describe is None:
            return await call.complain(f"Can't find service: {service}\n", 0)
        await call.say(describe())
        return 0

    def _window(self) -> str:
        state = self._state
        density = round(state.setup.density * 160)
        width, height = state.setup.size
        now_width, now_height = state.size
        on, locked = state.screen_on, state.locked
        focus = "NotificationShade" if locked else self._focus()
        return (
            "WINDOW MANAGER POLICY STATE (dumpsys window policy)\n"
            f"    mAwake={_flag(on)} mScreenOnEarly={_flag(on)} mScreenOnFully={_flag(on)}\n"
            f"    showing={_flag(locked)}\n"
            f"    screenState={'SCREEN_STATE_ON' if on else 'SCREEN_STATE_OFF'}\n"
            f"    mShowingLockscreen={_flag(locked)} mDreamingLockscreen={_flag(locked)}\n"
            f"    isKeyguardShowing={_flag(locked)} isStatusBarKeyguard={_flag(locked)}\n"
            "WINDOW MANAGER DISPLAY CONTENTS (dumpsys window displays)\n"
            "  Display: mDisplayId=0\n"
            f"    init={width}x{height} {density}dpi cur={now_width}x{now_height}"
            f" app={now_width}x{now_height} rng={min(width, height)}x{min(width, height)}"
            f"-{max(width, height)}x{max(width, height)}\n"
            f"    mCurrentRotation=ROTATION_{90 * state.rotation}\n"
            f"    mRotation={state.rotation} mDeferredRotationPauseCount=0\n"
            f"  mCurrentFocus=Window{{5d9e5c8 u0 {focus}}}\n"
            f"  mFocusedApp=ActivityRecord{{1b2f3c4 u0 {state.foreground} t12}}\n"
        )

    def _focus(self) -> str:
        match self._state.dialog:
            case "anr":
                return f"Application Not Responding: {PACKAGE}"
            case "permission":
                return (
                    "com.google.android.permissioncontroller/"
                    "com.android.permissioncontroller.permission.ui.GrantPermissionsActivity"
                )
        package, _, activity = self._state.foreground.partition("/")
        return f"{package}/{package}{activity}"

    def _input(self) -> str:
        """Of the viewport, what tools look for: which way is up, and how large it is."""
        width, height = self._state.size
        physical = self._state.setup.panel
        return (
            "INPUT MANAGER (dumpsys input)\n\nInput Reader State:\n  Device 4: sec_touchscreen\n"
            "    Touch Input Mapper (mode - DIRECT):\n      Raw Touch Axes:\n"
            f"        X: min=0, max={physical[0]}, flat=0, fuzz=0, resolution=0\n"
            f"        Y: min=0, max={physical[1]}, flat=0, fuzz=0, resolution=0\n"
            f"      SurfaceOrientation: {self._state.rotation}\n"
            "      Viewport INTERNAL: displayId=0, uniqueId=local:0, port=0, "
            f"orientation={self._state.rotation}, logicalFrame=[0, 0, {width}, {height}], "
            f"physicalFrame=[0, 0, {width}, {height}], deviceSize=[{width}, {height}], "
            "isActive=[1]\n"
        )

    def _display(self) -> str:
        state, (width, height) = self._state, self._state.size
        on = "ON" if state.screen_on else "OFF"
        density = round(state.setup.density * 160)
        return (
            "DISPLAY MANAGER (dumpsys display)\n"
            f"  mScreenState={on}\n"
            "  mViewports=[DisplayViewport{type=INTERNAL, valid=true, isActive=true, displayId=0, "
            f"uniqueId='local:0', physicalPort=0, orientation={state.rotation}, "
            f"logicalFrame=Rect(0, 0 - {width}, {height}), physicalFrame=Rect(0, 0 - {width}, "
            f"{height}), deviceWidth={width}, deviceHeight={height}}}]\n"
            f'  mBaseDisplayInfo=DisplayInfo{{"Built-in Screen", displayId 0, state {on}, '
            f"real {width} x {height}, density {density}, rotation {state.rotation}}}\n"
        )

    def _power(self) -> str:
        on = self._state.screen_on
        return (
            "POWER MANAGER (dumpsys power)\n\nPower Manager State:\n"
            f"  mWakefulness={'Awake' if on else 'Asleep'}\n"
            f"  mHoldingDisplaySuspendBlocker={_flag(on)}\n"
            f"Display Power: state={'ON' if on else 'OFF'}\n"
        )

    def _activity(self) -> str:
        return (
            "ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)\n"
            "Display #0 (activities from top to bottom):\n"
            f"  topResumedActivity=ActivityRecord{{1b2f3c4 u0 {self._state.foreground} t12}}\n"
            f"  ResumedActivity: ActivityRecord{{1b2f3c4 u0 {self._state.foreground} t12}}\n"
        )

    def _input_method(self) -> str:
        return f"  mInputShown={_flag(self._state.keyboard_shown)}\n"

    def _meminfo(self) -> str:
        """Uptime is CLOCK_MONOTONIC, realtime counts the sleep as well (SystemClock)."""
        uptime_ms = monotonic_s() * 1e3
        realtime_ms = uptime_ms + self._state.setup.slept_s * 1e3
        return (
            "Applications Memory Usage (in Kilobytes):\n"
            f"Uptime: {uptime_ms:.0f} Realtime: {realtime_ms:.0f}\n"
        )


def _flag(value: bool) -> str:
    return "true" if value else "false"
