from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class GestureOptions:
    """Where one gesture ends and another begins. Distances in dp, times in milliseconds.

    Attributes:
        slop_dp: A press that moves less stays a tap. Android's TOUCH_SLOP and GTK's
            gtk-dnd-drag-threshold are both 8.
        multi_tap_ms: Between presses of a double tap. GTK's gtk-double-click-time and Qt's
            mouseDoubleClickInterval are 400; Android asks 300 from release to press.
        multi_tap_mouse_dp: Between clicks of a double click: gtk-double-click-distance.
        multi_tap_touch_dp: Between the fingers of a double tap: half of the smallest touch
            target (48 dp in Material Design), so that two neighbours are never merged.
        long_press_ms: gtk-long-press-time; Android's was 500 and is 400.
        scroll_pause_ms: A longer pause between notches begins another scroll.
        flick_speed_dp_s: A finger slower than this on the whole way drags. Android calls a
            release above 50 dp/s a fling; a finger that places something moves at 100 to 200.
        flick_share: A finger that goes this share of the screen's extent swipes at any speed.
        flick_straightness: A swipe is straight: distance of the ends over length of the way.
        pinch_ratio: Two fingers whose distance changes less do not pinch.
        path_tolerance_dp: Points of a path that say no more than their neighbours are left out.
    """

    slop_dp: float = 8.0
    multi_tap_ms: float = 400.0
    multi_tap_mouse_dp: float = 5.0
    multi_tap_touch_dp: float = 24.0
    long_press_ms: float = 500.0
    scroll_pause_ms: float = 1000.0
    flick_speed_dp_s: float = 300.0
    flick_share: float = 0.25
    flick_straightness: float = 0.9
    pinch_ratio: float = 1.15
    path_tolerance_dp: float = 1.0


@dataclass(frozen=True, slots=True)
class ObjectOptions:
    """Which object a touch means. Lengths in dp.

    Attributes:
        near_dp: A touch beside an object by less still means it: half of the 8 dp that
            Material Design leaves between touch targets, so that it is never the next one.
        entry_dp: An entry of a menu bar reaches so far beyond its ink: GTK and Qt pad by 6 to 8,
            Material Design by 16.
        glyph_dp: An object up to this long is one thing with all that is drawn in it: the
            floating button of Material Design, 56, and its shadow.
        large_dp: On an object longer than this it matters where it is touched.
        container_share: An object that takes a larger share of the screen is a background.
        outline_reach_dp: How far around the touch an unnamed object may reach.
        smallest_dp: Smaller outlines are letters or dirt.
        blank_dp: Size of the box around a touch on nothing: the touch target of Material Design.
        picture_margin_dp: Around the object in its picture.
        longest_text: A longer text is not used to name an object.
    """

    near_dp: float = 4.0
    entry_dp: float = 16.0
    glyph_dp: float = 64.0
    large_dp: float = 240.0
    container_share: float = 0.2
    outline_reach_dp: float = 120.0
    smallest_dp: float = 12.0
    blank_dp: float = 48.0
    picture_margin_dp: float = 8.0
    longest_text: int = 60


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a recording becomes a script."""

    gestures: GestureOptions = field(default_factory=GestureOptions)
    objects: ObjectOptions = field(default_factory=ObjectOptions)
