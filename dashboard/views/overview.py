"""The district's page: what is overdue first, then shares by kind, then school by school."""

from dashboard.notices import calm
from dashboard.sections import dues
from dashboard.sections.heading import nothing, page_head, section
from dashboard.sections.overview import ask_overview, headline, on_time_by_kind, school_table
from dashboard.visit import current

with calm():
    visit = current()
    words = visit.words
    overview = ask_overview(visit)
    page_head(
        words("page.overview"),
        lead=words("overview.lead", day=visit.formats.day(overview["as_of"])),
    )
    late = [dues.report_due(visit, one) for one in overview["overdue"]]
    late += dues.gather(visit, dues.MATTERS, None, "overdue")
    late.sort(key=lambda due: (due.due_on, due.school))
    headline(overview, len(late))
    section(words("overview.late"), count=len(late))
    if late:
        dues.draw(late, urgent=True, with_school=True)
    else:
        nothing(words("overview.nothing_late"))
    on_time_by_kind(overview)
    school_table(overview)
