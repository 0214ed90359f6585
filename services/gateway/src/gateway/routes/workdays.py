"""Working days, windows and deadlines, each answer with its explanation in both languages."""

from typing import Annotated

from fastapi import Query

from contracts.days import Day
from contracts.rpc import workdays as m
from gateway.admission import make_router
from gateway.asking import Ask

router = make_router("/api/v1/workdays")

Period = Annotated[str, Query(max_length=20, examples=["2024-q1"])]
KindCode = Annotated[str, Query(max_length=40, examples=["cchc_result"])]


@router.get("/add", tags=["workdays"])
async def add_working_days(
    ask: Ask,
    after: Annotated[Day, Query()],
    working_days: Annotated[int, Query(ge=1, le=m.LONGEST_WORKING_DAYS)],
) -> m.WorkingDays:
    """The last of so many working days after a day, and the days that were not counted."""
    wanted = m.AddWorkingDays(after=after, working_days=working_days)
    return await ask("reports", "add_working_days", wanted, m.WorkingDays)


@router.get("/count", tags=["workdays"])
async def count_working_days(
    ask: Ask, after: Annotated[Day, Query()], until: Annotated[Day, Query()]
) -> m.WorkingDays:
    """The working days after a day, up to and with another."""
    wanted = m.CountWorkingDays(after=after, until=until)
    return await ask("reports", "count_working_days", wanted, m.WorkingDays)


@router.get("/window", tags=["workdays"])
async def get_window(ask: Ask, period: Period) -> m.PeriodWindow:
    """The days that a period's figures cover (Decree 09/2019/NĐ-CP, art. 12)."""
    return await ask("reports", "get_window", m.GetWindow(period=period), m.PeriodWindow)


@router.get("/deadline", tags=["workdays"])
async def get_kind_deadline(ask: Ask, kind: KindCode, period: Period) -> m.KindDeadline:
    """Until when a kind of report is due for a period: rule, version and what moved the day."""
    wanted = m.GetKindDeadline(kind=kind, period=period)
    return await ask("reports", "get_kind_deadline", wanted, m.KindDeadline)
