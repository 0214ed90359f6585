"""Run the dashboard: `python -m dashboard`; arguments go to `streamlit run`."""

import os
import sys
from pathlib import Path

from dashboard import logs

APP = Path(__file__).with_name("app.py")


def main() -> None:
    """Serve until SIGTERM; `.streamlit/config.toml` of the folder above says how."""
    logs.configure()
    from streamlit.web import cli  # noqa: PLC0415  its loggers take the stream that they find

    os.chdir(APP.parents[1])
    cli.main(["run", str(APP), *sys.argv[1:]], prog_name="streamlit")


if __name__ == "__main__":
    main()
