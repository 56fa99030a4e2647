"""The real engines on screens drawn here."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from vistest.core.frame import Frame
from vistest.core.geometry import Rect
from vistest.core.scene import Scene, UiElement
from vistest.vision.images import write_png
from vistest.vision.parse import ScreenParser

pytestmark = pytest.mark.slow

FONT = "DejaVuSans.ttf"
KEYS = ["7", "8", "9", "÷", "4", "5", "6", "×", "1", "2", "3", "−", "0", ".", "=", "+"]  # noqa: RUF001
LIGHT = {"paper": 245, "face": 255, "line": 180, "ink": 30}
DARK = {"paper": 32, "face": 62, "line": 12, "ink": 235}


@pytest.fixture(scope="module")
def parser() -> ScreenParser:
    return ScreenParser.default()


def _key(index: int, scale: int) -> Rect:
    row, column = divmod(index, 4)
    left, top = 16 + 92 * column, 130 + 60 * row
    return Rect(left, top, left + 84, top + 52).scaled(scale)


def _calculator(theme: dict[str, int], scale: int = 1, shown: str = "1,234.5") -> Frame:
    """A menu bar, a display and a grid of keys."""
    image = Image.new("RGB", (400 * scale, 390 * scale), (theme["paper"],) * 3)
    draw = ImageDraw.Draw(image)
    small, large = (ImageFont.truetype(FONT, size * scale) for size in (14, 30))
    ink, face, line = ((theme[name],) * 3 for name in ("ink", "face", "line"))
    for left, entry in ((12, "File"), (60, "Edit"), (110, "Help")):
        draw.text((left * scale, 8 * scale), entry, ink, small)
    draw.rectangle([16 * scale, 44 * scale, 384 * scale, 110 * scale], face, line)
    draw.text((370 * scale, 60 * scale), shown, ink, large, anchor="ra")
    for index, label in enumerate(KEYS):
        box = _key(index, scale)
        draw.rounded_rectangle(
            [box.left, box.top, box.right - 1, box.bottom - 1], 4 * scale, face, line
        )
        draw.text((box.center.x, box.center.y), label, ink, small, anchor="mm")
    return Frame.from_bgr(np.asarray(image)[:, :, ::-1].copy(), density=scale)


def _at(scene: Scene, box: Rect) -> UiElement:
    return max(scene.elements, key=lambda element: element.box.iou(box))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("scale", [1, 2])
def test_all_keys_of_a_calculator_are_buttons_with_their_sign(
    parser: ScreenParser, theme: dict[str, int], scale: int
) -> None:
    scene = parser.parse(_calculator(theme, scale))
    keys = [_at(scene, _key(index, scale)) for index in range(len(KEYS))]

    assert [key.cls for key in keys] == ["button"] * len(KEYS)
    assert all(key.box.iou(_key(i, scale)) > 0.85 for i, key in enumerate(keys))
    digits = [(k.text, want) for k, want in zip(keys, KEYS, strict=True) if want.isdigit()]
    assert all(read == want for read, want in digits)
    signs = {want: k.text for k, want in zip(keys, KEYS, strict=True) if not want.isdigit()}
    assert signs["="] == "="
    assert signs["+"] == "+"


def test_menu_entries_are_elements_of_their_own(parser: ScreenParser) -> None:
    scene = parser.parse(_calculator(LIGHT))
    texts = [element.text for element in scene.elements if element.cls == "text"]
    assert texts[:3] == ["File", "Edit", "Help"]


def test_a_new_display_is_read_and_the_rest_stays_as_it_was(parser: ScreenParser) -> None:
    before = parser.parse(_calculator(LIGHT))
    after = parser.parse(_calculator(LIGHT, shown="987"))
    assert [e.text for e in before.elements if "1,234.5" in e.text]
    assert not [e.text for e in after.elements if "1,234.5" in e.text]
    assert [e.text for e in after.elements if e.text == "987"]
    keys = range(len(KEYS))
    assert [_at(before, _key(i, 1)).text for i in keys] == [
        _at(after, _key(i, 1)).text for i in keys
    ]


def test_the_same_frame_gives_the_same_scene(parser: ScreenParser) -> None:
    frame = _calculator(DARK)
    assert parser.parse(frame) is parser.parse(Frame(frame.pixels.copy(), 99.0, frame.density))


def test_vistest_parse_reads_all_pictures_and_names_the_bad_one(tmp_path: Path) -> None:
    write_png(tmp_path / "good.png", _calculator(LIGHT).pixels)
    (tmp_path / "bad.png").write_bytes((tmp_path / "good.png").read_bytes()[:500])
    paths = [str(tmp_path / name) for name in ("bad.png", "good.png")]
    (tmp_path / "list.txt").write_text("\n".join(paths) + "\n", encoding="utf-8")
    run = subprocess.run(
        [
            *(sys.executable, "-m", "vistest", "parse", "--images", str(tmp_path / "list.txt")),
            *("--out", str(tmp_path / "scenes.jsonl")),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    bad, good = map(json.loads, (tmp_path / "scenes.jsonl").read_text().splitlines())

    assert run.returncode == 1
    assert "bad.png" in run.stderr
    assert "Traceback" not in run.stderr
    assert bad["image"] == paths[0]
    assert "error" in bad
    assert good["size"] == [400, 390]
    assert good["elapsed_ms"] > 0
    assert {"class", "box", "score", "text"} == set(good["elements"][0])
