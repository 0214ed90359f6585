"""Opaque tokens: 256 random bits, of which only the SHA-256 is kept."""

import hashlib
import secrets
from typing import Final

# Tells a key from a session at a glance, to programs that look for leaked secrets too.
KEY_PREFIX: Final = "kipthoi_key_"


def new_session_token() -> str:
    """Return the token of a new session."""
    return secrets.token_urlsafe(32)


def new_key_token() -> str:
    """Return the secret of a new API key."""
    return KEY_PREFIX + secrets.token_urlsafe(32)


def is_key(token: str) -> bool:
    """Whether the token looks like an API key's."""
    return token.startswith(KEY_PREFIX)


def digest(token: str) -> bytes:
    """Return what is kept of a token, or of what was typed as a username."""
    return hashlib.sha256(token.encode()).digest()
