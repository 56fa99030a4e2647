"""The RSA key by which phones know this user's vistest; never adb's own key."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from vistest.core.errors import DeviceError

_MISSING = "pip install 'vistest[android]'"


class Signer(Protocol):
    """Proves who we are; the names are those of adb-shell."""

    def Sign(self, data: bytes) -> bytes:
        """The signature of a token."""
        ...

    def GetPublicKey(self) -> bytes | str:
        """The public key as a phone wants it."""
        ...


def key_path() -> Path:
    """Where the private key lies; the public one lies beside it as `NAME.pub`."""
    import platformdirs

    return Path(platformdirs.user_config_dir("vistest")) / "adbkey"


def load_signer(path: Path | None = None) -> Signer:
    """The user's key, made at the first use with mode 0600.

    Raises:
        DeviceError: it cannot be made or read, others can read it, or adb-shell is missing.
    """
    try:
        from adb_shell.auth.sign_cryptography import CryptographySigner
    except ImportError as error:
        raise DeviceError(
            "Android devices need the package adb-shell, which is not installed.", hint=_MISSING
        ) from error
    path = path or key_path()
    try:
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o077:
            raise DeviceError(
                f"The key {path} can be read by others.", hint=f"chmod 600 {path}, or delete it."
            )
        signer: Signer = CryptographySigner(str(path))
    except (OSError, ValueError) as error:
        raise DeviceError(
            f"The key {path} cannot be used: {error}.",
            hint=f"delete {path}: a new one is made, and phones will ask whether to trust it.",
        ) from error
    return signer


def _make(path: Path) -> None:
    """Both files are complete before they get their names, so no half a key is ever read."""
    from adb_shell.auth.keygen import keygen

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    keygen(str(draft))
    Path(f"{draft}.pub").replace(f"{path}.pub")
    draft.replace(path)
