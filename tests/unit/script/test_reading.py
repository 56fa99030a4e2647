import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vistest.core.errors import FormatError, UnsupportedVersion
from vistest.core.geometry import Screen, Size
from vistest.script import load_script
from vistest.script.model import (
    Action,
    DragStep,
    ExpectStep,
    HoverStep,
    KeyStep,
    LongPressStep,
    PathPoint,
    PinchStep,
    RecordedOn,
    ScrollStep,
    SwipeStep,
    TapStep,
    Target,
    TypeStep,
)
from vistest.script.writing import written_script


def script(folder: Path, text: str) -> Path:
    path = folder / "login.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def action(folder: Path, step: str) -> Action:
    (only,) = load_script(script(folder, f"version: 1\nsteps:\n  - {step}\n")).steps
    return only.action


SAVE = Target("Save")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tap: Save", TapStep(SAVE)),
        ("tap: {text: Save}", TapStep(SAVE)),
        ("tap: {button: Save, below: Name}", TapStep(Target("Save", "button", {"below": "Name"}))),
        ("tap: {class: button, text: Save}", TapStep(Target("Save", "button"))),
        ("tap: {class: text, text: Save}", TapStep(Target("Save", "text"))),
        ("tap: {class: slider, inside: Sound}", TapStep(Target("", "slider", {"inside": "Sound"}))),
        ("double tap: Save", TapStep(SAVE, 2)),
        ("double_tap: Save", TapStep(SAVE, 2)),
        ("tap: Save\n    mouse: right\n    count: 3", TapStep(SAVE, 3, "right")),
        ("long_press: Save", LongPressStep(SAVE)),
        ("long press: Save\n    duration_ms: 1500", LongPressStep(SAVE, 1500)),
        ("drag: {from: Save, to: {icon: Bin}}", DragStep(SAVE, Target("Bin", "icon"))),
        (
            "drag: {from: Save, path: [[0, 0, 0], [90, 4.5, -2]]}",
            DragStep(SAVE, None, (PathPoint(0, 0, 0), PathPoint(90, 4.5, -2))),
        ),
        ("swipe: up", SwipeStep("up")),
        (
            "swipe: {direction: left, on: Save, fraction: .25, duration_ms: 90}",
            SwipeStep("left", SAVE, 0.25, 90),
        ),
        ("scroll: {dy: 3, on: Save}", ScrollStep(0, 3, SAVE)),
        ("scroll: {dx: -2}", ScrollStep(-2, 0)),
        ("pinch: 2", PinchStep(2)),
        ("pinch: {scale: 0.5, on: Save}", PinchStep(0.5, SAVE)),
        ("hover: Save", HoverStep(SAVE)),
        ("type: hello", TypeStep("hello")),
        ("type: {text: hello}", TypeStep("hello")),
        ("type: {secret: SHOP_PASSWORD}", TypeStep(secret="SHOP_PASSWORD")),  # noqa: S106
        ("type: |\n      two\n      lines", TypeStep("two\nlines\n")),
        ("key: ctrl+s", KeyStep(("Control", "s"))),
        ("expect: Save", ExpectStep(SAVE)),
        ("expect: {absent: Save}", ExpectStep(SAVE, absent=True)),
        ("expect_absent: {text: Save}", ExpectStep(SAVE, absent=True)),
    ],
)
def test_a_step_is_read_in_each_of_its_forms(tmp_path: Path, written: str, meant: Action) -> None:
    assert action(tmp_path, written) == meant


@pytest.mark.parametrize(
    "text", ["7", "yes", "on", "null", "~", "012", "1e3", "2026-11-24", "1:30"]
)
def test_text_means_the_characters_as_written(tmp_path: Path, text: str) -> None:
    assert action(tmp_path, f"tap: {text}") == TapStep(Target(text))
    assert action(tmp_path, f"type: {text}") == TypeStep(text)


