"""The garden application as people have it on a desk: an ordinary browser on an X screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.apps.garden.server import GardenServer
from tests.phone.browser import chromium
from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.geometry import Size
from vistest.devices.x11.application import LocalApplication
from vistest.devices.x11.virtual import ScreenSetup, VirtualScreen

if TYPE_CHECKING:
    from types import TracebackType

_READY_LIMIT_S = 40.0


class Desktop:
    """Chromium in a window on a private screen; a context manager that ends it.

    Attributes:
        uri: For `vistest.devices.connect`.
        screen: The private screen.
    """

    def __init__(
        self, size: tuple[int, int] = (1366, 768), *, dark: bool = False, page: str = "plants",
        touch: bool = False,
    ) -> None:  # fmt: skip
        self._size, self._dark, self._page = size, dark, page
        self._browser: LocalApplication | None = None
        self._started = 0
        self.garden = GardenServer()
        self.screen = VirtualScreen(ScreenSetup(Size(*size), dark=dark, touch=touch))
        self.uri = self.screen.uri
        try:
            self.restart()
        except BaseException:
            self.close()
            raise

    def events(self) -> list[dict[str, Any]]:
        """The application's own log, as `Phone.events` gives it."""
        return self.garden.events()

    def restart(self) -> None:
        """A new browser, which has forgotten all, and an empty log."""
        if self._browser is not None:
            self._browser.close()
        self.garden.clear()
        self._started += 1
        profile = self.screen.folder / f"chromium-{self._started}"
        url = self.garden.url(self._page, dark=self._dark)
        width, height = self._size
        command = chromium(profile, f"--window-size={width},{height}", "--window-position=0,0", url)
        self._browser = LocalApplication(command, self.screen.environment)
        self._wait_until_shown()
        self.garden.clear()

    def close(self) -> None:
        """End it; safe to call twice."""
        if self._browser is not None:
            self._browser.close()
            self._browser = None
        self.screen.close()
        self.garden.close()

    def _wait_until_shown(self) -> None:
        deadline = Deadline.after(_READY_LIMIT_S, MonotonicClock())
        while not self.events():
            if deadline.passed:
                raise RuntimeError("the browser did not show the application")
            deadline.pause(0.05)

    def __enter__(self) -> Desktop:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
