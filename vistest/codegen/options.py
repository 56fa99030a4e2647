from __future__ import annotations

from dataclasses import dataclass


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
