"""Said at an address of no page, or of a page that is not this role's."""

from dashboard.navigation import link, pages_for
from dashboard.sections.heading import page_head
from dashboard.visit import current

visit = current()
words = visit.words
page_head(words("page.none_such"), lead=words("page.none_such.lead"))
link(pages_for(visit.role, words)[0], words.language)
