"""Addresses of progress."""

import re

from django.urls import path, register_converter

from wanowa.progress import views
from wanowa.progress.rules import Month


class MonthConverter:
    """A month in an address: 2026-11."""

    regex = r"[0-9]{4}-[0-9]{2}"

    def to_python(self, written: str) -> Month:
        """Return the month; ValueError, and so 404, for one that does not exist."""
        year, number = written.split("-")
        return Month(int(year), int(number))

    def to_url(self, month: object) -> str:
        """Return how a month is written; ValueError for what is none."""
        if isinstance(month, Month):
            return f"{month.year}-{month.number:02}"
        if re.fullmatch(self.regex, str(month)):
            return str(month)
        raise ValueError("no month")


register_converter(MonthConverter, "month")

app_name = "progress"
urlpatterns = [
    path("quiet/", views.quiet, name="quiet"),
    path("<str:slug>/", views.board, name="board"),
    path("<str:slug>/<month:month>/", views.month, name="month"),
    path("<str:slug>/goals/<slug:goal>/", views.goal, name="goal"),
    path("<str:slug>/tasks/", views.tasks, name="tasks"),
    path("<str:slug>/notes/", views.notes, name="notes"),
    path("<str:slug>/notes/<int:pk>/photo/", views.photo, name="photo"),
]
