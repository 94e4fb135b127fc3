"""Addresses of evaluations."""

from django.urls import path

from wanowa.evaluations import views

app_name = "evaluations"
urlpatterns = [
    path("<str:slug>/", views.rounds, name="rounds"),
    path("<str:slug>/<int:number>/round/", views.round_page, name="round"),
    path("<str:slug>/<int:number>/desk/", views.desk, name="desk"),
    path("<str:slug>/<int:number>/desk/<str:key>/", views.answer, name="answer"),
    path("<str:slug>/<int:number>/desk/<str:key>/draft/", views.draft, name="draft"),
    path("<str:slug>/<int:number>/seal/", views.seal, name="seal"),
    # After the reveal
    path("", views.compare, name="compare"),
    path("table.csv", views.table, name="table"),
    path("<str:slug>/<int:number>/", views.results, name="results"),
    path("<str:slug>/<int:number>/paper/", views.paper, name="paper"),
    path("<str:slug>/<int:number>/why/<str:criterion>/", views.why, name="why"),
    path("<str:slug>/<int:number>/write/<str:part>/", views.write, name="write"),
    path("<str:slug>/<int:number>/approve/", views.approve, name="approve"),
    path("<str:slug>/<int:number>/comment/", views.comment, name="comment"),
    path("<str:slug>/<int:number>/ahead/", views.ahead, name="ahead"),
]
