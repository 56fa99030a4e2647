"""Every weight and threshold of matching, in one place.

Where the numbers come from: `weights`, `calibration` and `found_at` are what
`python -m tests.bench.locating.fit` does: it renders the tuning split of the generated screens (the
even seeds of `models.data.web.crosslook`), parses them with the real parser, draws boards of
pictures without text and lists that are arranged anew (even seeds too) and fits. These numbers come
from the labels of seeds 0 to 70 and, for want of time, from real parses of the looks `spaced`,
`reflowed` and `turned` of seeds 0 to 34 and of the others of seeds 0 to 24. `found_at` is the
lowest value at which at most 1 % of the targets that were taken off a parsed screen led to a tap,
words left in another role not counted. No acceptance case was looked at. The rest are lengths in
lines of text, chosen once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def _weights() -> dict[str, float]:
    return {
        "bias": -3.54,
        "text_same": 2.0,
        "text_unique": 1.4,
        "text_alike": 1.49,
        "text_differs": -0.36,
        "text_numbers_differ": -3.0,
        "text_keys_differ": -12.0,
        "text_elsewhere": -1.64,
        "text_one_sided": -1.86,
        "caption_same": 1.16,
        "caption_differs": -0.96,
        "class_same": 0.78,
        "class_related": 0.2,
        "appearance": 1.9,
        "appearance_without_text": 1.4,
        "appearance_filling": 0.52,
        "appearance_same_hue": 0.58,
        "appearance_other_hue": 0.0,
        "appearance_one_grey": -0.75,
        "appearance_alone": 3.4,
        "appearance_behind": -2.49,
        "height": 0.0,
        "width": 0.0,
        "position_edges": 0.77,
        "position_share": 1.94,
        "neighbours_offset": 2.66,
        "neighbours_row": 2.31,
        "neighbours_near": 0.52,
        "neighbours_beside": 0.38,
        "neighbours_not_beside": -0.25,
        "neighbours_order": 1.52,
    }


def _calibration() -> dict[str, float]:
    return {"bias": -6.04, "score": 0.54, "margin": 0.36, "agreement": 0.3, "looks": 5.19}


@dataclass(frozen=True, slots=True)
class MatchingOptions:
    """How elements of two screens are compared.

    Attributes:
        weights: Log-odds that each kind of evidence adds to "this pair is one element".
        calibration: To the log-odds of being right from score and margin, both in log-odds, from
            the share of the screen that agrees, and from whether nothing else looks more alike.
        calibration_cap: Score and margin count up to here.
        found_at: Confidence from which an element is touched.
        candidate_at: Log-odds from which an element is listed as a candidate.
        anchor_margin: Log-odds by which a pair must win to serve as an anchor.
        anchors_each: How many of the nearest anchors vouch for an element.
        anchor_reach: Lines of text at which an anchor's word counts 1/e.
        rounds: How often anchors are chosen anew.
        described_same: Text likeness from which a described text is taken for the same.
        near_reach: Lines of text that `near` reaches.
        cached_pairs: Pairs of scenes whose solution is kept.
    """

    weights: Mapping[str, float] = field(default_factory=_weights)
    calibration: Mapping[str, float] = field(default_factory=_calibration)
    calibration_cap: float = 8.0
    found_at: float = 0.93
    candidate_at: float = -4.0
    anchor_margin: float = 2.0
    anchors_each: int = 8
    anchor_reach: float = 6.0
    rounds: int = 3
    described_same: float = 0.7
    near_reach: float = 8.0
    cached_pairs: int = 8
