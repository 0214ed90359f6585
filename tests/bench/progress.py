"""How far a long run is: a bar on a terminal, a line per step elsewhere."""

import sys
import time

WIDTH = 30


class Progress:
    """Counts steps; `steps` is how many there will be."""

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._done = 0
        self._began = time.monotonic()
        self._bar = sys.stderr.isatty()

    def begin(self, what: str) -> None:
        """Say what is being done now."""
        minutes, seconds = divmod(int(time.monotonic() - self._began), 60)
        if self._bar:
            filled = WIDTH * self._done // self._steps
            bar = "█" * filled + "·" * (WIDTH - filled)
            self._write(f"\r{bar} {self._done}/{self._steps} {minutes}:{seconds:02} {what}\x1b[K")
        else:
            self._write(f"[{self._done + 1}/{self._steps}] {minutes}:{seconds:02} {what}\n")
        self._done += 1

    def end(self) -> None:
        """Leave the line to what comes after."""
        if self._bar:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
