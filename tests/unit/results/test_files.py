import contextlib
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vistest.core.errors import FormatError, UnsupportedVersion, VistestError, WaitNote
from vistest.core.frame import Frame
from vistest.core.geometry import Point, Rect, Screen, Size
from vistest.core.scene import Candidate, Match, UiElement
from vistest.results import ResultWriter, load_results
from vistest.results.model import Artifact, Attempt, RunResult, StepResult

BEGUN = RunResult(
    script="Sum",
    device="x11::91",
    platform="linux",
    screen=Screen(Size(1280, 800), 1.5),
    started_at="2026-11-24T10:00:00+00:00",
    status="passed",
    versions=(("vistest", "0.1.0"),),
    script_path="sum.vistest",
)


def step(index: int = 0, title: str = 'tap button "7"') -> StepResult:
    key = UiElement("button", Rect(10, 20, 60.5, 50), 0.9, "7", clickable=True)
    other = UiElement("icon", Rect(100, 20, 160, 50), 0.5, "1")
    match = Match(
        "found",
        (Candidate(key, 0.93, {"text": 1.0, "class": 0.5}), Candidate(other, 0.2, {"text": 0.1})),
        0.97,
        Point(35.25, 35),
        "text and neighbours agree",
    )
    return StepResult(
        index=index,
        line=4,
        title=title,
        status="passed",
        attempts=(
            Attempt(match, Point(35.25, 35), False, (WaitNote(120.5, "2 px still move"),), 80.0),
            Attempt(elapsed_ms=3),
        ),
        flags=("tap_retried",),
        artifacts=(Artifact("before", "pictures/a.png"),),
        started_ms=100.0,
        elapsed_ms=250.25,
        own_ms=90.0,
        source='tap: {button: "7"}',
    )


def summary(one: StepResult) -> object:
    """All values of a step; elements and candidates compare by identity otherwise."""
    return json.loads(json.dumps(plain(one)))


def plain(value: object) -> object:
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def test_a_run_comes_back_with_all_it_holds(tmp_path: Path) -> None:
    with ResultWriter(tmp_path / "run", BEGUN) as writer:
        writer.add(step(0))
        writer.add(step(1))
        done = writer.finish(BEGUN)
    read = load_results(tmp_path / "run")
    assert summary(read) == summary(done)
    assert len(read.steps) == 2


def test_each_step_is_on_disk_as_soon_as_it_ended(tmp_path: Path) -> None:
    writer = ResultWriter(tmp_path, BEGUN)
    writer.add(step(0))
    read = load_results(tmp_path)
    assert [one.index for one in read.steps] == [0]
    assert (read.status, read.reason) == ("error", "the replay broke off after 1 steps")
    assert read.elapsed_ms == 350.25
    writer.close()


def test_a_line_cut_short_by_a_crash_is_left_out(tmp_path: Path) -> None:
    with ResultWriter(tmp_path, BEGUN) as writer:
        writer.add(step(0))
        writer.add(step(1))
    file = tmp_path / "results.jsonl"
    file.write_bytes(file.read_bytes()[:-40])
    assert [one.index for one in load_results(tmp_path).steps] == [0]


def test_equal_pictures_are_kept_once_and_without_loss(tmp_path: Path) -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (30, 40, 4), dtype=np.uint8)
    with ResultWriter(tmp_path, BEGUN) as writer:
        before = writer.picture("before", Frame(pixels), "0001-before")
        after = writer.picture("after", Frame(pixels.copy()), "0001-after")
    assert before == Artifact("before", "pictures/0001-before.png")
    assert after == Artifact("after", "pictures/0001-before.png")
    kept = np.frombuffer((tmp_path / before.path).read_bytes(), np.uint8)
    np.testing.assert_array_equal(cv2.imdecode(kept, cv2.IMREAD_COLOR), pixels[:, :, :3])


