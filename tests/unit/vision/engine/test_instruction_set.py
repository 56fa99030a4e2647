import pytest

from vistest.core.errors import ModelError
from vistest.vision.engine.instruction_set import (
    INSTRUCTION_SETS,
    best_of,
    detect,
    instruction_set,
    listed_flags,
)

SERVER = "avx512f avx512bw avx512dq avx512vl avx512_vnni avx2 fma"


@pytest.mark.parametrize(
    ("machine", "flags", "name", "bits"),
    [
        ("x86_64", SERVER, "avx512vnni", 512),
        ("x86_64", "avx512f avx512bw avx2 fma", "avx2", 256),
        ("x86_64", "avx2 fma avx_vnni", "avxvnni", 256),
        ("x86_64", "sse4_2", "scalar", 32),
        ("aarch64", "fp asimd asimddp", "neondot", 128),
        ("aarch64", "fp asimd", "scalar", 32),
        ("aarch64", SERVER, "scalar", 32),
    ],
)
def test_the_best_set_of_a_processor_and_its_register(machine, flags, name, bits):
    found = best_of(machine, frozenset(flags.split()))
    assert (found.name, found.register_bits) == (name, bits)


def test_flags_are_read_as_linux_writes_them():
    assert listed_flags("processor\t: 0\nflags\t\t: fpu avx2\n\nflags\t\t: other") == {
        "fpu",
        "avx2",
    }
    assert listed_flags("processor\t: 0\nFeatures\t: fp asimddp\n") == {"fp", "asimddp"}
    assert listed_flags("") == frozenset()


def test_the_choice_for_this_machine_is_logged(caplog):
    with caplog.at_level("INFO"):
        found = detect()
    assert found in INSTRUCTION_SETS.values()
    assert f"instruction set {found.name}, {found.register_bits}-bit registers" in caplog.text


def test_a_set_can_be_named_for_another_machine():
    assert instruction_set("neondot").register_bits == 128
    assert instruction_set() == detect()
    with pytest.raises(ModelError, match="no instruction set 'mmx'") as caught:
        instruction_set("mmx")
    assert "avx512vnni" in caught.value.hint
