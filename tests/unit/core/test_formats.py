import pytest

from vistest.core.errors import FormatError, UnsupportedVersion
from vistest.core.formats import Format

THIRD = Format("box", 3, {1: lambda text: text + " to 2", 2: lambda text: text + " to 3"})


def test_an_old_document_goes_through_every_step() -> None:
    assert THIRD.upgrade("from 1", 1, "a.box") == "from 1 to 2 to 3"
    assert THIRD.upgrade("from 2", 2, "a.box") == "from 2 to 3"
    assert THIRD.upgrade("is 3", 3, "a.box") == "is 3"


def test_a_newer_document_asks_for_an_update() -> None:
    with pytest.raises(UnsupportedVersion) as caught:
        THIRD.upgrade("from 4", 4, "a.box")
    assert "please update" in caught.value.hint


@pytest.mark.parametrize("version", [None, "3", 0, -1, True, 1.5])
def test_what_is_no_version_is_refused(version: object) -> None:
    with pytest.raises(FormatError):
        THIRD.upgrade("", version, "a.box")
