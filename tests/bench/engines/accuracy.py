"""What sparsity costs: mAP@.5 of dense and sparse nets, on screens that none was trained on.

The screens are those of `scripts/bench detector`: unseen layouts and kits never trained on.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from models.sparsify.nets import Nets
    from tests.bench.figures import Bench

_ROOT = Path(__file__).parents[3]
_LIST = _ROOT / "models" / "zoo" / "nets.toml"


def measure(
    bench: Bench, dense: Path, sparse: Path, size: tuple[int, int], console: Console, *, quick: bool
) -> None:
    """Losses and gain of the sparse net.

    Args:
        bench: Gets the figures, and a case for each net.
        dense: Manifest.
        sparse: Manifest.
        size: Width and height that the nets are timed on.
        console: Told what is missing.
        quick: A few screens only.
    """
    screens = Path(os.environ.get("VISTEST_RENDERED_SCREENS", _ROOT / "out" / "detector"))
    if not screens.exists():
        console.print(f"no accuracy: there are no rendered screens in {screens}", markup=False)
        return
    try:
        from models.sparsify.frontier import figures, measure_nets
        from models.sparsify.measure import judging_sets
    except ImportError as error:
        console.print(f"no accuracy: {error} (pip install --group train)", markup=False)
        return
    sets = judging_sets(screens, 8 if quick else 200)
    if "layouts" not in sets:
        console.print(f"no accuracy: {screens} holds no unseen layouts", markup=False)
        return
    nets = _nets(dense, sparse, size)
    points = measure_nets(nets, sets, 5 if quick else 30)
    chosen = next(net.name for net in nets.nets if net.manifest == sparse)
    for name, value in figures(points, chosen).items():
        screens_of = sets["unseen_kits" if name.endswith("unseen_kits") else "layouts"]
        bench.count(name, value, "share", len(screens_of))
    for point in points:
        bench.cases.append(
            {"net": point.name, "map50": point.map50, "ms": point.latency_ms, "loss": point.loss}
        )


def _nets(dense: Path, sparse: Path, size: tuple[int, int]) -> Nets:
    """Those of the list that is named, and the two that are timed."""
    from models.sparsify.nets import Net, Nets, read_nets

    path = Path(os.environ.get("VISTEST_NETS", _LIST))
    listed = tuple(n for n in read_nets(path).nets if n.manifest != sparse) if path.exists() else ()
    reference = sparse.with_name("dense-fp32.json")
    timed = Net("timed sparse net", sparse, reference if reference.exists() else None)
    if all(net.manifest != dense for net in listed):
        listed = (Net("timed dense net", dense), *listed)
    return Nets((*listed, timed), size)