def test_a_step_knows_its_deadline_line_and_source(tmp_path: Path) -> None:
    path = script(
        tmp_path,
        "version: 1\nsteps:\n  # sign in\n  - tap: Save  # now\n    timeout: 2.5\n  - key: Enter\n",
    )
    first, second = load_script(path).steps
    assert (first.timeout_s, first.line) == (2.5, 4)
    assert first.source == "tap: Save  # now\ntimeout: 2.5"
    assert (second.timeout_s, second.line, second.source) == (None, 6, "key: Enter")


def test_the_head_of_a_script(tmp_path: Path) -> None:
    path = script(
        tmp_path,
        "version: 1\nname: Sums\napp: gedit --new 'my file'\nsteps: []\n"
        "recorded_on: {platform: linux, backend: x11, screen: 1280x800, density: 2}\n",
    )
    read = load_script(path)
    assert (read.name, read.app) == ("Sums", ("gedit", "--new", "my file"))
    assert read.path == str(path)
    assert read.recorded_on == RecordedOn("linux", "x11", Screen(Size(1280, 800), 2))


def test_answers_to_dialogs_of_the_system(tmp_path: Path) -> None:
    path = script(tmp_path, "version: 1\nsystem_dialogs: {permission: Allow}\nsteps: []\n")
    read = load_script(path)
    assert read.system_dialogs == {"permission": "Allow"}
    assert 'system_dialogs: {permission: "Allow"}' in written_script(read)
    unknown = script(tmp_path, "version: 1\nsystem_dialogs: {update: No}\nsteps: []\n")
    with pytest.raises(FormatError, match="update"):
        load_script(unknown)