def test_a_file_is_attached_as_a_copy(tmp_path: Path) -> None:
    (tmp_path / "key.png").write_bytes(b"png")
    with ResultWriter(tmp_path / "run", BEGUN) as writer:
        kept = writer.attach("target", tmp_path / "key.png", "pictures/key.png")
        with pytest.raises(FormatError):
            writer.attach("target", tmp_path / "key.png", "../key.png")
    assert (tmp_path / "run" / kept.path).read_bytes() == b"png"


def test_results_are_never_overwritten(tmp_path: Path) -> None:
    ResultWriter(tmp_path, BEGUN).close()
    with pytest.raises(FormatError, match="already"):
        ResultWriter(tmp_path, BEGUN)


HOSTILE = "<script>\x1b[31m\u202e\ud800\x00👩‍👩‍👧" + "x" * 10_000


def test_hostile_text_comes_back_and_steers_no_terminal(tmp_path: Path) -> None:
    with ResultWriter(tmp_path, BEGUN) as writer:
        writer.add(step(title=HOSTILE))
    assert load_results(tmp_path).steps[0].title == HOSTILE
    assert (tmp_path / "results.jsonl").read_bytes().isascii()
    assert b"\x1b" not in (tmp_path / "results.jsonl").read_bytes()


def test_a_full_disk_is_said_in_a_sentence(tmp_path: Path) -> None:
    writer = ResultWriter(tmp_path, BEGUN)
    writer._stream.close()
    writer._stream = Path("/dev/full").open("w", encoding="ascii")  # noqa: SIM115
    with pytest.raises(VistestError, match="No space left"):
        writer.add(step())
    with pytest.raises(OSError, match="No space left"):
        writer._stream.close()
    assert load_results(tmp_path).steps == ()


def written(folder: Path, *lines: object) -> Path:
    rows = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    (folder / "results.jsonl").write_text("".join(f"{row}\n" for row in rows))
    return folder


HEAD = {
    "kind": "run",
    "version": 1,
    "script": "Sum",
    "device": "x11::91",
    "platform": "linux",
    "screen": {"width": 9, "height": 9, "density": 1},
    "started_at": "",
    "versions": {},
}
END = {"kind": "end", "status": "passed", "reason": "", "elapsed_ms": 1}


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["{"],
        ["[" * 100_000],
        [[1]],
        [END],
        [{**HEAD, "version": None}],
        [{**HEAD, "screen": 7}],
        [{**HEAD, "script": 7}],
        [HEAD, {"kind": "step"}],
        [HEAD, {**END, "status": "fine"}],
        [HEAD, {**END, "elapsed_ms": []}],
        [HEAD, '{"kind": "end", "elapsed_ms": NaN}'],
        [HEAD, {**END, "artifacts": [{"kind": "video", "path": "../../run.mkv"}]}],
    ],
)
def test_damaged_results_are_refused(tmp_path: Path, lines: list[object]) -> None:
    with pytest.raises(FormatError):
        load_results(written(tmp_path, *lines))


def test_a_folder_without_results_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="there are no results at"):
        load_results(tmp_path)


def test_results_of_a_newer_vistest_ask_for_an_update(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedVersion) as caught:
        load_results(written(tmp_path, {"kind": "run", "version": 2, "new": True}))
    assert "please update" in caught.value.hint


def test_unknown_kinds_of_lines_are_ignored(tmp_path: Path) -> None:
    assert load_results(written(tmp_path, HEAD, {"kind": "note"}, END)).status == "passed"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_change_of_a_line_is_read_or_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("run")
    with ResultWriter(folder, BEGUN) as writer:
        writer.add(step())
        writer.finish(BEGUN)
    lines = [json.loads(row) for row in (folder / "results.jsonl").read_text().splitlines()]
    node = data.draw(st.sampled_from(lines))
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        if not isinstance(node[key], dict | list) or data.draw(st.booleans()):
            node[key] = data.draw(JSON)
            break
        node = node[key]
    with contextlib.suppress(FormatError):
        load_results(written(folder, *lines))
