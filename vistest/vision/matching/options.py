"""Every weight and threshold of matching, in one place.

Where the numbers come from: `weights`, `calibration` and `found_at` are what
`python -m tests.bench.locating.fit` prints; it renders the tuning split of the generated screens
(the even seeds of `models.data.web.crosslook`), parses them with the real parser, draws boards of
pictures without text (even seeds too) and fits. The weights are from seeds 0 to 34 in eight looks;
calibration and `found_at` (by the rule of `tests.bench.locating.choice`) from seeds 0 to 70 in
eleven, with targets taken away and their words left in another role (`--keep-weights`). No
acceptance case was looked at. The rest are lengths in lines of text, chosen once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def _weights() -> dict[str, float]:
    return {
        "bias": -1.66,
        "text_same": 1.64,
        "text_unique": 1.64,
        "text_alike": 1.51,
        "text_differs": -1.5,
        "text_numbers_differ": -3.0,
        "text_keys_differ": -12.0,
        "text_one_sided": -2.56,
        "caption_same": 1.09,
        "caption_differs": -1.21,
        "class_same": 0.0,
        "class_related": 0.13,
        "appearance": 1.37,
        "appearance_without_text": 0.8,
        "appearance_filling": 0.85,
        "appearance_same_hue": 0.85,
        "appearance_other_hue": -0.32,
        "appearance_one_grey": -0.58,
        "appearance_alone": 3.27,
        "appearance_behind": -3.58,
        "height": 0.0,
        "width": 0.0,
        "position_edges": 1.44,
        "position_share": 2.6,
        "neighbours_offset": 1.84,
        "neighbours_row": 3.99,
        "neighbours_near": 0.66,
        "neighbours_beside": 0.0,
        "neighbours_not_beside": -0.51,
    }


def _calibration() -> dict[str, float]:
    return {
        "bias": -9.73,
        "score": 0.2,
        "margin": 0.32,
        "agreement": 3.6,
        "looks": 8.21,
        "row": 1.48,
        "place": 4.59,
        "caption": 0.92,
        "role": 1.12,
    }


@dataclass(frozen=True, slots=True)
class MatchingOptions:
    """How elements of two screens are compared.

    Attributes:
        weights: Log-odds that each kind of evidence adds to "this pair is one element".
        calibration: To the log-odds of being right from score and margin, both in log-odds, from
            the share of the screen that agrees, from whether nothing else looks more alike, and
            from how the pair compares to the pairs that are certain (`peers.py`).
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
    found_at: float = 0.91
    candidate_at: float = -4.0
    anchor_margin: float = 2.0
    anchors_each: int = 8
    anchor_reach: float = 6.0
    rounds: int = 3
    described_same: float = 0.7
    near_reach: float = 8.0
    cached_pairs: int = 8
