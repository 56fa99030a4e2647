"""Under data-parallel training every worker has the same masks."""

import subprocess
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch, which CI does not install")

from models.sparsify.masks import sparsity_of
from tests.unit.models.sparsify.worker import distilled, train

ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """What two processes, which speak by gloo, ended with."""
    folder = tmp_path_factory.mktemp("workers")
    command = [sys.executable, "-m", "tests.unit.models.sparsify.worker"]
    workers = [
        subprocess.Popen([*command, str(rank), "2", str(folder)], cwd=ROOT) for rank in range(2)
    ]
    assert [worker.wait(120) for worker in workers] == [0, 0]
    return {path.stem: torch.load(path, weights_only=True) for path in folder.glob("*.pt")}


def masks_are_equal(one, other):
    return all(kept.equal(other["masks"][name]) for name, kept in one["masks"].items())


def test_masks_and_weights_are_the_same(results):
    one, other = results["plain-0"], results["plain-1"]
    assert sparsity_of(one["masks"]) == pytest.approx(0.75, abs=0.02)
    assert masks_are_equal(one, other)
    assert all(value.equal(other["weights"][name]) for name, value in one["weights"].items())


def test_masks_agree_even_where_weights_do_not(results):
    one, other = results["noisy-0"], results["noisy-1"]
    assert not one["weights"]["down.0.weight"].equal(other["weights"]["down.0.weight"])
    assert masks_are_equal(one, other)


def test_a_teacher_counts_the_same_whoever_has_the_views(results):
    alone = distilled(0, 1)
    assert len(alone) > 50
    for name, gradient in alone.items():
        torch.testing.assert_close(results["distilled-0"][name], gradient)
        torch.testing.assert_close(results["distilled-1"][name], gradient)


def test_one_worker_on_all_views_prunes_the_same_blocks(results):
    alone = train(0, 1, noisy=False)
    same = [
        float((kept == results["plain-0"]["masks"][name]).double().mean())
        for name, kept in alone["masks"].items()
    ]
    assert min(same) > 0.97  # sums in another order may decide between near equals
