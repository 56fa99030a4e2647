"""A stand-in for a phone: see `phone.Phone`."""

from __future__ import annotations

from tests.phone.phone import Phone
from tests.phone.setup import PhoneSetup

__all__ = ["Phone", "PhoneSetup"]
