"""Ids and the shapes of names that cross service borders."""

import re
from typing import Annotated

from pydantic import StringConstraints

# A school's or unit's code is its identity everywhere: in events, URLs and metric labels.
# It never changes; a name may.
UNIT_CODE = re.compile(r"^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$")

UnitCode = Annotated[str, StringConstraints(pattern=UNIT_CODE.pattern)]
SchoolCode = UnitCode
