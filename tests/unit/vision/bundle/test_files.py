"""A bundle comes back as it was saved; what is no bundle is refused with one sentence."""

from __future__ import annotations

import dataclasses
import json
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.vision.bundle.conftest import TARGET, members, rewrite, small_graph
from vistest.core.errors import FormatError, UnsupportedVersion
from vistest.vision.bundle import compress, load_bundle, save_bundle
from vistest.vision.bundle.arrays import ALIGNMENT
from vistest.vision.engine.compression import Concentrated


def plain(layer):
    fields = (getattr(layer, field.name) for field in dataclasses.fields(layer))
    return [
        (value.dtype, value.shape, value.tobytes()) if isinstance(value, np.ndarray) else value
        for value in fields
    ]


def test_the_round_trip_loses_nothing(bundle, path):
    back = load_bundle(path)
    assert (back.name, back.facts) == ("small 1", {"classes": ["text", "icon"]})
    assert back.graph.input == bundle.graph.input
    assert back.graph.outputs == bundle.graph.outputs
    assert back.graph.tensors == bundle.graph.tensors
    assert [type(layer) for layer in back.graph.layers] == [type(x) for x in bundle.graph.layers]
    for layer, known in zip(back.graph.layers, bundle.graph.layers, strict=True):
        assert plain(layer) == plain(known)
    for name, stored in bundle.weights.items():
        found = back.weights[name]
        assert found.pattern == stored.pattern
        assert found.stored_bytes == stored.stored_bytes
        if isinstance(stored.content, Concentrated):
            assert np.array_equal(found.content.mask.columns, stored.content.mask.columns)
            assert np.array_equal(found.content.blocks, stored.content.blocks)


def test_the_same_model_gives_the_same_file(bundle, path, tmp_path):
    save_bundle(bundle, tmp_path / "again.vmodel")
    assert (tmp_path / "again.vmodel").read_bytes() == path.read_bytes()


def test_a_write_that_fails_leaves_what_was_there(bundle, path):
    before = path.read_bytes()
    with pytest.raises(ValueError, match="JSON"):
        save_bundle(dataclasses.replace(bundle, facts={"nan": float("nan")}), path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_it_is_smaller_than_the_dense_weights(bundle, path):
    dense = sum(layer.weight.nbytes for layer in bundle.graph.convolutions)
    stored = sum(weights.stored_bytes for weights in bundle.weights.values())
    assert stored < 0.6 * dense
    assert 0.6 < bundle.block_sparsity < 0.75


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "no model bundle"),
        (b"PK\x03\x04 but no archive", "no model bundle"),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_archive(content, problem, tmp_path):
    path = tmp_path / "model.vmodel"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FormatError, match=problem) as caught:
        load_bundle(path)
    assert caught.value.hint


def test_a_folder_is_no_bundle(tmp_path):
    with pytest.raises(FormatError, match="cannot be read"):
        load_bundle(tmp_path)


