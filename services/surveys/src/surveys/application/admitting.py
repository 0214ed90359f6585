"""Who may answer: a campaign of codes takes each code once; a class counts where it is known."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from contracts.problems import Problem
from surveys.application.storing import Accepted
from surveys.storage.unit_of_work import SurveysUnitOfWork

# Paper is entered by staff, who had the slip in their hands.
ENTERED = "paper"


def admit(
    work: SurveysUnitOfWork, checked: Sequence[Accepted]
) -> tuple[list[Accepted], dict[UUID, Problem]]:
    """Return the answers that are let in, each with its class, and why others are not.

    The codes of those that are let in are locked until the end of the transaction; of two with one
    code in the same batch the first is let in.
    """
    asked = [(a.campaign.id, a.submission.code) for a in checked if _needs_code(a)]
    free = work.codes.hold((campaign, code) for campaign, code in asked if code is not None)
    let_in: list[Accepted] = []
    refused: dict[UUID, Problem] = {}
    for a in checked:
        if not _needs_code(a):
            known = a.submission.class_code in a.campaign.classes
            let_in.append(replace(a, class_code=a.submission.class_code if known else None))
        elif a.submission.code is None:
            refused[a.submission.submission_id] = Problem("surveys.code_required")
        elif (a.campaign.id, a.submission.code) in free:
            class_code = free.pop((a.campaign.id, a.submission.code))
            let_in.append(replace(a, class_code=class_code, code=a.submission.code))
        else:
            refused[a.submission.submission_id] = Problem("surveys.code_refused")
    return let_in, refused


def _needs_code(a: Accepted) -> bool:
    return a.campaign.access == "codes" and a.submission.source != ENTERED
