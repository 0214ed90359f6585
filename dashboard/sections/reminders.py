"""Reminders: what a school is reminded of, the text for Zalo, the mails and where they go."""

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.naming import period_name
from dashboard.notices import calm, done
from dashboard.sections.heading import nothing, section
from dashboard.shapes.reminders import (
    MailAddresses,
    ReminderMails,
    Reminders,
    SchoolMails,
    Urging,
)
from dashboard.shapes.surveys import Period
from dashboard.visit import current


def reminders_of(school: str) -> None:
    """Draw what a school is reminded of, and whether its mail has left."""
    visit = current()
    t = visit.words
    told = visit.gateway.get("/reminders", Reminders, school=school)
    found = told["items"]
    section(t("reminders.title"), count=len(found), note=t("reminders.note"))
    if found:
        show("reminders.html", reminders=[(one, _of(one["period"])) for one in found])
    else:
        nothing(t("reminders.none"))
    if moved := told["moved"]:
        section(t("reminders.moved"), count=len(moved), note=t("reminders.moved_note"))
        show("moved_deadlines.html", moved=[(one, _of(one["period"])) for one in moved])


def _of(period: Period | None) -> str:
    visit = current()
    return period_name(visit, period) if period else visit.words("reminders.request")


def urging(school: str | None) -> None:
    """Draw the text to paste: for one school, or for all that are late."""
    visit = current()
    t = visit.words
    if not may(visit.role, "reminders.urge"):
        return
    with calm():
        told = visit.gateway.get("/reminders/text", Urging, school=school)
        note = t("reminders.urge_note_all") if school is None else t("reminders.urge_note_school")
        section(t("reminders.urge"), count=told["reminded"], note=note)
        if told["reminded"]:
            st.code(told["words"], language=None, wrap_lines=True)
        else:
            nothing(t("reminders.nobody") if school is None else t("reminders.none"))


def reminder_mails(school: str | None) -> None:
    """Draw how the mails of each school stand; the district keeps the address book."""
    visit = current()
    t = visit.words
    if not may(visit.role, "reminders.mails"):
        return
    with calm():
        told = visit.gateway.get("/reminder-mails", ReminderMails, school=school)
        found = told["items"]
        section(t("reminders.mails"), count=len(found), note=t("reminders.mails_note"))
        if not told["leaving"]:
            show("note.html", words=t("reminders.no_server"))
        if found:
            show("reminder_mails.html", schools=found)
        if found and may(visit.role, "mail_addresses.set"):
            _address_book(found)


def _address_book(schools: list[SchoolMails]) -> None:
    visit = current()
    t = visit.words
    titles = {one["school"]: one["school_title"] for one in schools}
    with st.expander(t("reminders.book")):
        show("note.html", words=t("reminders.book_note"))
        school = st.selectbox(
            t("reminders.school"),
            list(titles),
            format_func=titles.__getitem__,
            key="book_of",
            width=440,
        )
        path = f"/schools/{segment(school)}/mail-addresses"
        known = visit.gateway.get(path, MailAddresses)["addresses"]
        with st.form(f"book-{school}", border=False, width=440):
            lines = st.text_area(t("reminders.addresses"), "\n".join(known), height=130)
            if not st.form_submit_button(t("reminders.save")):
                return
            addresses = [line.strip() for line in lines.splitlines() if line.strip()]
            with calm():
                visit.gateway.post(path, {"addresses": addresses})
                done("reminders.saved")
