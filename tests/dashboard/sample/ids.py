"""Ids of the sample that say what they stand for."""

from uuid import NAMESPACE_URL, UUID, uuid5


def made(name: str) -> UUID:
    """The same id for the same name, in every run."""
    return uuid5(NAMESPACE_URL, f"kipthoi:sample:{name}")
