import subprocess
import sys

import pytest

PROGRAM = """
import sys
sys.modules[{module!r}] = None
from vistest.devices import connect
from vistest.core.errors import DeviceError
try:
    connect("x11::0")
except DeviceError as error:
    print(error, "/", error.hint)
"""


@pytest.mark.parametrize("module", ["Xlib", "mss"])
def test_a_missing_package_is_one_clear_sentence(module: str) -> None:
    program = PROGRAM.format(module=module)
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "which is not installed. / pip install 'vistest[x11]'" in result.stdout
    assert result.stderr == ""


def test_connect_itself_needs_neither() -> None:
    program = "import sys, vistest.devices; assert not {'Xlib', 'mss', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
