from pathlib import Path

import pytest

from models.sparsify.nets import read_nets
from vistest.core.errors import FormatError, UnsupportedVersion


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
    assert [n.reference for n in nets.nets] == [None, None]
    assert nets.size == (320, 640)


def test_what_a_sparse_net_is_compared_with(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "detector.json").write_text("{}")
    text = TWO + 'reference = "b/dense-fp32.json"\n'
    with pytest.raises(FormatError, match=r"lacks .*dense-fp32\.json"):
        read_nets(written(tmp_path, text))
    (tmp_path / "b" / "dense-fp32.json").write_text("{}")
    nets = read_nets(written(tmp_path, text)).nets
    assert [n.reference for n in nets] == [None, tmp_path / "b" / "dense-fp32.json"]


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