def test_a_script_without_a_name_is_called_like_its_file_or_folder(tmp_path: Path) -> None:
    assert load_script(script(tmp_path, "version: 1\nsteps: []\n")).name == "login"
    folder = tmp_path / "shop.vistest"
    folder.mkdir()
    (folder / "script.yaml").write_text("version: 1\nsteps: []\n")
    assert load_script(folder).name == "shop"


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    read = load_script(script(tmp_path, "\ufeffversion: 1\r\nsteps:\r\n  - tap: Save\r\n"))
    assert read.steps[0].action == TapStep(SAVE)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("tap: {buton: Save}", "unknown key 'buton' at line 3, column 11; did you mean 'button'?"),
        ("tpa: Save", "unknown key 'tpa' at line 3, column 5; did you mean 'tap'?"),
        ("tap: Save\n    timout: 5", "unknown key 'timout' at line 4, column 5; did you mean 'tim"),
        ("tap: Save\n    type: x", "one step holds tap and type at line 4, column 5"),
        ("tap: Save\n    duration_ms: 5", "unknown key 'duration_ms' at line 4"),
        ("tap: {button: Save, button: Go}", "'button' stands here a second time at line 3"),
        ("tap: {button: Save, icon: Go}", "one class only at line 3, column 25"),
        ("tap: {class: buton}", "unknown class 'buton' at line 3, column 18; did you mean 'but"),
        ("tap: {button: Save, text: Go}", "the text stands after 'button' already"),
        ("tap: {}", "says nothing about the object at line 3, column 10"),
        ("tap: ''", "the target is empty at line 3, column 10"),
        ("tap:", "the target is empty at line 3, column 5"),
        ("tap: [Save]", "a target must be keys and values"),
        ("tap: {button: {text: Save}}", "the text after 'button' must be text at line 3"),
        ("tap: Save\n    timeout: soon", "timeout must be a number from 0 to 86400 at line 4"),
        ("tap: Save\n    timeout: .inf", "timeout must be a number"),
        ("tap: Save\n    count: 1.5", "count must be a whole number"),
        ("tap: Save\n    mouse: rigth", "did you mean 'right'?"),
        ("tap: {grip: [0.5, 0.5], text: a}", "a grip needs a scene"),
        ("drag: {from: A}", "a drag needs 'to'"),
        ("drag: {to: A}", "a drag needs 'from'"),
        ("drag: {from: A, path: [[0, 0, 0], [0, 0]]}", "a point of a path is"),
        ("swipe: upp", "unknown direction 'upp' at line 3, column 12; did you mean 'up'?"),
        ("scroll: {dy: 0}", "a scroll needs 'dy' or 'dx' other than 0"),
        ("pinch: 0", "the scale must be a number from 0.01 to 100"),
        ("type: {secret: A, text: b}", "type needs either 'text' or 'secret'"),
        ("key: contrl+s", "unknown key name 'contrl' at line 3, column 10; did you mean 'control'"),
        ("key: []", "the list of keys is empty"),
        ("timeout: 5", "the step does nothing"),
        ("Save", "a step must be keys and values"),
    ],
)
def test_a_mistake_is_said_with_its_place(tmp_path: Path, written: str, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        action(tmp_path, written)
    assert message in str(caught.value)
    assert "login.yaml" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("steps: []", "no 'version'"),
        ("version: one\nsteps: []", "the version must be a number"),
        ("version: 1", "the script has no steps"),
        ("version: 1\nsteps: Save", "the steps must be a list at line 2, column 8"),
        ("version: 1\nstep: []", "unknown key 'step' at line 2, column 1; did you mean 'steps'?"),
        ("version: 1\nsteps:\n\t- tap: Save", "at line 3, column 1"),
        ("version: 1\nsteps:\n  - tap: a: b", "not valid YAML"),
        (
            'version: 1\nsteps:\n  - tap: "a\x1b"',
            "character U+001B must not stand in YAML at line 3",
        ),
        ("version: 1\nsteps: []\n---\nversion: 1", "a second document begins at line 3"),
        ('version: 1\nsteps: []\napp: "\'"', "the command cannot be split"),
        ("version: 1\nsteps: []\nrecorded_on: {platform: linux}", "recorded_on lacks 'backend'"),
    ],
)
def test_a_file_that_is_no_script_is_refused(tmp_path: Path, text: str, message: str) -> None:
    if "no steps" in message or "no 'version'" in message:
        text += "\n"
    with pytest.raises(FormatError) as caught:
        load_script(script(tmp_path, text))
    assert message in str(caught.value) + caught.value.hint


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
        "version: 1\nsteps: " + "[" * 100_000,
        "version: 1\nsteps: " + "{a: " * 5_000,
        "version: 1\nsteps: !!python/object/apply:os.system ['true']",
        "x" * (4 * 1024 * 1024 + 1),
    ],
)
def test_yaml_that_could_harm_is_refused(tmp_path: Path, bomb: str) -> None:
    with pytest.raises(FormatError):
        load_script(script(tmp_path, bomb))


def test_bytes_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "login.yaml").write_bytes(b"version: 1\nname: \xff\xfe\nsteps: []\n")
    with pytest.raises(FormatError, match="UTF-8"):
        load_script(tmp_path / "login.yaml")


def test_a_missing_script_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="there is no script at"):
        load_script(tmp_path / "nothing")


def test_a_script_of_a_newer_vistest_asks_for_an_update(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedVersion) as caught:
        load_script(script(tmp_path, "version: 2\nwhatever: 1\n"))
    assert "please update" in caught.value.hint


PIECES = [
    "version: 1\n", "steps:\n", "  - ", "tap: ", "type: ", "key: ", "drag: ", "swipe: ", "{", "}",
    "[", "]", ": ", ", ", "\n", "    ", "'", '"', "|\n", ">-\n", "? ", "!", "&a ", "*a", "# c\n",
    "\t", "text", "scene: x#1", "timeout: 5\n", "---\n", "...\n", "%YAML 1.1\n", "\\x", "\ufeff",
    "\r\n", "\u2028", "<<: ", "0x1F", "~", "-",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=25).map("".join))
def test_any_text_is_a_script_or_is_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(f"version: 1\nsteps:\n{text}".encode("utf-8", "surrogatepass"))
    with contextlib.suppress(FormatError):
        load_script(file)
