from dashboard.markup import show


def page_head(title: str, *, kicker: str = "", lead: str = "") -> None:
    """The head of a page; `kicker` stands above the title, `lead` below it."""
    show("head.html", title=title, kicker=kicker, lead=lead)


def section(title: str, *, count: int | None = None, note: str = "") -> None:
    """The heading of a section, with how many things stand in it."""
    show("section.html", title=title, count=count, note=note)


def nothing(words: str) -> None:
    """Say that a section is empty, and why that may be."""
    show("empty.html", words=words)
