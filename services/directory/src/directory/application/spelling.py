"""One spelling for what people type: Vietnamese keyboards compose the same letters differently."""

import unicodedata


def nfc(words: str) -> str:
    """Return the words in NFC, as all text is stored."""
    return unicodedata.normalize("NFC", words)
