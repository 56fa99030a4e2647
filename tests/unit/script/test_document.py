from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vistest.core.errors import FormatError
from vistest.core.geometry import Rect, Screen, Size
from vistest.core.scene import Scene, UiElement
from vistest.script import ScriptDocument, load_script
from vistest.script.model import SceneReference, Target

BY_HAND = """\
# Signs in.      Keep this comment.
version:   1
name: 'Sign in'   # odd   spacing

steps:
- tap:   Sign in        # by hand
  timeout:  5
-   tap: { button: "Save" , below: Name }   # flow
- drag: {from: A, to: {text: B}}

# a block
- tap:
    # why: there are two of them
    button: Save   # the left one
    near: Name

    # not the footer
    above: Footer
- swipe: {direction: up, on: List}
- swipe: left
- type: |
    two
    lines
- expect: {absent: {text: Error}}
# the end
"""


def document(folder: Path, text: str = BY_HAND) -> ScriptDocument:
    path = folder / "a.yaml"
    path.write_bytes(text.encode())
    return ScriptDocument.load(path)


def changed(folder: Path, old: str, new: str) -> str:
    assert BY_HAND.count(old) == 1
    return BY_HAND.replace(old, new)


def test_a_document_that_is_only_saved_is_the_same_to_the_byte(tmp_path: Path) -> None:
    text = "\ufeff" + BY_HAND.replace("\n", "\r\n")
    document(tmp_path, text).save()
    assert (tmp_path / "a.yaml").read_bytes() == text.encode()


@pytest.mark.parametrize(
    ("index", "target", "old", "new"),
    [
        (0, Target("Log in"), "tap:   Sign in  ", 'tap:   "Log in"  '),
        (0, Target("Log in", "button"), "tap:   Sign in  ", 'tap:   {button: "Log in"}  '),
        (1, Target("Go", "button", {"below": "Name"}), 'button: "Save" ,', 'button: "Go" ,'),
        (1, Target("Go"), '{ button: "Save" , below: Name }', '"Go"'),
        (2, Target("C"), "from: A,", 'from: "C",'),
        (
            3,
            Target("Go", "button", {"near": "Name", "above": "Footer"}),
            "button: Save   #",
            'button: "Go"   #',
        ),
        (
            3,
            Target("Save", "button", {"above": "Footer", "inside": "Box"}),
            "    near: Name\n\n    # not the footer\n    above: Footer\n",
            '\n    # not the footer\n    above: Footer\n    inside: "Box"\n',
        ),
        (
            3,
            Target("Save", "icon", {"near": "Name", "above": "Footer"}),
            "    button: Save   # the left one\n    near: Name\n\n    # not the footer\n"
            "    above: Footer\n",
            '    near: Name\n\n    # not the footer\n    above: Footer\n    icon: "Save"\n',
        ),
        (4, Target("Rows"), "on: List", 'on: "Rows"'),
        (7, Target("Oops"), "{text: Error}", '{text: "Oops"}'),
    ],
)
def test_only_the_target_changes(
    tmp_path: Path, index: int, target: Target, old: str, new: str
) -> None:
    edited = document(tmp_path).with_target(index, target)
    assert edited.text == changed(tmp_path, old, new)
    assert edited.script.steps[index].action.target == target
    edited.save()
    assert (tmp_path / "a.yaml").read_text() == edited.text


def test_the_end_of_a_drag_changes(tmp_path: Path) -> None:
    edited = document(tmp_path).with_target(2, Target("C"), "to")
    assert edited.text == changed(tmp_path, "{text: B}", '{text: "C"}')


@pytest.mark.parametrize("index", [5, 6, 8, -1])
def test_a_step_without_a_target_cannot_be_repaired(tmp_path: Path, index: int) -> None:
    with pytest.raises(FormatError, match="has no target to change"):
        document(tmp_path).with_target(index, Target("a"))


def test_the_last_line_may_lack_its_end(tmp_path: Path) -> None:
    text = "version: 1\nsteps:\n  - tap:\n      button: Save"
    edited = document(tmp_path, text).with_target(0, Target("Save", "icon"))
    assert edited.text == 'version: 1\nsteps:\n  - tap:\n      icon: "Save"\n'


def test_a_repair_brings_its_scene_and_picture(tmp_path: Path) -> None:
    scene = Scene((UiElement("icon", Rect(0, 0, 9, 9)),), Screen(Size(90, 90)))
    target = Target(recorded=SceneReference(scene, 0, "scenes/9.json"), picture="pictures/9.png")
    document(tmp_path).with_target(0, target).save({"pictures/9.png": b"png"})
    found = load_script(tmp_path / "a.yaml").steps[0].action.target
    assert found.recorded.scene.elements[0].box == Rect(0, 0, 9, 9)
    assert (tmp_path / found.picture).read_bytes() == b"png"


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 4),
    st.text(min_size=1, max_size=20),
    st.sampled_from([None, "button", "text", "icon"]),
    st.dictionaries(st.sampled_from(["below", "near", "above"]), st.text(min_size=1, max_size=9)),
)
def test_any_repair_changes_one_step_only(
    tmp_path_factory: pytest.TempPathFactory, index: int, text: str, cls: str, near: dict[str, str]
) -> None:
    before = document(tmp_path_factory.mktemp("script"))
    target = Target(text, cls, near)
    after = before.with_target(index, target)
    assert after.script.steps[index].action.target == target
    for number, (old, new) in enumerate(zip(before.script.steps, after.script.steps, strict=True)):
        assert number == index or old.action == new.action
    comments = [line.partition("#")[2] for line in BY_HAND.splitlines() if "#" in line]
    kept = [comment for comment in comments if comment in after.text]
    assert len(comments) - len(kept) <= 1
