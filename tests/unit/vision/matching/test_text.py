from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistest.vision.matching.text import normalised, similarity, similarity_matrix


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Save", "Save"),
        ("Save", "SAVE"),
        ("Log in", "Login"),
        ("×", "*"),  # noqa: RUF001
        ("−", "-"),  # noqa: RUF001
        ("7", "7"),
        ("Save…", "Save..."),
    ],
)
def test_the_same_text_in_another_font_or_case(first, second):
    assert similarity(first, second) >= 0.95


@pytest.mark.parametrize(
    ("first", "second"),
    [("7", "1"), ("5", "6"), ("Row 1", "Row 2"), ("10", "100"), ("a", "b"), ("+", "-"), ("", "x")],
)
def test_signs_and_numbers_are_exact_evidence(first, second):
    assert similarity(first, second) == 0


def test_the_same_shape_is_less_than_the_same_sign():
    assert 0 < similarity("0", "O") < similarity("0", "0")
    assert similarity("5", "S") < 0.8


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Settings", "Sett1ngs"),
        ("0ption", "Option"),
        ("Preferen...", "Preferences"),
        ("Notifications and sounds", "Notifications and so"),
        ("Cancel", "Carcel"),
    ],
)
def test_misread_and_cut_texts_stay_alike(first, second):
    assert 0.7 <= similarity(first, second) < 0.95


@pytest.mark.parametrize(("first", "second"), [("Sign in", "Sign up"), ("Save", "Save as")])
def test_other_commands_with_common_words_are_not_taken_for_the_same(first, second):
    assert similarity(first, second) < 0.7


@given(st.lists(st.text(max_size=12), max_size=6), st.lists(st.text(max_size=12), max_size=6))
def test_matrix_is_symmetric_and_bounded(first, second):
    matrix = similarity_matrix(first, second)
    assert matrix.shape == (len(first), len(second))
    assert np.all((matrix >= 0) & (matrix <= 1))
    np.testing.assert_allclose(matrix, similarity_matrix(second, first).T, atol=1e-6)


@given(st.text(max_size=30))
def test_a_text_is_itself(text):
    assert similarity(text, text) == (1.0 if normalised(text) else 0.0)


def test_what_ocr_makes_of_round_icons_is_no_number():
    assert similarity("\N{CIRCLED DIGIT FOUR}", "4") == 0


def test_a_hostile_text_costs_no_more_than_a_long_one():
    assert len(normalised("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 10_000)) < 5_000


@pytest.mark.parametrize(
    ("read", "caption"),
    [("+ Add plant", "Add plant"), ("Next >", "Next"), ("< Back", "Back")],
)
def test_an_icon_that_was_read_with_its_caption_is_no_part_of_it(read, caption):
    assert similarity(read, caption) == 1.0


def test_signs_that_mean_something_stay():
    assert similarity("- 5 C", "5 C") < 1.0
    assert similarity("+", "Add") == 0.0
    assert similarity("C++ source", "C source") < 1.0
