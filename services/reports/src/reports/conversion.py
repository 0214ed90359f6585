"""Word to PDF by LibreOffice, in a process of its own that can harm nobody.

Each conversion has its own folder for profile, input and output; it is ended, with all that it
started, when it takes too long, and it may use a bounded amount of memory and processor time.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TIMEOUT_SECONDS: Final = 120.0
GRACE_SECONDS: Final = 10.0
PROCESSOR_SECONDS: Final = 90
MEMORY_BYTES: Final = 4 * 1024**3  # of addresses: LibreOffice maps far more than it uses
# Metric-compatible with Times New Roman, and with every Vietnamese letter.
FONTS: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <test name="family" qual="any"><string>Times New Roman</string></test>
    <edit name="family" mode="prepend" binding="strong">
      <string>Times New Roman</string><string>Tinos</string>
    </edit>
  </match>
</fontconfig>
"""


class ConversionFailed(Exception):
    """No PDF came out; `why`: missing, timeout, crashed, empty."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Converter:
    """How LibreOffice is started. `command` takes the arguments of `soffice`."""

    command: Sequence[str] = ("soffice",)
    seconds: float = TIMEOUT_SECONDS

    def convert(self, docx: bytes) -> bytes:
        """Return the PDF of a Word file; raises `ConversionFailed`."""
        if not all(map(shutil.which, ("timeout", "prlimit", "choom", self.command[0]))):
            raise ConversionFailed("missing")
        with tempfile.TemporaryDirectory(prefix="kipthoi-pdf-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            (folder / "document.docx").write_bytes(docx)
            self._run(folder)
            made = folder / "document.pdf"
            if not made.exists() or not made.stat().st_size:
                raise ConversionFailed("empty")
            return made.read_bytes()

    def _run(self, folder: Path) -> None:
        (folder / "fonts.conf").write_text(FONTS.format(cache=folder / "cache"), encoding="utf-8")
        # Output goes nowhere: a pipe that nobody reads would stop the process.
        process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            self._arguments(folder),
            cwd=folder,
            env={
                "PATH": os.environ.get("PATH", os.defpath),
                "HOME": str(folder),
                "TMPDIR": str(folder),
                "LC_ALL": "C.UTF-8",
                "FONTCONFIG_FILE": str(folder / "fonts.conf"),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            status = process.wait(self.seconds)
        except subprocess.TimeoutExpired:
            raise ConversionFailed("timeout") from None
        finally:
            with suppress(ProcessLookupError):  # all of it ended by itself
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if status:
            raise ConversionFailed("crashed")

    def _arguments(self, folder: Path) -> list[str]:
        # Also when this process is killed and can end nothing itself.
        last_word = ["timeout", "--signal=KILL", f"{self.seconds + GRACE_SECONDS:.0f}"]
        bounds = ["prlimit", f"--as={MEMORY_BYTES}", f"--cpu={PROCESSOR_SECONDS}", "--core=0"]
        # Where memory runs out, this is what the kernel ends, not the service.
        first_to_go = ["choom", "--adjust", "1000", "--"]
        return [
            *last_word,
            *bounds,
            *first_to_go,
            *self.command,
            "--headless",
            "--norestore",
            "--nolockcheck",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
            str(folder),
            str(folder / "document.docx"),
        ]
