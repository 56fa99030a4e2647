import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistest.core.errors import FormatError
from vistest.script.keys import read_chord, written_chord
from vistest.script.nodes import Place, Scalar


def chord(text: str) -> tuple[str, ...]:
    return read_chord(Scalar(text, Place("a.yaml", 1, 1), 0, len(text)))


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("Enter", ("Enter",)),
        ("esc", ("Escape",)),
        ("ctrl+s", ("Control", "s")),
        ("Ctrl+S", ("Control", "s")),
        ("ctrl + shift + S", ("Control", "Shift", "S")),
        ("cmd+space", ("Meta", " ")),
        ("ctrl++", ("Control", "+")),
        ("+", ("+",)),
        ("++a", ("+", "a")),
        ("a", ("a",)),
        ("Я", ("Я",)),
        ("alt+F4", ("Alt", "F4")),
        ("GoBack", ("GoBack",)),
        ("ArrowUp", ("ArrowUp",)),
        ("up", ("ArrowUp",)),
        (" ", (" ",)),
    ],
)
def test_chords_as_people_write_them(written: str, keys: tuple[str, ...]) -> None:
    assert chord(written) == keys


@pytest.mark.parametrize("text", ["contrl+s", "ctrl+", "ctrl++s", "ctrl+abc"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        chord(text)


KEY = st.sampled_from(["Control", "Shift", "Alt", "Enter", "ArrowUp", "F12", "Dead", " ", "+"])


@given(st.lists(KEY | st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=4))
def test_a_chord_written_in_one_word_reads_back(keys: list[str]) -> None:
    written = written_chord(keys)
    assert written is None or chord(written) == tuple(keys)


def test_white_space_that_is_no_space_is_written_as_a_list() -> None:
    assert written_chord(["\r"]) is None
