"""PDFs of issued documents: one at a time over all replicas, never inside a transaction."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from reports.storage.unit_of_work import Units

log = logging.getLogger(__name__)
# Longer than a conversion may take: whoever claimed one before that is dead.
LEASE: Final = timedelta(minutes=5)


def convert_next(units: Units, convert: Callable[[bytes], bytes]) -> bool:
    """Make the next PDF that is waited for; returns whether there was one.

    `convert` raises for a document that it can't convert; that one waits for its next attempt,
    behind all others.
    """
    with units.alone("convert documents") as work:
        claimed = None if work is None else work.documents.claim_conversion(LEASE)
    if claimed is None:
        return False
    document_id, docx = claimed
    try:
        pdf = convert(docx)
    except Exception as why:  # noqa: BLE001 - whatever it was, the others get their turn
        log.warning("no PDF of %s: %s: %s", document_id, type(why).__name__, why)
        with units.for_system() as work:
            work.documents.not_converted(document_id)
    else:
        with units.for_system() as work:
            work.documents.converted(document_id, pdf)
    return True
