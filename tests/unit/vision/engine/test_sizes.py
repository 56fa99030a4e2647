import pytest

from tests.unit.vision.bundle.conftest import small_graph
from vistest.core.errors import ModelError
from vistest.vision.engine.sizes import PictureSize, multiplications, picture_sizes


def test_sizes_follow_the_layers():
    sizes = picture_sizes(small_graph(), 64, 96)
    assert sizes["a"] == PictureSize(32, 48)
    assert sizes["g"] == PictureSize(16, 24)
    assert sizes["i"] == PictureSize(32, 48)
    assert sizes["j"] == sizes["scores"] == PictureSize(1, 1)


def test_multiplications_of_each_convolution():
    counts = multiplications(small_graph(), 64, 96)
    assert counts["stem"] == 16 * 4 * 9 * 32 * 48
    assert counts["fine"] == 16 * 18 * 32 * 48
    assert counts["head"] == 7 * 48


@pytest.mark.parametrize("size", [(0, 10), (10, -1), (10, 100_000)])
def test_absurd_sizes(size):
    with pytest.raises(ModelError, match="too small or too large"):
        picture_sizes(small_graph(), *size)


def test_sizes_that_do_not_meet_again():
    with pytest.raises(ModelError, match="inputs of different sizes") as caught:
        picture_sizes(small_graph(), 66, 66)
    assert "multiples" in caught.value.hint
