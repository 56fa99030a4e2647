import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vistest.core.errors import FormatError, UnsupportedVersion
from vistest.core.geometry import Rect, Screen, Size
from vistest.core.scene import ELEMENT_CLASSES, Scene, UiElement
from vistest.script import load_script, save_script
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
    SceneReference,
    Script,
    ScrollStep,
    Step,
    SwipeStep,
    TapStep,
    Target,
    TypeStep,
)
from vistest.script.nodes import parse
from vistest.script.reading import read_script
from vistest.script.targets import SceneStore
from vistest.script.writing import written_script

SCREEN = Screen(Size(1280, 800), 1.5)


def scene(text: str = "7") -> Scene:
    look = np.linspace(-1, 1, 64, dtype=np.float32)
    return Scene(
        (
            UiElement(
                "button", Rect(10, 20, 60, 50), 0.91, text, True, look / np.linalg.norm(look)
            ),
            UiElement("icon", Rect(100.25, 20, 160, 50), 0.5),
        ),
        SCREEN,
    )


def recorded(index: int = 0, grip: tuple[float, float] = (0.5, 0.5)) -> Target:
    reference = SceneReference(scene(), index, "scenes/003.json", grip)
    return Target("7", "button", {}, reference, "pictures/003.png")


def steps_of(script: Script) -> list[Step]:
    return [replace(step, line=0, source="") for step in script.steps]


def through_yaml(script: Script) -> Script:
    text = written_script(script)
    return read_script(parse(text, "script.yaml"), text, SceneStore(Path()), "other name")


def test_a_recorded_script_comes_back_from_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "sum.vistest"
    script = Script(
        "Sum",
        (Step(TapStep(recorded(grip=(0.25, 0.75)))), Step(TypeStep("8"))),
        ("galculator",),
        RecordedOn("linux", "x11", SCREEN),
    )
    save_script(script, folder, {"pictures/003.png": b"png"})
    read = load_script(folder)
    assert (read.name, read.app, read.recorded_on) == (script.name, script.app, script.recorded_on)
    target = read.steps[0].action.target
    assert (target.text, target.cls, target.picture) == ("7", "button", "pictures/003.png")
    assert target.recorded.grip == (0.25, 0.75)
    first, second = target.recorded.scene.elements
    assert (first.cls, first.box, first.score, first.text) == (
        "button",
        Rect(10, 20, 60, 50),
        0.91,
        "7",
    )
    assert first.clickable
    assert not second.clickable
    assert target.recorded.scene.screen == SCREEN
    np.testing.assert_allclose(first.appearance, scene().elements[0].appearance, atol=1e-3)
    assert second.appearance is None
    assert second.box == Rect(100.25, 20, 160, 50)
    assert (folder / "pictures/003.png").read_bytes() == b"png"


def test_steps_on_one_scene_share_it(tmp_path: Path) -> None:
    script = Script("Sum", (Step(TapStep(recorded(0))), Step(TapStep(recorded(1)))))
    save_script(script, tmp_path)
    one, two = (step.action.target.recorded for step in load_script(tmp_path).steps)
    assert one.scene is two.scene


def test_the_written_form_is_one_line_a_step() -> None:
    script = Script(
        "Sum",
        (
            Step(TapStep(recorded())),
            Step(TapStep(Target("Save"), count=2), timeout_s=5),
            Step(ExpectStep(Target("Error", "text"), absent=True)),
            Step(KeyStep(("Control", "s"))),
            Step(TypeStep(secret="SHOP_PASSWORD")),  # noqa: S106
        ),
        ("galculator",),
    )
    assert written_script(script) == (
        "version: 1\n"
        'name: "Sum"\n'
        'app: "galculator"\n'
        "steps:\n"
        '  - tap: {button: "7", scene: scenes/003.json#0, picture: pictures/003.png}\n'
        '  - double_tap: "Save"\n'
        "    timeout: 5\n"
        '  - expect_absent: {class: text, text: "Error"}\n'
        "  - key: Control+s\n"
        "  - type: {secret: SHOP_PASSWORD}\n"
    )


