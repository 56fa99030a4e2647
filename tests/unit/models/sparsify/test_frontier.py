import json

import pytest

pytest.importorskip("torch", reason="the workshop needs PyTorch, which CI does not install")
pytest.importorskip("pycocotools", reason="evaluation needs pycocotools, of the group train")
pytest.importorskip("matplotlib", reason="plots need matplotlib, of the group train")

from models.sparsify.frontier import Point, best, dense_precision_at, figures, gain
from models.sparsify.frontier_report import draw, section, with_section, write_points


def net(name, map50, latency_ms, sparsity=0.0, loss=None):
    by_set = {"layouts": map50, "unseen_kits": map50 - 0.1}
    times = (latency_ms, latency_ms - 0.1)
    return Point(name, by_set, *times, sparsity, 1_000_000, "avx2", loss or {})


NETS = [
    net("dense 1.0", 0.90, 20.0),
    net("dense 0.5", 0.80, 10.0),
    net("dense odd", 0.78, 15.0),  # slower than another and worse
    net("sparse", 0.895, 12.0, 0.75, {"layouts": 0.006, "unseen_kits": 0.02}),
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
    by_name = {point.name: point for point in NETS}
    assert gain(NETS, by_name["sparse"]) == pytest.approx(0.095)
    assert gain(NETS, by_name["sparse"], "unseen_kits") == pytest.approx(0.095)
    assert gain(NETS, by_name["sparse wide"]) == pytest.approx(0.03)
    assert gain(NETS, by_name["sparse tiny"]) is None


def test_the_figures_are_those_of_the_best_sparse_net():
    assert figures(NETS[:4]) == pytest.approx(
        {
            "map50_loss_layouts": 0.006,
            "map50_loss_unseen_kits": 0.02,
            "equal_latency_dense_map50_gain": 0.095,
            "equal_latency_dense_map50_gain_unseen_kits": 0.095,
        }
    )
    assert figures(NETS)["equal_latency_dense_map50_gain"] == pytest.approx(0.03)
    assert figures(NETS, "sparse")["equal_latency_dense_map50_gain"] == pytest.approx(0.095)
    assert figures(NETS[:3]) == {}


def test_what_was_not_measured_is_no_figure():
    only_layouts = Point("tiny", {"layouts": 0.6}, 5.0, 4.9, 0.9, 1_000_000)
    assert figures([NETS[0], only_layouts]) == {}


def test_the_best_is_the_fastest_that_loses_little():
    assert best(NETS, loss=0.04).name == "sparse"
    assert best(NETS, loss=0.0).name == "sparse wide"
    assert best(NETS[:3]).name == "dense 1.0"


def test_the_card_says_it_plainly():
    text = section(NETS, "frontier.png")
    row = "| sparse | 0.895 | 0.795 | 12.0 | 11.9 | 75% | 1.00 | +0.095 | 0.006 | 0.020 |"
    assert row in text
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
    document = json.loads((tmp_path / "frontier.json").read_text())
    assert document["best"] == "sparse wide"
    assert document["gains"]["sparse"] == pytest.approx(0.095)
    assert document["figures"] == figures(NETS)
