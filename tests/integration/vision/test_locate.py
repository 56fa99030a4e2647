"""`vistest locate` on drawn screens, with the real parser: the contract of outside benchmarks."""

from __future__ import annotations

import json
import subprocess
import sys

import cv2
import numpy as np
import pytest

ROWS = ("Wireless", "Bluetooth", "Location")


def draw(path, width, scale=1, dark=False, keys=("Save", "Cancel")):
    """A page with rows and buttons; returns the boxes by text."""
    paper, ink = ((30, 30, 30), (235, 235, 235)) if dark else ((250, 250, 250), (20, 20, 20))
    page = np.full((480 * scale, width * scale, 3), paper, np.uint8)
    boxes = {}

    def write(text, x, y):
        at = (x * scale, y * scale)
        cv2.putText(page, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.6 * scale, ink, scale, cv2.LINE_AA)
        size = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.6 * scale, scale)[0]
        return [at[0], at[1] - size[1], at[0] + size[0], at[1]]

    write("Settings", 20, 40)
    for place, row in enumerate(ROWS):
        boxes[row] = write(row, 20, 100 + 60 * place)
    for place, key in enumerate(keys):
        left = 20 + 160 * place
        box = [left * scale, 300 * scale, (left + 120) * scale, 344 * scale]
        cv2.rectangle(page, box[:2], box[2:], ink, scale)
        write(key, left + 25, 328)
        boxes[key] = box
    cv2.imwrite(str(path), page)
    return boxes


def locate(tmp_path, cases):
    source, out = tmp_path / "cases.jsonl", tmp_path / "results.jsonl"
    lines = [case if isinstance(case, str) else json.dumps(case) for case in cases]
    source.write_text("\n".join(lines) + "\n")
    command = [sys.executable, "-m", "vistest", "locate", "--cases", source, "--out", out]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return done, [json.loads(line) for line in out.read_text().splitlines()]


def inside(point, box):
    return box[0] <= point[0] < box[2] and box[1] <= point[1] < box[3]


@pytest.mark.slow
def test_boxes_and_points_are_found_on_another_look(tmp_path):
    here = draw(tmp_path / "a.png", 400)
    there = draw(tmp_path / "b.png", 640, scale=2, dark=True)
    cases = [
        {
            "id": name,
            "source": str(tmp_path / "a.png"),
            "box": box,
            "target": str(tmp_path / "b.png"),
        }
        for name, box in here.items()
    ]
    for name in ("Save", "Cancel"):
        x0, y0, x1, y1 = here[name]
        point = [(x0 + x1) / 2, (y0 + y1) / 2]
        cases.append({**cases[0], "id": f"{name} by point", "point": point})
        del cases[-1]["box"]
    done, results = locate(tmp_path, cases)
    assert done.returncode == 0, done.stderr
    assert [result["id"] for result in results] == [case["id"] for case in cases]
    for result in results:
        assert result["outcome"] == "found", result
        assert inside(result["point"], there[result["id"].removesuffix(" by point")]), result
        assert inside(result["point"], result["box"])
        assert 0 <= result["confidence"] <= 1
        assert result["elapsed_ms"] >= 0


@pytest.mark.slow
def test_what_is_not_there_and_what_cannot_be_answered(tmp_path):
    here = draw(tmp_path / "a.png", 400)
    draw(tmp_path / "b.png", 640, keys=("Save",))
    case = {"id": 7, "source": str(tmp_path / "a.png"), "target": str(tmp_path / "b.png")}
    done, results = locate(
        tmp_path,
        [
            {**case, "box": here["Cancel"]},
            {**case, "point": [399, 479]},
            {**case, "box": here["Save"], "target": str(tmp_path / "missing.png")},
            {**case, "box": [5, 5, 1, 1]},
            {**case, "box": here["Save"], "source_density": 0},
            "not json",
            {**case, "box": here["Save"]},
        ],
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert results[0]["outcome"] in ("absent", "ambiguous")
    assert results[0]["point"] is None
    assert all(result["error"] for result in results[1:6])
    assert results[6]["outcome"] == "found"
