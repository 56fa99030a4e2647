from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from vistest.report import write_junit

WriteRun = Callable[..., Path]


def parsed(path: Path) -> ET.Element:
    return ET.parse(path).getroot()  # noqa: S314 - written by the test itself


def test_a_case_for_each_device_and_a_suite_for_each_script(
    tmp_path: Path, write_run: WriteRun
) -> None:
    folders = [
        write_run("a"),
        write_run("b", device="x11::92"),
        write_run("c", script="Other"),
    ]
    write_junit(folders, tmp_path / "junit.xml")
    root = parsed(tmp_path / "junit.xml")
    assert (root.tag, root.get("tests"), root.get("failures")) == ("testsuites", "3", "3")
    assert [suite.get("name") for suite in root] == ["Sum", "Other"]
    assert [case.get("name") for case in root[0].iter("testcase")] == ["x11::91", "x11::92"]
    case = root[1].find("testcase")
    assert (case.get("classname"), case.get("time"), case.get("file")) == (
        "Other",
        "6.500",
        "sum.vistest",
    )
    assert case.find("failure").get("message") == "7 is not there"
    assert "2. FAILED expect 7 (line 5): 7 is not there" in case.find("failure").text
    assert "1. ok tap 7 (line 4) [tap_retried]" in case.find("system-out").text


def test_characters_that_xml_cannot_hold_are_replaced(tmp_path: Path, write_run: WriteRun) -> None:
    text = "a\x00b\x1bc\ud800d\uffffe]]><x>&amp;\U0001f600"
    write_junit([write_run(text=text, device=text)], tmp_path / "junit.xml")
    case = next(parsed(tmp_path / "junit.xml").iter("testcase"))
    assert case.get("name") == "a\ufffdb\ufffdc\ufffdd\ufffde]]><x>&amp;\U0001f600"


def test_a_run_that_broke_off_is_an_error(tmp_path: Path, write_run: WriteRun) -> None:
    folder = write_run()
    lines = (folder / "results.jsonl").read_text().splitlines()
    (folder / "results.jsonl").write_text("\n".join(lines[:2]) + "\n")
    write_junit([folder], tmp_path / "junit.xml")
    root = parsed(tmp_path / "junit.xml")
    assert root.get("errors") == "1"
    assert next(root.iter("error")).get("message") == "the replay broke off after 1 steps"
