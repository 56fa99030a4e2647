from vistest.core.text import printable


def test_escape_sequences_and_bidi_overrides_do_not_survive() -> None:
    assert printable("a\x1b[31mb\u202ec") == "a\ufffd[31mb\ufffdc"


def test_long_text_is_cut_to_the_limit() -> None:
    assert len(printable("x" * 10_000, limit=80)) == 80


def test_a_newline_is_shown() -> None:
    assert printable("a\nb") == "a⏎b"
