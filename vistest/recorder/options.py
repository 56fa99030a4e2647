"""What a recorder is asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field

from vistest.core.errors import VistestError

MODIFIERS = frozenset({"Control", "Shift", "Alt", "AltGraph", "Meta"})


@dataclass(frozen=True, slots=True)
class HotKey:
    """A chord that speaks to the recorder instead of the recording.

    Attributes:
        modifiers: Exactly these must be held.
        key: Name of the key that completes it.
    """

    modifiers: frozenset[str]
    key: str

    @classmethod
    def parse(cls, text: str) -> HotKey:
        """From `Control+F9`.

        Raises:
            VistestError: it is no chord of modifiers and one key.
        """
        *modifiers, key = text.split("+")
        if not key or not MODIFIERS.issuperset(modifiers) or key in MODIFIERS:
            raise VistestError(
                f"{text!r} is not a hot key",
                hint=f"write it like Control+F9; modifiers are {', '.join(sorted(MODIFIERS))}",
            )
        return cls(frozenset(modifiers), key)

    def completed_by(self, key: str, held: frozenset[str]) -> bool:
        """Whether pressing `key` while `held` modifiers are down is this chord."""
        return key.casefold() == self.key.casefold() and held == self.modifiers

    def __str__(self) -> str:
        return "+".join([*sorted(self.modifiers), self.key])


@dataclass(frozen=True, slots=True)
class RecorderOptions:
    """How to record.

    Attributes:
        max_fps: Look at the screen at most so often in a second.
        checkpoint_key: Notes that the object under the pointer is expected to be there.
        secret_key: Begins and ends the typing of a secret.
        secret_names: Names of the secrets in the order of their typing; `SECRET_1`, ... beyond.
    """

    max_fps: float = 30.0
    checkpoint_key: HotKey = field(default_factory=lambda: HotKey.parse("Control+F9"))
    secret_key: HotKey = field(default_factory=lambda: HotKey.parse("Control+F10"))
    secret_names: tuple[str, ...] = ()

    def secret_name(self, number: int) -> str:
        """Name of the secret typed as the `number`th, from 0."""
        names = self.secret_names
        return names[number] if number < len(names) else f"SECRET_{number + 1}"
