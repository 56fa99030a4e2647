"""Streams in the byte format of ITU-T H.264, annex B, cut up as a network cuts them."""

from __future__ import annotations

import fractions

import av
import numpy as np
import pytest

from vistest.devices.android.h264 import H264Decoder


def stream(levels: list[int]) -> list[bytes]:
    """One access unit for each picture of one grey level, as a phone's encoder writes them."""
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt = 64, 96, "yuv420p"
    codec.time_base = fractions.Fraction(1, 1000)
    codec.options = {"preset": "ultrafast", "tune": "zerolatency"}
    units = []
    for index, level in enumerate(levels):
        picture = av.VideoFrame.from_ndarray(np.full((96, 64, 3), level, np.uint8), "bgr24")
        picture.pts = index * 40
        units.append(b"".join(bytes(packet) for packet in codec.encode(picture)))
    return units


def level(picture: av.VideoFrame) -> int:
    return int(picture.to_ndarray(format="bgr24").mean().round())


def test_a_picture_comes_out_when_the_next_begins_or_after_a_silence() -> None:
    decoder = H264Decoder()
    one, two = stream([60, 200])
    assert decoder.feed(one, 100.0) == []
    assert decoder.waiting
    ((first, came),) = decoder.feed(two, 140.0)
    assert (level(first), came) == (pytest.approx(60, abs=6), 100.0)
    ((second, came),) = decoder.flush()
    assert (level(second), came) == (pytest.approx(200, abs=6), 140.0)
    assert not decoder.waiting


def test_parts_of_a_picture_count_when_the_last_of_them_came() -> None:
    decoder = H264Decoder()
    one, two = stream([60, 200])
    half = len(one) // 2
    assert decoder.feed(one[:half], 100.0) == []
    assert decoder.feed(one[half:], 120.0) == []
    ((_, came),) = decoder.feed(two, 140.0)
    assert came == 120.0


def test_several_pictures_at_once() -> None:
    decoder = H264Decoder()
    pictures = decoder.feed(b"".join(stream([10, 80, 150, 220])), 100.0)
    pictures += decoder.flush()
    assert [level(picture) for picture, _ in pictures] == pytest.approx([10, 80, 150, 220], abs=6)


def test_damage_costs_pictures_but_no_more() -> None:
    decoder = H264Decoder()
    good = stream([60, 200])
    found = decoder.feed(b"\x00\x01garbage" * 40, 90.0)
    found += decoder.feed(good[0], 100.0)
    found += decoder.feed(good[1], 140.0)
    found += decoder.flush()
    assert level(found[-1][0]) == pytest.approx(200, abs=6)