HOSTILE = [
    "<script>alert(1)</script>",
    "\x00\x07\x1b[31m\x7f\x85\u2028\u2029\ufeff",
    "\u202etxt.exe\u2066",
    "שלום مرحبا",
    "👩‍👩‍👧 🇩🇪 \U0010ffff",
    "\ud800 alone",
    "- a: b # c\n\t'\"\\{}[]&*!|>%@`",
    "x" * 10_000,
    " yes ",
    "# no comment",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_exactly(tmp_path: Path, text: str) -> None:
    target = Target(text, "button", {"below": text})
    save_script(Script(text, (Step(TapStep(target)), Step(TypeStep(text)))), tmp_path)
    read = load_script(tmp_path)
    assert read.name == text
    assert [step.action for step in read.steps] == [TapStep(target), TypeStep(text)]


def test_what_steers_a_terminal_or_an_editor_is_not_in_the_file(tmp_path: Path) -> None:
    save_script(Script("".join(HOSTILE), ()), tmp_path)
    content = (tmp_path / "script.yaml").read_text()
    assert not {"\x1b", "\u202e", "\u2066", "\u2028", "\ufeff"}.intersection(content)


TEXT = st.text(min_size=1, max_size=12) | st.sampled_from([one for one in HOSTILE if len(one) < 99])
NUMBER = st.floats(0.01, 5000, allow_nan=False)
TARGET = st.builds(
    Target,
    TEXT,
    st.none() | st.sampled_from(ELEMENT_CLASSES),
    st.dictionaries(st.sampled_from(["below", "inside", "near"]), TEXT, max_size=2),
) | st.builds(Target, st.just(""), st.sampled_from(ELEMENT_CLASSES))
PATH = st.lists(
    st.builds(PathPoint, st.integers(0, 9000), st.integers(-900, 900), st.integers(-900, 900)),
    min_size=2,
    max_size=4,
).map(tuple)
ON = st.none() | TARGET
BUTTON = st.sampled_from(["left", "middle", "right"])
DIRECTION = st.sampled_from(["up", "down", "left", "right"])
ACTION: st.SearchStrategy[Action] = st.one_of(
    st.builds(TapStep, TARGET, st.integers(1, 5), BUTTON),
    st.builds(LongPressStep, TARGET, NUMBER),
    st.builds(DragStep, TARGET, TARGET, PATH | st.just(()), BUTTON),
    st.builds(DragStep, TARGET, st.none(), PATH),
    st.builds(SwipeStep, DIRECTION, ON, st.floats(0, 1), NUMBER),
    st.builds(ScrollStep, st.integers(1, 99), st.integers(-99, 99), ON),
    st.builds(PinchStep, st.floats(0.1, 10), ON, NUMBER),
    st.builds(HoverStep, TARGET),
    st.builds(TypeStep, TEXT),
    st.builds(TypeStep, st.just(""), TEXT),
    st.builds(KeyStep, st.lists(TEXT, min_size=1, max_size=3).map(tuple)),
    st.builds(ExpectStep, TARGET, st.booleans()),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.builds(Step, ACTION, st.none() | NUMBER), max_size=4),
    st.lists(TEXT, max_size=3),
    TEXT,
)
def test_any_script_comes_back_from_its_text(steps: list[Step], app: list[str], name: str) -> None:
    script = Script(name, tuple(steps), tuple(app))
    read = through_yaml(script)
    assert (read.name, read.app, steps_of(read)) == (name, tuple(app), steps)


@pytest.mark.parametrize(
    "path", ["../x.json", "/etc/passwd", "C:/x.json", "a/../../x.json", "..\\x.json"]
)
def test_a_scene_outside_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / "a.yaml").write_text(f"version: 1\nsteps:\n  - tap: {{scene: '{path}#0'}}\n")
    with pytest.raises(FormatError, match=r"does not stay inside its folder at line 3, column"):
        load_script(tmp_path / "a.yaml")
    outside = SceneReference(scene(), 0, path)
    with pytest.raises(FormatError):
        save_script(Script("a", (Step(TapStep(Target(recorded=outside))),)), tmp_path / "b")


def test_a_picture_outside_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("version: 1\nsteps:\n  - tap: {text: a, picture: ../p.png}\n")
    with pytest.raises(FormatError, match="does not stay inside"):
        load_script(tmp_path / "a.yaml")
    with pytest.raises(FormatError, match="does not stay inside"):
        save_script(Script("a", ()), tmp_path / "b", {"../p.png": b""})


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("{}")
    folder = tmp_path / "a.vistest"
    folder.mkdir()
    (folder / "scenes").symlink_to(tmp_path)
    (folder / "script.yaml").write_text(
        "version: 1\nsteps:\n  - tap: {scene: scenes/secret.json#0}\n"
    )
    with pytest.raises(FormatError, match="symbolic link"):
        load_script(folder)


def write_scene(folder: Path, content: object) -> Path:
    (folder / "s.json").write_text(content if isinstance(content, str) else json.dumps(content))
    (folder / "a.yaml").write_text("version: 1\nsteps:\n  - tap: {scene: s.json#0}\n")
    return folder / "a.yaml"


ELEMENT = {"class": "icon", "box": [0, 0, 1, 1], "score": 1, "text": "", "clickable": True}
SCENE = {"version": 1, "size": {"width": 9, "height": 9}, "density": 1, "elements": [ELEMENT]}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[" * 100_000,
        [],
        {"version": 1},
        {**SCENE, "version": "1"},
        {**SCENE, "elements": []},
        {**SCENE, "size": {"width": 0, "height": 9}},
        {**SCENE, "elements": [{**ELEMENT, "class": "window"}]},
        {**SCENE, "elements": [{**ELEMENT, "box": [5, 0, 1, 1]}]},
        {**SCENE, "elements": [{**ELEMENT, "box": [0, 0, 1e999, 1]}]},
        {**SCENE, "elements": [{**ELEMENT, "text": 7}]},
        {**SCENE, "elements": [{**ELEMENT, "appearance": "f16:!"}]},
        {**SCENE, "elements": [{**ELEMENT, "appearance": "f16:AA=="}]},
        {**SCENE, "elements": [{**ELEMENT, "appearance": "pickle:AAAA"}]},
        {**SCENE, "elements": [{**ELEMENT, "appearance": [[1]]}]},
    ],
)
def test_a_damaged_scene_is_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(FormatError):
        load_script(write_scene(tmp_path, content))


def test_appearance_may_be_float32_or_a_list(tmp_path: Path) -> None:
    single = {**ELEMENT, "appearance": "f32:AACAPwAAAAA="}
    listed = {**ELEMENT, "appearance": [1, 0]}
    path = write_scene(tmp_path, {**SCENE, "elements": [single, listed]})
    found = load_script(path).steps[0].action.target.recorded.scene.elements
    assert [element.appearance.tolist() for element in found] == [[1, 0], [1, 0]]
    assert all(element.appearance.dtype == np.float32 for element in found)


def test_a_scene_of_a_newer_vistest_asks_for_an_update(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedVersion):
        load_script(write_scene(tmp_path, {**SCENE, "version": 2}))


def test_a_missing_scene_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("version: 1\nsteps:\n  - tap: {scene: scenes/9.json#0}\n")
    with pytest.raises(FormatError, match="cannot be read"):
        load_script(tmp_path / "a.yaml")
