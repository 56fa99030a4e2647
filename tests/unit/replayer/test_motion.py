import numpy as np

from vistest.core.frame import Frame
from vistest.core.geometry import Rect
from vistest.replayer.motion import motion_between


def blank(width: int = 320, height: int = 240) -> Frame:
    return Frame(np.full((height, width, 4), 200, np.uint8))


def with_box(frame: Frame, box: Rect, level: int = 20) -> Frame:
    pixels = frame.pixels.copy()
    pixels[int(box.top) : int(box.bottom), int(box.left) : int(box.right)] = level
    return Frame(pixels, frame.time_ms, frame.density)


def test_equal_frames_show_no_motion() -> None:
    assert not motion_between(blank(), blank())


def test_a_changed_box_is_found_exactly() -> None:
    box = Rect(40, 50, 90, 70)
    assert motion_between(blank(), with_box(blank(), box)).boxes == (box,)


def test_the_meaningless_fourth_channel_does_not_move() -> None:
    frame = blank()
    pixels = frame.pixels.copy()
    pixels[:, :, 3] = 0
    assert not motion_between(frame, Frame(pixels))


def test_distant_changes_are_apart_and_close_ones_together() -> None:
    near = with_box(with_box(blank(), Rect(10, 10, 20, 20)), Rect(24, 10, 34, 20))
    far = with_box(near, Rect(200, 200, 210, 210))
    assert motion_between(blank(), far).boxes == (Rect(10, 10, 34, 20), Rect(200, 200, 210, 210))


def test_dithering_is_not_motion() -> None:
    frame = blank()
    pixels = frame.pixels.copy()
    pixels[::2, ::2, :3] += 2
    assert not motion_between(frame, Frame(pixels))


def test_another_size_is_a_change_of_everything() -> None:
    motion = motion_between(blank(), blank(240, 320))
    assert motion.resized
    assert motion.boxes == (Rect(0, 0, 240, 320),)


def test_outside_leaves_out_what_is_known_to_move() -> None:
    caret, window = Rect(10, 10, 12, 26), Rect(100, 100, 200, 200)
    motion = motion_between(blank(), with_box(with_box(blank(), caret), window))
    assert motion.outside((caret.expanded(2),)) == (window,)
