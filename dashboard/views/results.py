"""The district's results: every school's parents together, then school by school."""

from dashboard.notices import calm
from dashboard.sections.heading import page_head
from dashboard.sections.league import league_page
from dashboard.visit import current

with calm():
    words = current().words
    page_head(words("page.results"), lead=words("league.lead"))
    league_page()
