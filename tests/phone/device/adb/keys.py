"""Keys of computers: RSA signatures over a token, PKCS #1 v1.5 with SHA-1 (RFC 8017, 8.2)."""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass

TOKEN_LENGTH = 20
# DigestInfo of SHA-1, RFC 8017, 9.2, note 1.
_DIGEST_INFO = bytes.fromhex("3021300906052b0e03021a05000414")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Of a computer, and what it calls itself (usually user@host)."""

    modulus: int
    exponent: int
    name: str = ""

    def verifies(self, signature: bytes, token: bytes) -> bool:
        """Whether `signature` was made of `token` with the private half."""
        length = (self.modulus.bit_length() + 7) // 8
        digest_info = _DIGEST_INFO + token
        padding = b"\xff" * (length - len(digest_info) - 3)
        opened = pow(int.from_bytes(signature), self.exponent, self.modulus)
        return opened.to_bytes(length) == b"\0\1" + padding + b"\0" + digest_info


def parse_public_key(data: bytes) -> PublicKey | None:
    """Of Android's own format (`android_pubkey.cpp`), in base64, then a space and a name.

    The structure: words of the modulus, n0inv, modulus, rr, exponent; little endian.
    """
    encoded, _, name = data.rstrip(b"\0").partition(b" ")
    try:
        raw = base64.b64decode(encoded, validate=True)
        (words,) = struct.unpack_from("<I", raw)
        (exponent,) = struct.unpack_from("<I", raw, 8 + 8 * words)
    except (binascii.Error, struct.error):
        return None
    modulus = int.from_bytes(raw[8 : 8 + 4 * words], "little")
    return PublicKey(modulus, exponent, name.decode(errors="replace")) if modulus else None
