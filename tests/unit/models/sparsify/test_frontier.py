from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the workshop needs PyTorch, which CI does not install")
pytest.importorskip("pycocotools", reason="evaluation needs pycocotools, of the group train")
pytest.importorskip("matplotlib", reason="plots need matplotlib, of the group train")

from models.sparsify.frontier import (
    Point,
    best,
    dense_precision_at,
    draw,
    gains,
    read_nets,
    section,
    with_section,
    write_points,
)
from vistest.core.errors import FormatError, UnsupportedVersion


def net(name, map50, latency_ms, sparsity=0.0):
    return Point(name, map50, latency_ms, latency_ms - 0.1, sparsity, 1_000_000, "avx2")


NETS = [
    net("dense 1.0", 0.90, 20.0),
    net("dense 0.5", 0.80, 10.0),
    net("dense odd", 0.78, 15.0),  # slower than another and worse
    net("sparse", 0.895, 12.0, 0.75),
    net("sparse wide", 0.93, 25.0, 0.9),
    net("sparse tiny", 0.6, 5.0, 0.9),
]


def test_dense_nets_are_joined_by_a_line_that_never_falls():
    assert dense_precision_at(NETS, 10) == pytest.approx(0.80)
    assert dense_precision_at(NETS, 15) == pytest.approx(0.80)
    assert dense_precision_at(NETS, 17.5) == pytest.approx(0.85)
    assert dense_precision_at(NETS, 99) == pytest.approx(0.90)
    assert dense_precision_at(NETS, 9.9) is None


def test_a_sparse_net_is_compared_with_dense_ones_of_its_time():
    found = gains(NETS)
    assert found["sparse"] == pytest.approx(0.095)
    assert found["sparse wide"] == pytest.approx(0.03)
    assert found["sparse tiny"] is None
    assert "dense 1.0" not in found


def test_the_best_is_the_fastest_that_loses_little():
    assert best(NETS, loss=0.04).name == "sparse"
    assert best(NETS, loss=0.0).name == "sparse wide"
    assert best(NETS[:3]).name == "dense 1.0"


def test_the_card_says_it_plainly():
    text = section(NETS, "frontier.png")
    assert "| sparse | 0.895 | 12.0 | 11.9 | 75% | 1.00 | +0.095 |" in text
    assert "no dense net is that fast" in text
    assert "**dense 1.0**, which is dense" in section(NETS[:3], "frontier.png")


def test_a_section_is_replaced_and_nothing_else():
    first = with_section("# Card\n\nWords.\n", section(NETS[:3], "a.png"))
    second = with_section(first + "\nMore words.\n", section(NETS, "b.png"))
    assert second.startswith("# Card\n\nWords.\n\n## Precision against latency")
    assert second.endswith("\nMore words.\n")
    assert "a.png" not in second
    assert second.count("b.png") == 1


def test_plot_and_figures_are_written(tmp_path):
    draw(NETS, tmp_path / "frontier.png")
    assert (tmp_path / "frontier.png").read_bytes().startswith(b"\x89PNG")
    write_points(NETS, tmp_path / "frontier.json")
    assert '"best": "sparse wide"' in (tmp_path / "frontier.json").read_text()


def written(folder: Path, text: str) -> Path:
    path = folder / "nets.toml"
    path.write_text(text)
    return path


TWO = """
version = 1
size = [320, 640]
[[nets]]
name = "a"
model = "a/detector.json"
[[nets]]
name = "b"
model = "b/detector.json"
"""


def test_the_list_of_nets(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "detector.json").write_text("{}")
    nets = read_nets(written(tmp_path, TWO))
    assert [n.manifest for n in nets.nets] == [tmp_path / n / "detector.json" for n in "ab"]
    assert nets.size == (320, 640)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("version = 2", UnsupportedVersion),
        ("version = 1", FormatError),
        ("not toml", FormatError),
        ('version = 1\n[[nets]]\nname = "a"', FormatError),
        (TWO, FormatError),  # the files are not there
        ("version = 1\nnets = []", FormatError),
    ],
)
def test_lists_that_are_none(text, error, tmp_path):
    with pytest.raises(error):
        read_nets(written(tmp_path, text))
