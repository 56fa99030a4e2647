"""Puzzle Bay (tests/apps/canvas): one animated picture, nothing in it that a desktop knows."""

from __future__ import annotations
