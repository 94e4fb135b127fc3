"""Addresses of proposals."""

from django.urls import URLPattern, path

from wanowa.proposals.views import deciding, gate, history, outcome, reviewing

app_name = "proposals"
JUDGING: list[URLPattern] = [
    path("history/", history.history, name="history"),
    path("history.csv", history.history_table, name="history_table"),
    path("reviews/", reviewing.reviews, name="reviews"),
    path("reviews/<int:pk>/", reviewing.review, name="review"),
    path("rounds/<int:pk>/judging/", deciding.judging, name="judging"),
    path("rounds/<int:pk>/result/", deciding.result, name="result"),
    path("<int:pk>/outcome/", outcome.outcome, name="outcome"),
    path("gate/", gate.gate, name="gate"),
    path("gate.csv", gate.summary, name="summary"),
]
urlpatterns: list[URLPattern] = [*JUDGING]