@pytest.mark.parametrize("names", [["manifest.json"], ["manifest.json", "arrays.bin", "../x"]])
def test_other_members_are_refused(names, path):
    manifest, arrays = members(path)
    content = {"manifest.json": json.dumps(manifest), "arrays.bin": arrays}
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, content.get(name, b""))
    with pytest.raises(FormatError, match="the two files"):
        load_bundle(path)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": NaN}', "[" * 100_000, '"\ud800"'])
def test_a_manifest_that_is_no_object(text, path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", text.encode("utf-8", "surrogatepass"))
        archive.writestr("arrays.bin", b"")
    with pytest.raises(FormatError, match="JSON"):
        load_bundle(path)


def test_members_that_unpack_to_too_much(path, monkeypatch):
    monkeypatch.setattr("vistest.vision.bundle.files.LARGEST_BYTES", 1 << 10)
    with pytest.raises(FormatError, match=r"arrays\.bin is larger"):
        load_bundle(path)


def test_a_newer_version(path):
    rewrite(path, lambda manifest: manifest.update(version=2))
    with pytest.raises(UnsupportedVersion, match="version 2") as caught:
        load_bundle(path)
    assert "update" in caught.value.hint


def put(*keys_and_value):
    *keys, last, value = keys_and_value

    def change(manifest):
        for key in keys:
            manifest = manifest[key]
        if value is KeyError:
            del manifest[last]
        else:
            manifest[last] = value

    return change


COARSE = ("layers", 1)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (put("format", "vistest-recording"), "no model bundle"),
        (put("version", "1"), "no version number"),
        (put("name", KeyError), "name is missing"),
        (put("name", ""), "name must be a text"),
        (put("facts", []), "facts must be an object"),
        (put("input", "nothing"), "'nothing' is no tensor"),
        (put("outputs", []), "outputs"),
        (put("outputs", ["nothing"]), "not made by any layer"),
        (put("tensors", {}), "tensors must be a list"),
        (put("tensors", 0, "channels", 0), "channels is out of range"),
        (put("tensors", 0, "channels", 10**30), "channels is out of range"),
        (put("tensors", 0, "channels", 4.0), "channels must be a whole number"),
        (put("tensors", 0, "scale", 10**400), "scale is out of range"),
        (put("tensors", 0, "scale", 0), "no valid data type, scale or zero point"),
        (put("tensors", 0, "type", "float64"), "type must be one of"),
        (put("layers", 0, "kind", "softmax"), "kind must be one of"),
        (put("layers", 0, "inputs", []), "has 0 inputs"),
        (put("layers", 0, "inputs", ["pixels", "pixels"]), "has 2 inputs"),
        (put("layers", 0, "inputs", ["f"]), "before it is filled"),
        (put("layers", 0, "relu", 1), "relu must be true or false"),
        (put("layers", 0, "stride", 3), "does not fit"),
        (put("layers", 1, "name", "stem"), "same name"),
        (put(*COARSE, "shape", [32, 16, 3]), "shape"),
        (put(*COARSE, "shape", [32, 16, 99, 99]), "shape"),
        (put(*COARSE, "shape", [65536, 65536, 7, 7]), "larger than 256 MiB"),
        (put(*COARSE, "shape", [32, 16, 3, -3]), "shape is out of range"),
        (put(*COARSE, "shape", [64, 16, 3, 3]), "another size"),
        (put(*COARSE, "pattern", "block", "4x3"), "not a sparsity pattern"),
        (put(*COARSE, "pattern", "block", "4x4"), "not a sparsity pattern"),
        (put(*COARSE, "pattern", "data_type", "fp32"), "not a sparsity pattern"),
        (put(*COARSE, "weights", "type", "float32"), "type must be one of int8"),
        (put(*COARSE, "weights", "offset", -64), "offset is out of range"),
        (put(*COARSE, "weights", "offset", 1), "does not lie within"),
        (put(*COARSE, "weights", "offset", 1 << 27), "does not lie within"),
        (put(*COARSE, "weights", "offset", 1 << 63), "offset is out of range"),
        (put(*COARSE, "weights", "shape", [1 << 20] * 4), "does not lie within"),
        (put(*COARSE, "weights", "shape", [1] * 5), "list of at most 4"),
        (put(*COARSE, "weights", "shape", [0, 16, 4]), "another size"),
        (put(*COARSE, "mask", "starts", "offset", 0), "do not follow"),
        (put(*COARSE, "mask", "columns", "offset", 0), "the mask"),
        (put(*COARSE, "mask", KeyError), "not of shape"),
        (put(*COARSE, "bias", "shape", [31]), "does not fit"),
        (put(*COARSE, "weight_scale", "shape", [4, 8]), "does not fit"),
        (put("layers", 5, "table", "shape", [255]), "does not fit"),
        (put("layers", 6, "kernel", 1000), "kernel is out of range"),
        (put("layers", 7, "factor", 0), "does not fit"),
    ],
)
def test_a_changed_manifest_is_refused(change, problem, path):
    with pytest.raises(FormatError, match=problem) as caught:
        load_bundle(rewrite(path, change))
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_a_cut_file_is_refused(path):
    content = path.read_bytes()
    for length in range(0, len(content), 97):
        path.write_bytes(content[:length])
        with pytest.raises(FormatError):
            load_bundle(path)


def refusal(path):
    """The sentence that a bundle is refused with, if it is."""
    try:
        load_bundle(path).graph.check()
    except FormatError as error:
        return str(error)
    return ""


@given(data=st.data())
def test_damaged_bytes_never_do_worse_than_a_format_error(data, tmp_path_factory):
    path = tmp_path_factory.mktemp("damaged") / "model.vmodel"
    save_bundle(compress(small_graph(), "small", TARGET), path)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    assert "\n" not in refusal(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(data=st.data())
def test_any_member_may_be_anything(data, tmp_path_factory):
    path = tmp_path_factory.mktemp("odd") / "model.vmodel"
    save_bundle(compress(small_graph(), "small", TARGET), path)

    def change(place):
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = data.draw(st.sampled_from(keys))
            inner = place[key]
            if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
                place[key] = data.draw(JSON)
                return
            place = inner

    assert "\n" not in refusal(rewrite(path, change))


def test_arrays_lie_where_registers_can_load_them(path):
    manifest, arrays = members(path)
    places = [
        place
        for layer in manifest["layers"]
        for member in (layer, layer.get("mask", {}))
        for place in member.values()
        if isinstance(place, dict) and "offset" in place
    ]
    assert len(places) == 5 * 3 + 3 * 2 + 1
    assert all(place["offset"] % ALIGNMENT == 0 for place in places)
    assert max(place["offset"] for place in places) < len(arrays)
