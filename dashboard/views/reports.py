"""Reports: what a school owes, or all schools as a matrix; with `?obligation=`, one of them."""

import streamlit as st

from dashboard.duties import may
from dashboard.notices import calm
from dashboard.sections.document_templates import document_templates
from dashboard.sections.heading import nothing, page_head
from dashboard.sections.matrix import report_matrix
from dashboard.sections.moved_days import moved_days
from dashboard.sections.obligation import obligation_page
from dashboard.sections.obligations import report_list
from dashboard.sections.reckoning import reckoning
from dashboard.sections.reminders import reminder_mails, urging
from dashboard.sections.schools import choose_school
from dashboard.sections.signing import signing_in_place
from dashboard.visit import current

with calm():
    if "obligation" in st.query_params:
        obligation_page(st.query_params["obligation"])
    else:
        words = current().words
        page_head(words("page.reports"), lead=words("reports.lead"))
        school = choose_school()
        if school is None:
            if may(current().role, "report.compare"):
                report_matrix()
            else:
                nothing(words("report.none"))
            urging(None)
            reminder_mails(None)
            document_templates()
        else:
            report_list(school)
            if may(current().role, "report.prepare"):
                signing_in_place(school)
            urging(school)
            reminder_mails(school)
        reckoning()
        moved_days()
