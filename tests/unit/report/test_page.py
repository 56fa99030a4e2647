import base64
import hashlib
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import cv2
import numpy as np
import pytest

from vistest.core.errors import FormatError
from vistest.report import summary, write_html
from vistest.results import load_results

WriteRun = Callable[..., Path]

HOSTILE = "<script>alert(1)</script>\"'&\x1b[31m\x00\u202e\ud800 {{ 7 * 7 }} " + "x" * 10_000


class Page(HTMLParser):
    """The parsed page: tags with attributes, visible text, and what it would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        into = {"script": self.scripts, "style": self.styles}.get(self._open, self.words)
        into.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def page(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


def picture(found: Page, name: str) -> dict[str, str | None]:
    (image,) = [image for image in found.all("img") if image["alt"] == name]
    return image


def decoded(image: dict[str, str | None]) -> np.ndarray:
    kind, _, data = image["src"].partition(",")
    assert kind == "data:image/webp;base64"
    return cv2.imdecode(np.frombuffer(base64.b64decode(data), np.uint8), cv2.IMREAD_COLOR)


def test_the_page_says_what_happened(tmp_path: Path, write_run: WriteRun) -> None:
    write_html([write_run()], tmp_path / "report.html")
    text = page(tmp_path / "report.html").text
    for words in (
        "Sum failed",
        "1 of 3",
        "6.5 s",
        "320x200 at density 1.5",
        "tap 7",
        "1.2 s own 90 ms",
        "tapped twice the first tap changed nothing",
        "found with 97% confidence, 2 attempts",
        "it reads 7; nothing changed after it.",
        "it reads 7; the screen changed after it.",
        "0.93",
        "3.10",
        "-0.50",
        "+0 ms 7",
        "tap: 7",
        "7 is not there",
        "absent with 10% confidence",
        "a step before it failed",
        "vistest 0.1.0",
    ):
        assert words in text, words


def test_the_box_that_was_tapped_is_drawn_on_the_picture(
    tmp_path: Path, write_run: WriteRun
) -> None:
    write_html([write_run()], tmp_path / "report.html")
    found = page(tmp_path / "report.html")
    (chosen,) = [rect for rect in found.all("rect") if rect.get("class") == "box chosen"]
    assert [float(chosen[name]) for name in ("x", "y", "width", "height")] == [20, 120, 60, 40]
    (point,) = [circle for circle in found.all("circle") if circle.get("class") == "point"]
    assert (float(point["cx"]), float(point["cy"])) == (50, 140)
    marks = [svg for svg in found.all("svg") if svg.get("class") == "marks"]
    assert marks[0]["viewbox"] == "0 0 320 200"


def test_pictures_are_inside_and_smaller_than_a_screen(tmp_path: Path, write_run: WriteRun) -> None:
    folder = write_run()
    large = np.full((2400, 1080, 3), 99, np.uint8)
    cv2.imwrite(str(folder / "pictures/001-before.png"), large)
    write_html([folder], tmp_path / "report.html")
    image = picture(page(tmp_path / "report.html"), "Screen before step 1")
    assert (image["width"], image["height"]) == ("1080", "2400")
    assert decoded(image).shape == (1280, 576, 3)


def test_the_object_found_is_shown_beside_the_recorded_one(
    tmp_path: Path, write_run: WriteRun
) -> None:
    folder = write_run()
    cv2.imwrite(str(folder / "pictures/key.png"), np.zeros((40, 60, 3), np.uint8))
    lines = (folder / "results.jsonl").read_text()
    target = '"artifacts": [{"kind": "target", "path": "pictures/key.png"}, '
    (folder / "results.jsonl").write_text(lines.replace('"artifacts": [', target, 1))
    write_html([folder], tmp_path / "report.html")
    found = page(tmp_path / "report.html")
    assert decoded(picture(found, "The object as it was recorded")).shape == (40, 60, 3)
    shown = decoded(picture(found, "The object that was found"))
    screen = cv2.imread(str(folder / "pictures/001-before.png"))  # noqa: TID251
    np.testing.assert_allclose(shown, screen[100:180, 0:100], atol=24)


def test_nothing_is_loaded_from_outside(tmp_path: Path, write_run: WriteRun) -> None:
    write_html([write_run(video=b"film")], tmp_path / "report.html")
    found = page(tmp_path / "report.html")
    for _, attributes in found.tags:
        for name in ("src", "href", "poster", "data", "action"):
            assert (attributes.get(name) or "#").startswith(("#", "data:"))
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]


def test_the_policy_allows_the_pages_own_style_and_script_only(
    tmp_path: Path, write_run: WriteRun
) -> None:
    write_html([write_run()], tmp_path / "report.html")
    found = page(tmp_path / "report.html")
    (policy,) = [meta["content"] for meta in found.all("meta") if "http-equiv" in meta]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    for text in ("".join(found.styles), "".join(found.scripts)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_hostile_text_is_shown_and_does_nothing(tmp_path: Path, write_run: WriteRun) -> None:
    folder = write_run(text=HOSTILE, script=HOSTILE, device=HOSTILE)
    write_html([folder], tmp_path / "report.html")
    content = (tmp_path / "report.html").read_text(encoding="utf-8")
    found = Page(content)
    assert len(found.all("script")) == 1
    assert "<script>alert(1)</script>" in found.text
    assert "{{ 7 * 7 }}" in found.text
    assert not re.search("[\x00-\x08\x0e-\x1f\u202a-\u202e\ud800-\udfff]", content)
    assert len(content) < 200_000


def test_links_of_the_page_lead_somewhere(tmp_path: Path, write_run: WriteRun) -> None:
    write_html([write_run("a"), write_run("b", device="x11::92")], tmp_path / "report.html")
    found = page(tmp_path / "report.html")
    names = [attributes["id"] for _, attributes in found.tags if attributes.get("id")]
    assert len(names) == len(set(names))
    targets = [
        attributes.get("href") or "" for tag, attributes in found.tags if tag in {"a", "use"}
    ]
    assert {target[1:] for target in targets if target.startswith("#")} <= set(names)


def test_many_runs_share_one_page_with_a_table(tmp_path: Path, write_run: WriteRun) -> None:
    folders = [write_run(name, device=f"x11::{name}") for name in ("1", "2", "3")]
    write_html(folders, tmp_path / "report.html")
    found = page(tmp_path / "report.html")
    assert "0 of 3 runs passed" in found.text
    assert "All runs" in found.text
    assert {"#run1", "#run2", "#run3"} <= {link.get("href") for link in found.all("a")}


def test_every_picture_and_symbol_has_a_name(tmp_path: Path, write_run: WriteRun) -> None:
    write_html([write_run()], tmp_path / "report.html")
    found = page(tmp_path / "report.html")
    assert all(image.get("alt") for image in found.all("img"))
    for svg in found.all("svg"):
        assert svg.get("aria-label") or svg.get("aria-hidden") == "true"
    assert found.all("html")[0]["lang"] == "en"
    assert len(found.all("h1")) == 1


def test_a_small_video_is_inside_and_a_large_one_is_linked(
    tmp_path: Path, write_run: WriteRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_run("run a", video=b"film")
    write_html([folder], tmp_path / "page/report.html")
    (video,) = page(tmp_path / "page/report.html").all("video")
    assert video["src"] == f"data:video/mp4;base64,{base64.b64encode(b'film').decode()}"
    monkeypatch.setattr("vistest.report.pictures.MAX_VIDEO_BYTES", 3)
    write_html([folder], tmp_path / "page/report.html")
    found = page(tmp_path / "page/report.html")
    assert not found.all("video")
    assert "../run%20a/run.mp4" in [link.get("href") for link in found.all("a")]


@pytest.mark.parametrize("content", [None, b"", b"\x89PNG\r\n\x1a\nbroken"])
def test_a_lost_picture_is_said_and_harms_nothing(
    tmp_path: Path, write_run: WriteRun, content: bytes | None
) -> None:
    folder = write_run()
    picture = folder / "pictures/001-before.png"
    picture.unlink() if content is None else picture.write_bytes(content)
    write_html([folder], tmp_path / "report.html")
    text = page(tmp_path / "report.html").text
    assert "The picture “before” is missing or damaged." in text
    assert "tap 7" in text


def test_a_picture_behind_a_link_out_of_the_folder_is_refused(
    tmp_path: Path, write_run: WriteRun
) -> None:
    folder = write_run()
    (folder / "pictures/001-before.png").unlink()
    (folder / "pictures/001-before.png").symlink_to("/etc/passwd")
    with pytest.raises(FormatError, match="symbolic link"):
        write_html([folder], tmp_path / "report.html")


def test_a_run_that_broke_off_can_be_shown(tmp_path: Path, write_run: WriteRun) -> None:
    folder = write_run()
    lines = (folder / "results.jsonl").read_text().splitlines()
    (folder / "results.jsonl").write_text(lines[0] + "\n")
    write_html([folder], tmp_path / "report.html")
    text = page(tmp_path / "report.html").text
    assert "Sum broke off" in text
    assert "No step was run." in text


def test_the_summary_names_what_is_remarkable(write_run: WriteRun) -> None:
    short = json.loads(json.dumps(summary(load_results(write_run()))))
    assert short["status"] == "failed"
    assert short["steps"] == {"passed": 1, "failed": 1, "skipped": 1}
    assert short["flags"] == {"tap_retried": 1}
    assert [step["index"] for step in short["remarkable"]] == [0, 1]
