"""Addresses of proposals."""

from django.urls import path

from wanowa.proposals import views
from wanowa.proposals.views import deciding, files, gate, history, outcome, reviewing

app_name = "proposals"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("code/", views.code, name="code"),
    path("desk/", views.desk, name="desk"),
    path("ideas/<str:token>/", views.seed, name="seed"),
    path("rounds/new/", views.new_round, name="new_round"),
    path("rounds/<int:pk>/", views.round_page, name="round"),
    path("rounds/<int:pk>/edit/", views.edit_round, name="edit_round"),
    path("<int:pk>/", views.proposal, name="proposal"),
    path("<int:pk>/write/", views.write, name="write"),
    path("<int:pk>/draft/", views.draft, name="draft"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/paper/", views.paper, name="paper"),
    path("<int:pk>/files/<int:attachment>/", files.file, name="file"),
    path("<int:pk>/recording/", files.recording, name="recording"),
    path("history/", history.history, name="history"),
    path("history.csv", history.history_table, name="history_table"),
    path("reviews/", reviewing.reviews, name="reviews"),
    path("reviews/<int:pk>/", reviewing.review, name="review"),
    path("rounds/<int:pk>/judging/", deciding.judging, name="judging"),
    path("rounds/<int:pk>/result/", deciding.result, name="result"),
    path("<int:pk>/outcome/", outcome.outcome, name="outcome"),
    path("gate/", gate.gate, name="gate"),
    path("gate.csv", gate.summary, name="summary"),
    path("gate.pdf", gate.summary_paper, name="summary_paper"),
]
