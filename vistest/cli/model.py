"""`vistest model`: compress a quantised model, look into a bundle."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Table

from vistest.cli.output import console, print_json, show
from vistest.core.errors import ModelError, VistestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.vision.bundle import ModelBundle
    from vistest.vision.bundle.summary import LayerSummary

model = typer.Typer(no_args_is_help=True, help="Compress models for the sparse engine.")

_LONGEST_NAME = 15  # the end tells more than the beginning
_MODES = {"full-register": "full", "sub-register": "sub"}
_SIZE = re.compile(r"(\d{1,5})x(\d{1,5})")
BundlePath = Annotated[Path, typer.Argument(metavar="BUNDLE", help="A model bundle.")]
PictureSize = Annotated[str, typer.Option(help="Picture to count for, WIDTHxHEIGHT.")]


@model.command()
def compress(
    onnx: Annotated[
        Path, typer.Argument(metavar="MODEL.onnx", help="A quantised (QDQ) ONNX model.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The bundle to write.")],
    isa: Annotated[
        str | None,
        typer.Option(help="Instruction set of the hardware; this machine's if not given."),
    ] = None,
    block: Annotated[
        str | None, typer.Option(help="Block of the int8 layers, such as 4x16 or 4x1.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name and version of the model.")] = None,
) -> None:
    """Leave out the blocks of weights that are zero; no weight is changed."""
    from vistest.vision.bundle import compress as compressed
    from vistest.vision.bundle import save_bundle
    from vistest.vision.engine.instruction_set import instruction_set
    from vistest.vision.engine.onnx_reader import graph_from_onnx
    from vistest.vision.engine.patterns import Block

    target = instruction_set(isa)
    wanted = None if block is None else Block.parse(block)
    if not onnx.is_file():
        raise ModelError(f"there is no file {onnx}", hint="Give a quantised ONNX model.")
    bundle = compressed(graph_from_onnx(onnx), name or onnx.stem, target, wanted)
    try:
        save_bundle(bundle, output)
    except OSError as error:
        raise VistestError(
            f"{output} cannot be written: {error.strerror}", hint="Give another path with -o."
        ) from error
    console.print(
        f"{show(str(output))}: {output.stat().st_size:,} bytes instead of "
        f"{onnx.stat().st_size:,}, {bundle.block_sparsity:.1%} of the weights left out, "
        f"blocks for {target.name} ({target.register_bits}-bit registers)",
        soft_wrap=True,
    )


@model.command()
def info(
    bundle: BundlePath,
    size: PictureSize = "640x640",
    plot: Annotated[Path | None, typer.Option(help="Also write a picture (SVG) here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say for each layer its shape, pattern, sparsity, kernel, bytes and multiplications."""
    from vistest.vision.bundle import load_bundle
    from vistest.vision.bundle.plot import layer_plot
    from vistest.vision.bundle.summary import summarise

    width, height = picture_size(size)
    loaded = load_bundle(bundle)
    rows = summarise(loaded, height, width, _kernels(loaded, height, width))
    if plot is not None:
        plot.parent.mkdir(parents=True, exist_ok=True)
        plot.write_text(layer_plot(f"{loaded.name}, {size}", rows), encoding="utf-8")
    if as_json:
        document = {"name": loaded.name, "facts": dict(loaded.facts), "size": [width, height]}
        print_json({**document, "layers": [row.document() for row in rows]})
        return
    _print(loaded, rows, size)


@model.command()
def bench(
    bundle: BundlePath,
    size: PictureSize = "640x640",
    threads: Annotated[int, typer.Option(min=1, help="Of each engine.")] = 1,
    runs: Annotated[int, typer.Option(min=1, help="Of each engine, taking turns.")] = 20,
    onnx: Annotated[
        Path | None, typer.Option(help="The ONNX model that it was made of, to compare with.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Time a bundle here, beside the same network without zeros."""
    from vistest.vision.bundle import load_bundle
    from vistest.vision.bundle.timing import time_bundle

    width, height = picture_size(size)
    found = time_bundle(load_bundle(bundle), height, width, threads, runs, onnx)
    if as_json:
        engines = {times.name: {"runs_ms": list(times.runs_ms)} for times in found}
        print_json({"size": [width, height], "threads": threads, "engines": engines})
        return
    table = Table("engine", "least ms", "median ms", "times as long", box=box.SIMPLE)
    for times in found:
        ratio = times.median_ms / found[0].median_ms
        table.add_row(times.name, f"{times.least_ms:.2f}", f"{times.median_ms:.2f}", f"{ratio:.2f}")
    console.print(table)


def _kernels(bundle: ModelBundle, height: int, width: int) -> dict[str, str]:
    """By layer, what the engine would run it with; empty where it was not built."""
    from vistest.vision.engine.engine import Engine, is_built
    from vistest.vision.engine.sizes import picture_sizes

    picture_sizes(bundle.graph, height, width)  # says what is wrong with a size
    if not is_built():
        return {}
    return {facts.name: facts.kernel for facts in Engine(bundle.graph).facts(height, width)}


def picture_size(text: str) -> tuple[int, int]:
    """Width and height of `640x480`.

    Raises:
        VistestError: it is not written so.
    """
    found = _SIZE.fullmatch(text)
    if found is None:
        raise VistestError(f"{text!r} is not a size", hint="Write WIDTHxHEIGHT, such as 640x640.")
    return int(found[1]), int(found[2])


def _print(bundle: ModelBundle, rows: Sequence[LayerSummary], size: str) -> None:
    from vistest.vision.bundle.summary import totals

    table = Table(box=box.SIMPLE, padding=(0, 1, 0, 0))
    for heading in ("layer", "shape", "block", "zero", "kernel", "bytes", "MMAC"):
        table.add_column(heading, no_wrap=True)
    for row in rows:
        table.add_row(
            show(row.name[-_LONGEST_NAME:]),
            "x".join(str(side) for side in row.shape),
            f"{row.pattern.block} {_MODES[row.pattern.mode]}",
            f"{row.pattern.sparsity:.0%}",
            show(row.kernel),
            f"{row.stored_bytes:,}",
            f"{row.kept_macs / 1e6:.1f}/{row.macs / 1e6:.1f}",
        )
    console.print(table)
    total = totals(rows)
    console.print(
        f"{show(bundle.name)}: {total.parameters / 1e6:.2f} million weights, "
        f"{total.stored_bytes:,} bytes of weights and masks; "
        f"{total.kept_macs / 1e6:.0f} of {total.macs / 1e6:.0f} million multiplications at {size}",
        soft_wrap=True,
    )
