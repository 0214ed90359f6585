"""The health check inside an image: 0 when the process is ready, 1 with a line that says how it is.

Alive but not ready (the database is away) is worth waiting for; no answer at all is not.
`KIPTHOI_HEALTH_PATH` where it is not `/health/ready`. Standard library alone.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException

OK = 200


def main() -> int:
    """Ask the process of this container."""
    path = os.environ.get("KIPTHOI_HEALTH_PATH", "/health/ready")
    connection = HTTPConnection("127.0.0.1", int(os.environ["KIPTHOI_HTTP_PORT"]), timeout=8)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        told = answer.read(300).decode(errors="replace").strip()
    except (OSError, HTTPException) as error:
        print(f"not alive: {error}")
        return 1
    print(f"{'ready' if answer.status == OK else 'alive, not ready'}: {told}")
    return 0 if answer.status == OK else 1


if __name__ == "__main__":
    sys.exit(main())
