"""From a recording on disk to a script on disk, with a parser that knows the pictures by colour."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from vistest.codegen import Remark, build_script
from vistest.core.errors import VistestError
from vistest.core.events import KeyEvent, Mark, PointerEvent, ScreenChanged, WheelEvent
from vistest.core.geometry import Screen, Size
from vistest.recording import Recording
from vistest.script import load_script
from vistest.script.model import (
    DragStep,
    ExpectStep,
    KeyStep,
    ScrollStep,
    SwipeStep,
    TapStep,
    TypeStep,
)

if TYPE_CHECKING:
    from pathlib import Path

    from vistest.core.frame import Frame
    from vistest.core.scene import Scene
    from vistest.script.model import Script


@dataclass
class ColourParser:
    """Knows the scene of a frame by its grey in the corner."""

    scenes: dict[int, Scene]
    parsed: list[float] = field(default_factory=list)

    def parse(self, frame: Frame) -> Scene:
        self.parsed.append(frame.time_ms)
        grey = int(frame.pixels[0, 0, 0])
        nearest = min(self.scenes, key=lambda known: abs(known - grey))
        return self.scenes[nearest]


@dataclass
class Session:
    """A recording on its way to a script."""

    writer: object
    parser: ColourParser
    folder: Path
    remarks: list[Remark] = field(default_factory=list)

    def build(self, **options) -> Script:
        self.writer.close(99_000)
        recording = Recording.open(self.writer.path)
        return build_script(
            recording, self.parser, self.folder, on_remark=self.remarks.append, **options
        )

    def click(self, ms: float, place) -> None:
        self.writer.write_entry(PointerEvent(ms, "down", place))
        self.writer.write_entry(PointerEvent(ms + 50, "up", place))

    def type(self, ms: float, text: str) -> None:
        for index, character in enumerate(text):
            self.writer.write_entry(KeyEvent(ms + index, "down", character, character))
            self.writer.write_entry(KeyEvent(ms + index, "up", character))


@pytest.fixture
def session(writer, element, scene, tmp_path) -> Session:
    first = scene(
        element("button", (50, 50, 150, 90), "Next"),
        element("button", (200, 50, 300, 90), "OK"),
        element("button", (200, 150, 300, 190), "OK"),
        element("slider", (50, 200, 250, 220)),
        element("text", (50, 250, 120, 265), "Volume"),
    )
    second = scene(element("button", (50, 50, 150, 90), "Back"))
    return Session(writer, ColourParser({230: first, 60: second}), tmp_path / "session.vistest")


def test_a_tap_is_bound_to_the_frame_before_the_press_changed_it(session, picture, at) -> None:
    session.writer.write_frame(picture(230, time_ms=1000))
    session.click(1500, at(100, 70))
    session.writer.write_frame(picture(60, time_ms=1503))
    session.click(2500, at(100, 70))
    script = session.build()
    assert [(s.action.target.cls, s.action.target.text) for s in script.steps] == [
        ("button", "Next"),
        ("button", "Back"),
    ]


def test_the_script_is_on_disk_with_scenes_and_pictures_and_needs_no_recording(
    session, picture, at
) -> None:
    session.writer.write_frame(picture(230, time_ms=1000))
    session.click(1500, at(100, 70))
    session.click(2500, at(250, 60))
    written = session.build(name="Two taps")
    for file in sorted(session.writer.path.rglob("*"), reverse=True):
        file.unlink()
    script = load_script(session.folder)
    assert (script.name, script.app, len(script.steps)) == ("Two taps", ("app",), 2)
    assert script.recorded_on == written.recorded_on
    first, second = (step.action.target for step in script.steps)
    assert first.recorded.path == second.recorded.path == "scenes/001.json"
    assert (first.recorded.index, second.recorded.index) == (0, 1)
    assert (session.folder / first.picture).read_bytes().startswith(b"\x89PNG")
    assert len(session.parser.parsed) == 1


def test_a_text_that_two_objects_share_names_neither(session, picture, at) -> None:
    session.writer.write_frame(picture(230, time_ms=1000))
    session.click(1500, at(250, 70))
    [step] = session.build().steps
    assert isinstance(step.action, TapStep)
    assert (step.action.target.text, step.action.target.cls) == ("", "button")


def test_typing_chords_secrets_and_check_points(session, picture, at) -> None:
    session.writer.write_frame(picture(230, time_ms=1000))
    session.type(1100, "Ann")
    session.writer.write_entry(KeyEvent(1200, "down", "Enter", "\r"))
    session.writer.write_entry(KeyEvent(1210, "up", "Enter"))
    session.writer.write_entry(Mark(1300, "secret_begin", name="PIN"))
    session.writer.write_entry(Mark(1400, "secret_end"))
    session.writer.write_entry(Mark(1500, "checkpoint", at(80, 255)))
    actions = [step.action for step in session.build().steps]
    assert actions[:3] == [TypeStep(text="Ann"), KeyStep(("Enter",)), TypeStep("", "PIN")]
    assert isinstance(actions[3], ExpectStep)
    assert (actions[3].target.text, actions[3].target.cls) == ("Volume", None)


def drag(session: Session, at, ends: tuple, kind: str = "mouse", ms: float = 1500) -> None:
    (x0, y0), (x1, y1) = ends
    session.writer.write_entry(PointerEvent(ms, "down", at(x0, y0), kind))
    for share in (0.25, 0.5, 0.75, 1.0):
        place = at(x0 + share * (x1 - x0), y0 + share * (y1 - y0))
        session.writer.write_entry(PointerEvent(ms + 200 * share, "move", place, kind))
    session.writer.write_entry(PointerEvent(ms + 200, "up", at(x1, y1), kind))


def test_a_drag_onto_another_object_names_it_and_keeps_the_timing(session, picture, at) -> None:
    session.writer.write_frame(picture(230, time_ms=1000))
    drag(session, at, ((100, 70), (250, 170)))
    [step] = session.build().steps
    assert isinstance(step.action, DragStep)
    assert step.action.target.text == "Next"
    assert step.action.to.recorded.index == 2
    assert step.action.path[-1].after_ms == 200


def test_a_drag_into_the_void_keeps_its_path_only(session, picture, at) -> None:
    session.writer.write_frame(picture(230, time_ms=1000))
    drag(session, at, ((100, 70), (180, 130)))
    [step] = session.build().steps
    assert step.action.to is None
    assert (step.action.path[-1].dx_dp, step.action.path[-1].dy_dp) == (80, 60)


@pytest.mark.parametrize("kind", ["mouse", "touch"])
def test_a_slider_is_dragged_between_places_on_it(session, picture, at, kind: str) -> None:
    session.writer.write_frame(picture(230, time_ms=1000))
    drag(session, at, ((70, 210), (200, 212)), kind)
    [step] = session.build().steps
    assert isinstance(step.action, DragStep)
    assert step.action.target.recorded.grip == (0.1, 0.5)
    assert step.action.to.recorded.grip == (0.75, 0.6)


def test_a_flick_over_a_slider_scrolls_when_it_goes_across(session, picture, at) -> None:
    session.writer.write_frame(picture(230, time_ms=1000))
    drag(session, at, ((180, 200), (180, 100)), "touch")
    [step] = session.build().steps
    assert step.action == SwipeStep("up", None, 0.333, 200)


def test_the_wheel_in_the_middle_has_no_target_and_over_a_slider_it_has(
    session, picture, at
) -> None:
    session.writer.write_frame(picture(230, time_ms=1000))
    session.writer.write_entry(WheelEvent(1500, at(180, 130), dy=2))
    session.writer.write_entry(WheelEvent(2500, at(180, 210), dy=-1))
    middle, slider = (step.action for step in session.build().steps)
    assert middle == ScrollStep(0, 2)
    assert slider.target.cls == "slider"


def test_what_is_not_in_the_script_is_said(session, picture, at) -> None:
    session.click(1100, at(100, 70))
    session.writer.write_frame(picture(230, time_ms=1200))
    session.writer.write_entry(PointerEvent(1300, "up", at(5, 5)))
    session.click(1500, at(370, 280))
    session.build()
    lost = [remark.text for remark in session.remarks if remark.lost]
    assert len(lost) == 2
    assert "no frame" in lost[1]
    assert "released without a press" in lost[0]
    assert [(r.time_ms, r.text) for r in session.remarks if not r.lost] == [
        (500, "nothing was to be seen under the pointer")
    ]


def test_a_touch_on_a_turned_screen_is_not_bound_to_the_old_picture(session, picture, at) -> None:
    session.writer.write_frame(picture(230, time_ms=1000))
    session.click(1100, at(100, 70))
    turned = Screen(Size(300, 400))
    session.writer.write_entry(ScreenChanged(1200, turned))
    place = type(at(0, 0))(at(100, 70).point, turned)
    session.click(1300, place)
    assert len(session.build().steps) == 1
    assert [r.text for r in session.remarks if r.lost] == [
        "left out: the picture is 400x300, the screen was 300x400"
    ]


def test_the_script_ends_where_the_video_is_damaged(session, picture, at) -> None:
    session.writer.write_frame(picture(230, time_ms=1000))
    session.click(1100, at(100, 70))
    session.writer.write_frame(picture(60, time_ms=1200))
    session.click(1300, at(100, 70))
    session.type(1500, "lost")
    session.writer.close(99_000)
    frames = session.writer.path / "frames.jsonl"
    lines = [json.loads(line) for line in frames.read_text().splitlines()]
    for video in session.writer.path.glob("*.mkv"):
        video.write_bytes(video.read_bytes()[:-40])
    assert len(lines) >= 2
    script = session.build()
    assert [step.action.target.text for step in script.steps] == ["Next"]
    assert any("the script ends here" in r.text and r.lost for r in session.remarks)


def test_a_script_is_replaced_only_on_request_and_other_files_stay(session, picture, at) -> None:
    session.writer.write_frame(picture(230, time_ms=1000))
    session.click(1500, at(100, 70))
    session.build()
    with pytest.raises(VistestError, match="exists already"):
        session.build()
    (session.folder / "pictures" / "holiday.png").write_bytes(b"mine")
    (session.folder / "pictures" / "777.png").write_bytes(b"old")
    session.build(overwrite=True)
    left = sorted(file.name for file in (session.folder / "pictures").iterdir())
    assert left == ["001.png", "holiday.png"]


def test_a_folder_that_is_no_script_is_never_touched(session, picture, at) -> None:
    session.writer.write_frame(picture(230, time_ms=1000))
    session.click(1500, at(100, 70))
    session.folder.mkdir()
    (session.folder / "notes.txt").write_text("mine")
    with pytest.raises(VistestError, match="not a script"):
        session.build(overwrite=True)


def test_a_recording_without_interactions_says_so(session, picture) -> None:
    session.writer.write_frame(picture(230, time_ms=1000))
    with pytest.raises(VistestError, match="nothing that can become a step"):
        session.build()
    assert not session.folder.exists()


def test_progress_counts_interactions(session, picture, at) -> None:
    session.writer.write_frame(picture(230, time_ms=1000))
    session.click(1500, at(100, 70))
    session.click(2500, at(250, 70))
    seen: list[tuple[int, int]] = []
    session.build(on_progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 2), (1, 2), (2, 2)]
