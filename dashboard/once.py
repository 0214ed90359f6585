"""Ids that make what a person does take effect once, kept in the browser's session."""

from uuid import uuid4


class Once:
    """An id for each thing that is done, the same until it is done and the page has told so.

    Streamlit runs the page anew for each click: a second click on the same button, and one more
    after the gateway was away, come with the same id, and so are the same command.
    """

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}
        self._done: set[str] = set()

    def id_of(self, what: str) -> str:
        """The id of a thing that is about to be done; `what` tells it from other things."""
        return self._ids.setdefault(what, str(uuid4()))

    def done(self, what: str) -> None:
        """It is done or refused; clicks that come before the page is drawn still mean it."""
        self._done.add(what)

    def drawn(self) -> None:
        """The page tells what was done: whoever does the same again from here on means it anew."""
        done, self._done = self._done, set()  # another run of the page may be under way
        for what in done:
            self._ids.pop(what, None)
