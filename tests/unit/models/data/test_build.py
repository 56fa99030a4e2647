from __future__ import annotations

import json
from typing import TYPE_CHECKING, Self

from models.data.build import Work, write_index
from models.data.renderer import RenderError

if TYPE_CHECKING:
    from pathlib import Path


class FakeSource:
    """Two screens a seed; seed 4 fails."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def draw(self, seed: int, folder: Path) -> int:
        if seed == 4:
            raise RenderError("no paint left")
        names = [folder / f"{seed:07}_{n}.json" for n in range(2)]
        missing = [name for name in names if not name.exists()]
        for name in missing:
            name.write_text(json.dumps({"image": f"{name.stem}.jpg", "seed": seed}))
        return len(missing)


def work(folder: Path, wanted: int, first_seed: int = 0) -> Work:
    return Work(folder, first_seed, wanted, lambda done: None)


def test_it_goes_on_where_it_stopped(tmp_path: Path) -> None:
    first = work(tmp_path / "web", 4)
    first.run(FakeSource)
    assert first.done == 4
    second = work(tmp_path / "web", 10)
    second.run(FakeSource)
    assert second.done == 10
    assert write_index(tmp_path) == 10


def test_a_page_that_fails_is_told_and_left_out(tmp_path: Path) -> None:
    built = work(tmp_path / "web", 8)
    built.run(FakeSource)
    assert built.failures == ["seed 4: no paint left"]
    assert built.done == 8


def test_training_and_layouts_share_no_seed(tmp_path: Path) -> None:
    work(tmp_path / "a", 6, first_seed=0).run(FakeSource)
    work(tmp_path / "b", 6, first_seed=1).run(FakeSource)
    names = [{path.name for path in (tmp_path / part).iterdir()} for part in ("a", "b")]
    assert not names[0] & names[1]


def test_the_index_names_images_from_its_own_folder(tmp_path: Path) -> None:
    work(tmp_path / "web", 2).run(FakeSource)
    write_index(tmp_path)
    lines = [json.loads(line) for line in (tmp_path / "labels.jsonl").read_text().splitlines()]
    assert [line["image"] for line in lines] == ["web/0000000_0.jpg", "web/0000000_1.jpg"]
