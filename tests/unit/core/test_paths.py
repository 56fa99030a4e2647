from pathlib import Path

import pytest

from vistest.core.errors import FormatError
from vistest.core.paths import path_inside


def test_a_path_below_the_folder(tmp_path: Path) -> None:
    assert path_inside(tmp_path, "scenes/1.json") == tmp_path / "scenes" / "1.json"


@pytest.mark.parametrize(
    "path", ["", ".", "..", "a/../../b", "/a", "C:\\a", "c:a", "a\\..\\b", "a\0"]
)
def test_a_path_that_could_leave_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(FormatError):
        path_inside(tmp_path, path)


def test_a_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "out").symlink_to(tmp_path)
    with pytest.raises(FormatError, match="symbolic link"):
        path_inside(tmp_path / "in", "out/secret")
