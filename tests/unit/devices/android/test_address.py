import pytest

from vistest.core.errors import DeviceError
from vistest.devices.android.address import parse_address, server_address


def test_a_serial_goes_through_the_server_and_a_port_does_not() -> None:
    assert parse_address("adb:emulator-5554").serial == "emulator-5554"
    direct = parse_address("adb:192.168.1.7:5555")
    assert (direct.host, direct.port, direct.serial) == ("192.168.1.7", 5555, "")
    assert parse_address("adb:[::1]:5555").host == "::1"


def test_options() -> None:
    address = parse_address("adb:R58M12ABC?reconnect=20&video=screencap")
    assert (address.reconnect_s, address.video) == (20.0, "screencap")


@pytest.mark.parametrize(
    "uri",
    [
        "adb:",
        "adb:two words",
        "adb:host:0",
        "adb:host:99999",
        "adb:S?reconnect=soon",
        "adb:S?reconnect=-1",
        "adb:S?video=film",
        "adb:S?colour=red",
        "adb:$(reboot)",
    ],
)
def test_anything_else_is_refused_with_a_hint(uri: str) -> None:
    with pytest.raises(DeviceError) as caught:
        parse_address(uri)
    assert caught.value.hint


def test_the_servers_place_follows_adbs_own_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADB_SERVER_SOCKET", raising=False)
    monkeypatch.delenv("ANDROID_ADB_SERVER_PORT", raising=False)
    assert server_address() == ("127.0.0.1", 5037)
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", "5999")
    assert server_address() == ("127.0.0.1", 5999)
    monkeypatch.setenv("ADB_SERVER_SOCKET", "tcp:farm.example:6000")
    assert server_address() == ("farm.example", 6000)
