"""How the pages of the tests are shown: Chromium, kept off the network."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Each of these would ask something of a server of the maker, or ask the user something.
_QUIET = [
    "--no-first-run", "--no-default-browser-check", "--disable-background-networking",
    "--disable-component-update", "--disable-default-apps", "--disable-domain-reliability",
    "--disable-sync", "--disable-extensions", "--password-store=basic", "--metrics-recording-only",
    "--disable-breakpad", "--disable-client-side-phishing-detection", "--noerrdialogs",
    "--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication,"
    "InterestFeedContentSuggestions,CertificateTransparencyComponentUpdater,"
    "OptimizationGuideModelDownloading,TranslateUI,DialMediaRouteProvider",
]  # fmt: skip
_STEADY = [
    "--disable-gpu", "--disable-dev-shm-usage", "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows",
    "--disable-session-crashed-bubble", "--hide-crash-restore-bubble", "--test-type",
]  # fmt: skip


def chromium(profile: Path, *options: str) -> list[str]:
    """The command that starts Chromium with `options`, which end with what to show."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return ["chromium", *root, *_QUIET, *_STEADY, f"--user-data-dir={profile}", *options]


def kiosk(profile: Path, url: str, density: float) -> list[str]:
    """The command that fills a touch screen with a page."""
    return chromium(
        profile,
        f"--force-device-scale-factor={density:g}",
        "--kiosk",
        "--hide-scrollbars",
        "--touch-events=enabled",
        "--disable-pinch",
        "--overscroll-history-navigation=0",
        url,
    )
