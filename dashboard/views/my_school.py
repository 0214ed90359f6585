"""A school's own page: what is overdue, what this week asks for, how the school stands."""

from dashboard.notices import calm
from dashboard.sections.heading import nothing, page_head
from dashboard.sections.my_school import ask_figures, late_work, standing, this_week
from dashboard.sections.reminders import reminders_of
from dashboard.sections.schools import choose_school
from dashboard.visit import current

with calm():
    visit = current()
    words = visit.words
    school = choose_school()
    if school is None:
        page_head(words("my_school.title"))
        nothing(words("my_school.none"))
    else:
        figures = ask_figures(visit, school)
        page_head(
            words("my_school.title"),
            kicker=figures["row"]["title"],
            lead=words("overview.lead", day=visit.formats.day(figures["as_of"])),
        )
        late_work(visit, school)
        this_week(visit, school)
        with calm():
            reminders_of(school)
        with calm():
            standing(figures)
