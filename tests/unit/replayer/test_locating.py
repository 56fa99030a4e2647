from __future__ import annotations

from vistest.core.geometry import Rect, Screen, Size
from vistest.core.scene import Scene, UiElement
from vistest.replayer.locating import query_for
from vistest.script.model import SceneReference, Target
from vistest.vision.matching.query import RecordedQuery

SCENE = Scene((UiElement("list_item", Rect(0, 0, 300, 160)),), Screen(Size(400, 300), 1.0))


def test_a_place_on_the_object_is_a_part_of_the_question() -> None:
    placed = Target(recorded=SceneReference(SCENE, 0, "scenes/001.json", (0.2, 0.3)))
    assert query_for(placed) == RecordedQuery(SCENE, 0, (0.2, 0.3))
    anywhere = Target(recorded=SceneReference(SCENE, 0, "scenes/001.json"))
    assert query_for(anywhere) == RecordedQuery(SCENE, 0)
