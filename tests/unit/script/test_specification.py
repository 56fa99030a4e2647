"""The examples of replayer/SCRIPT.md, the schema for editors and the samples of old versions."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from vistest.core.errors import FormatError
from vistest.core.geometry import Rect, Screen, Size
from vistest.core.scene import ELEMENT_CLASSES, Scene, UiElement
from vistest.script import SCHEMA_FILE, load_script
from vistest.script.actions import ACTIONS, STEP_OPTIONS
from vistest.script.scenes import save_scene
from vistest.script.targets import TARGET_KEYS
from vistest.script.writing import written_script

ROOT = Path(__file__).parents[3]
SPECIFICATION = (ROOT / "replayer/SCRIPT.md").read_text()
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", SPECIFICATION, re.DOTALL | re.MULTILINE)
SAMPLES = sorted((ROOT / "tests/data/script").iterdir())
SCHEMA = json.loads(SCHEMA_FILE.read_text())


def fits(text: str) -> bool:
    return Draft202012Validator(SCHEMA).is_valid(YAML(typ="safe", pure=True).load(text))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    elements = (UiElement("button", Rect(0, 0, 9, 9)), UiElement("slider", Rect(0, 9, 9, 18)))
    (tmp_path / "scenes").mkdir()
    save_scene(Scene(elements, Screen(Size(1280, 800))), tmp_path / "scenes/001.json")
    return tmp_path


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_read_and_fits_the_schema(folder: Path, example: str) -> None:
    (folder / "script.yaml").write_text(example)
    assert load_script(folder).steps
    assert fits(example)


def test_the_canonical_example_is_what_vistest_writes(folder: Path) -> None:
    (folder / "script.yaml").write_text(EXAMPLES[-1])
    assert written_script(load_script(folder)) == EXAMPLES[-1]


def test_every_example_written_anew_fits_the_schema(folder: Path) -> None:
    for example in EXAMPLES:
        (folder / "script.yaml").write_text(example)
        assert fits(written_script(load_script(folder)))


def test_there_is_an_example_of_every_action_and_class() -> None:
    missing = [name for name in ACTIONS if f"- {name}:" not in "".join(EXAMPLES)]
    assert not missing
    assert all(f"`{name}`" in SPECIFICATION for name in ELEMENT_CLASSES)


def test_the_schema_knows_the_keys_that_the_reader_knows() -> None:
    step = set(SCHEMA["$defs"]["step"]["properties"])
    options = {option for options in STEP_OPTIONS.values() for option in options}
    assert step - {"timeout"} - options - {"double tap", "long press"} == set(ACTIONS)
    assert options < step
    assert set(SCHEMA["$defs"]["described"]["properties"]) == set(TARGET_KEYS)
    assert SCHEMA["$defs"]["described"]["properties"]["class"]["enum"] == list(ELEMENT_CLASSES)


@pytest.mark.parametrize(
    "step",
    [
        "tap: {buton: Save}",
        "tap: {}",
        "tpa: Save",
        "tap: Save\n    type: x",
        "tap: Save\n    duration_ms: 5",
        "hover: Save\n    count: 2",
        "tap: {grip: [0.5, 0.5], text: a}",
        "drag: {from: A}",
        "swipe: upp",
        "scroll: {}",
        "pinch: 0",
        "type: {secret: A, text: b}",
        "key: []",
        "timeout: 5",
        "tap: Save\n    timeout: soon",
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(folder: Path, step: str) -> None:
    text = f"version: 1\nsteps:\n  - {step}\n"
    (folder / "script.yaml").write_text(text)
    with pytest.raises(FormatError):
        load_script(folder)
    assert not fits(text)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_samples_of_all_versions_can_be_read(sample: Path) -> None:
    read = load_script(sample)
    assert read.name == "Add two numbers"
    assert [type(step.action).__name__ for step in read.steps] == [
        "TapStep",
        "LongPressStep",
        "DragStep",
        "SwipeStep",
        "ScrollStep",
        "PinchStep",
        "HoverStep",
        "TypeStep",
        "TypeStep",
        "KeyStep",
        "ExpectStep",
    ]
    target = read.steps[0].action.target
    assert target.recorded.scene.elements[target.recorded.index].text == "7"
    assert (sample / target.picture).is_file()
