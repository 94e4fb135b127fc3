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
]
