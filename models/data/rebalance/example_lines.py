"""Text lines of different length, in one process or in many, with the same result.

    python -m models.data.rebalance.example_lines
    torchrun --nproc-per-node 2 -m models.data.rebalance.example_lines

A small network learns to tell from the characters of a line whether it ends a sentence.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import torch
import typer
from torch import distributed, nn
from torch.nn.parallel import DistributedDataParallel
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import DataLoader, Dataset

from models.data.rebalance import PADDED, RebalancedBatches, Samples, refined
from models.data.rebalance.gradient import for_mean_of_ranks, sum_over_ranks

LICENCE = Path(__file__).parents[3] / "LICENSE"
BATCH = 32


class Lines(Dataset[tuple[torch.Tensor, torch.Tensor]]):
    """The lines of a text. Their lengths are known without loading one."""

    def __init__(self, text: str) -> None:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        self._lines = [line.encode()[:200] for line in lines]
        self.lengths = [len(line) for line in self._lines]

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor]:
        line = self._lines[index]
        return torch.tensor(list(line[:-1] or b" ")), torch.tensor(float(line.endswith(b".")))


class Reader(nn.Module):
    """Reads a line character by character; zeros at its end are padding."""

    def __init__(self) -> None:
        super().__init__()
        self.characters = nn.Embedding(256, 16, padding_idx=0)
        self.memory = nn.GRU(16, 32, batch_first=True)
        self.answer = nn.Linear(32, 1)

    def forward(self, lines: torch.Tensor) -> torch.Tensor:
        states, _ = self.memory(self.characters(lines))
        last = (lines > 0).sum(1) - 1
        return self.answer(states[torch.arange(len(lines)), last])[:, 0]


def together(lines: list[tuple[torch.Tensor, torch.Tensor]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Pads a local batch to its longest line."""
    characters, ends = zip(*lines, strict=True)
    return pad_sequence(list(characters), batch_first=True), torch.stack(ends)


def main(
    epochs: Annotated[int, typer.Option(help="Times to read the text.")] = 3,
    text: Annotated[Path, typer.Option(help="Of lines.")] = LICENCE,
) -> None:
    """Learn, and print the mean loss of each epoch."""
    workers = int(os.environ.get("WORLD_SIZE", "1"))
    rank = int(os.environ.get("RANK", "0"))
    if workers > 1:
        distributed.init_process_group("gloo")
    torch.manual_seed(0)
    reader = Reader()
    network = DistributedDataParallel(reader) if workers > 1 else reader
    optimizer = torch.optim.Adam(reader.parameters(), 1e-2)

    lines = Lines(text.read_text(encoding="utf-8"))
    batches = RebalancedBatches(
        Samples.of(lines.lengths), BATCH, rank=rank, workers=workers, rebalance=refined(PADDED)
    )
    loader = DataLoader(lines, batch_sampler=batches, collate_fn=together)
    for epoch in range(epochs):
        batches.set_epoch(epoch)
        total = torch.zeros(2, dtype=torch.float64)
        for characters, ends in loader:
            losses = nn.functional.binary_cross_entropy_with_logits(
                network(characters), ends, reduction="sum"
            )
            sums = sum_over_ranks(torch.stack([losses, torch.tensor(float(len(ends)))]))
            optimizer.zero_grad()
            for_mean_of_ranks(losses / sums[1]).backward()
            optimizer.step()
            total += sums
        if rank == 0:
            typer.echo(f"epoch {epoch}: loss {total[0] / total[1]:.4f}")
    if workers > 1:
        distributed.destroy_process_group()


if __name__ == "__main__":
    typer.run(main)
