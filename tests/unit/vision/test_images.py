from pathlib import Path

import cv2
import numpy as np
import pytest

from vistest.core.errors import FormatError
from vistest.core.geometry import Rect, Size
from vistest.vision.images import encode_png, guess_density, picture_of, read_frame, write_png


@pytest.fixture
def noise() -> np.ndarray:
    return np.random.default_rng(1).integers(0, 255, (40, 60, 3), np.uint8)


def test_a_png_comes_back_pixel_by_pixel(tmp_path: Path, noise: np.ndarray) -> None:
    write_png(tmp_path / "a.png", noise)
    frame = read_frame(tmp_path / "a.png", density=2)
    assert (frame.bgr == noise).all()
    assert frame.density == 2


def test_a_jpeg_is_read(tmp_path: Path, noise: np.ndarray) -> None:
    (tmp_path / "a.jpg").write_bytes(bytes(cv2.imencode(".jpg", noise)[1]))
    assert read_frame(tmp_path / "a.jpg").size == Size(60, 40)


@pytest.mark.parametrize("keep", [0, 4, 30, 0.5, 0.99])
@pytest.mark.parametrize("kind", [".png", ".jpg"])
def test_a_broken_file_is_named(tmp_path: Path, noise: np.ndarray, kind: str, keep: float) -> None:
    data = bytes(cv2.imencode(kind, noise)[1])
    path = tmp_path / f"half{kind}"
    path.write_bytes(data[: int(keep if keep >= 1 else keep * len(data))])
    with pytest.raises(FormatError, match=f"half{kind}"):
        read_frame(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"none\.png cannot be read: no such file"):
        read_frame(tmp_path / "none.png")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, noise: np.ndarray) -> None:
    data = bytearray(encode_png(noise))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    (tmp_path / "bomb.png").write_bytes(data)
    with pytest.raises(FormatError):
        read_frame(tmp_path / "bomb.png")


@pytest.mark.parametrize(
    ("width", "height", "density"),
    [(1080, 2400, 2.625), (412, 915, 1.0), (1280, 800, 1), (800, 1280, 1), (3840, 2160, 2)],
)
def test_density_is_guessed_from_the_size(width: int, height: int, density: float) -> None:
    assert guess_density(Size(width, height)) == density


def test_a_picture_of_an_object_is_never_empty(tmp_path: Path, noise: np.ndarray) -> None:
    write_png(tmp_path / "a.png", noise)
    frame = read_frame(tmp_path / "a.png")
    assert picture_of(frame, Rect(10, 10, 30, 20), margin_dp=2).shape == (14, 24, 3)
    assert picture_of(frame, Rect(900, 900, 950, 950)).size > 0
