# ruff: noqa: S105, S106 - these passwords are made up
"""No pixel of a secret reaches the recording; the rest of the screen does."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from vistest.core.frame import Frame
from vistest.core.geometry import Point, Position, Rect, Screen, Size
from vistest.recorder.field_box import field_box
from vistest.recorder.secret_mask import SecretMask
from vistest.recorder.timeline import SecretSpan

SIZE = Size(480, 360)
FIELD = Rect(140, 120, 400, 150)
BUTTON = Rect(140, 180, 240, 212)
AT = Position(Point(200, 135), Screen(SIZE))
BEGIN, END, SETTLED = 1000.0, 2000.0, 2500.0
TYPING = (SecretSpan(BEGIN, AT),)
TYPED = (SecretSpan(BEGIN, AT, END, SETTLED),)
SECRET = "hunter2"


def login(
    password="", *, ready=False, echo="", shift=0, note="", theme=(245, 30), field=True, corner=""
):
    """A sign-in screen."""
    paper, ink = theme
    pixels = np.full((SIZE.height, SIZE.width, 3), paper, np.uint8)

    def write(text, x, y, color=(ink,) * 3):
        font = cv2.FONT_HERSHEY_SIMPLEX
        cv2.putText(pixels, text, (x, y + shift), font, 0.5, color, 1, cv2.LINE_AA)

    write("Welcome to the shop", 140, 40)
    write("Name", 60, 90)
    write("Password", 40, 140)
    for top in (70, 120) if field else (70,):
        corners = (140, top + shift), (399, top + 29 + shift)
        cv2.rectangle(pixels, *corners, (ink + 60,) * 3, 1)
    write("Zoe", 150, 91)
    write(password, 150, 141)
    fill = (180, 90, 30) if ready else (200, 200, 200)
    cv2.rectangle(pixels, (140, 180 + shift), (239, 211 + shift), fill, -1)
    write("Sign in", 160, 201, (255, 255, 255) if ready else (150, 150, 150))
    write(echo, 60, 320)
    write(note, 40, 260)
    write(corner, 300, 340)
    return pixels


def frame(time_ms, **options):
    return Frame.from_bgr(login(**options), time_ms)


def other_screen(time_ms, text="Your orders"):
    pixels = np.full((SIZE.height, SIZE.width, 3), 220, np.uint8)
    for row in range(6):
        place = (30 + 7 * row, 40 + 55 * row)
        cv2.putText(pixels, f"{text} {row}", place, cv2.FONT_HERSHEY_DUPLEX, 0.9, (90, 20, 20), 1)
    return Frame.from_bgr(pixels, time_ms)


def part(picture, box):
    return picture.crop(box)[:, :, :3]


def shows(stored, raw, box):
    return np.array_equal(part(stored, box), part(raw, box))


@pytest.fixture
def mask():
    """A mask that has seen the screen before the secret."""
    mask = SecretMask()
    before = frame(900.0)
    assert mask.apply(before, ()) is before
    return mask


def test_frames_before_the_secret_are_left_alone(mask):
    late = frame(999.0, note="almost")
    assert mask.apply(late, TYPING) is late


def test_the_stored_frame_is_the_same_whatever_the_secret_is():
    """The strongest statement: what is stored does not depend on the characters."""
    stored = []
    for secret in ("hunter2", "correct", "1234567"):
        mask = SecretMask()
        mask.apply(frame(900.0), ())
        for length in range(1, 8):
            mask.apply(frame(1000.0 + length, password=secret[:length]), TYPING)
        during = mask.apply(frame(1500.0, password=secret), TYPING)
        after = mask.apply(frame(3000.0, password=secret, note="Welcome"), TYPED)
        stored.append((during, after))
    for during, after in stored[1:]:
        assert np.array_equal(during.pixels, stored[0][0].pixels)
        assert np.array_equal(after.pixels, stored[0][1].pixels)


@pytest.mark.parametrize("at", [AT, None])
def test_the_whole_field_is_hidden_and_the_rest_is_not(mask, at):
    spans = (SecretSpan(BEGIN, at),)
    raw = frame(1100.0, password=SECRET)
    stored = mask.apply(raw, spans)
    inside = part(stored, FIELD.expanded(-3))
    assert np.ptp(inside.reshape(-1, 3).astype(int), axis=0).max() < 60, "no ink is left"
    assert shows(stored, raw, Rect(0, 0, 480, 100))
    assert shows(stored, raw, Rect(0, 165, 480, 360))
    assert shows(stored, raw, Rect(0, 100, 125, 165)), "its label can be read"
    assert not shows(stored, raw, FIELD)


def test_the_raw_frame_is_never_written_to(mask):
    raw = frame(1100.0, password=SECRET)
    copy = raw.pixels.copy()
    mask.apply(raw, TYPING)
    assert np.array_equal(raw.pixels, copy)


def test_a_secret_that_appears_elsewhere_is_hidden(mask):
    raw = frame(1100.0, password="*", echo=SECRET)
    stored = mask.apply(raw, TYPING)
    echo = Rect(50, 300, 140, 330)
    assert not shows(stored, raw, echo)
    assert np.ptp(part(stored, Rect(60, 306, 120, 324)).astype(int)) == 0


def test_it_stays_hidden_after_the_secret(mask):
    mask.apply(frame(1100.0, password="*******"), TYPING)
    shown = frame(9000.0, password=SECRET, note="You can see it now", corner="Help")
    stored = mask.apply(shown, TYPED)
    assert not shows(stored, shown, FIELD)
    assert shows(stored, shown, Rect(0, 220, 480, 360)), "what is new elsewhere can be seen"


def test_the_last_character_may_be_drawn_after_the_end(mask):
    mask.apply(frame(1100.0), TYPING)
    late = frame(2100.0, password="2", echo="2")
    stored = mask.apply(late, TYPED)
    assert not shows(stored, late, FIELD)
    assert not shows(stored, late, Rect(50, 300, 140, 330))


def test_a_button_that_becomes_enabled_can_be_seen(mask):
    raw = frame(1100.0, password=SECRET, ready=True)
    stored = mask.apply(raw, TYPING)
    assert shows(stored, raw, BUTTON)
    assert not shows(stored, raw, FIELD)


def test_another_screen_can_be_seen_and_the_way_back_is_hidden(mask):
    mask.apply(frame(1100.0, password=SECRET), TYPING)
    mask.apply(frame(3000.0, password=SECRET), TYPED)
    orders = other_screen(4000.0)
    assert mask.apply(orders, TYPED) is orders
    back = frame(5000.0, password=SECRET)
    assert not shows(mask.apply(back, TYPED), back, FIELD)


def test_it_stays_hidden_in_another_theme(mask):
    mask.apply(frame(1100.0, password=SECRET), TYPING)
    mask.apply(frame(3000.0, password=SECRET), TYPED)
    dark = frame(4000.0, password=SECRET, theme=(40, 180))
    assert not shows(mask.apply(dark, TYPED), dark, FIELD)


@pytest.mark.parametrize("shift", [-60, -90, 60])
def test_it_is_hidden_where_it_was_scrolled_to(mask, shift):
    mask.apply(frame(1100.0, password=SECRET), TYPING)
    mask.apply(frame(3000.0, password=SECRET), TYPED)
    moved = frame(4000.0, password=SECRET, shift=shift)
    stored = mask.apply(moved, TYPED)
    ink = Rect(150, 128 + shift, 210, 145 + shift)
    assert not shows(stored, moved, ink)
    assert np.ptp(part(stored, ink).astype(int)) < np.ptp(part(moved, ink).astype(int)) / 2


def test_another_screen_while_the_secret_is_typed_is_hidden_until_it_changes(mask):
    mask.apply(frame(1100.0, password=SECRET), TYPING)
    orders = other_screen(1500.0)
    assert not shows(mask.apply(orders, TYPING), orders, Rect(30, 20, 300, 350))
    third = other_screen(6000.0, "Something")
    stored = mask.apply(frame(5000.0), TYPED)
    assert stored.size == SIZE
    assert mask.apply(third, TYPED).pixels.shape == third.pixels.shape


def test_a_screen_that_turns_while_a_secret_is_typed_is_hidden(mask):
    turned = Frame(np.ascontiguousarray(frame(1100.0, password=SECRET).pixels.swapaxes(0, 1)), 1100)
    stored = mask.apply(turned, TYPING)
    assert stored.size == Size(SIZE.height, SIZE.width)
    assert not shows(stored, turned, Rect(120, 140, 150, 260))


def test_a_secret_before_the_first_picture_hides_all():
    raw = frame(1100.0, password=SECRET)
    stored = SecretMask().apply(raw, TYPING)
    assert not shows(stored, raw, Rect(0, 0, SIZE.width, SIZE.height))
    assert stored.pixels[:, :, :3].max() == 0


def test_two_secrets_are_both_hidden(mask):
    name = Position(Point(200, 85), Screen(SIZE))
    spans = (SecretSpan(BEGIN, AT, END, SETTLED), SecretSpan(3000.0, name))
    mask.apply(frame(1100.0, password=SECRET), spans[:1])
    mask.apply(frame(2900.0, password=SECRET), spans[:1])
    raw = frame(3100.0, password=SECRET)
    stored = mask.apply(raw, spans)
    assert not shows(stored, raw, FIELD)
    assert not shows(stored, raw, Rect(145, 75, 390, 95))


def test_field_box_is_the_field_not_the_text_in_it():
    box = field_box(frame(0, password="some text").pixels, Point(180, 135), 1.0)
    assert box is not None
    assert box.iou(FIELD) > 0.85


def test_no_field_on_a_plain_screen():
    assert field_box(np.full((200, 200, 4), 255, np.uint8), Point(100, 100), 1.0) is None


def test_span_is_open_by_default():
    assert SecretSpan(0.0, None).end_ms == math.inf
