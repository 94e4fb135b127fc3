"""Addresses of papers."""

from django.urls import path

from wanowa.papers import views

app_name = "papers"
urlpatterns = [
    path("<str:slug>/", views.papers, name="papers"),
    path("<str:slug>/draft/<slug:kind>/", views.draft, name="draft"),
    path("<str:slug>/<int:number>/", views.version, name="version"),
    path("<str:slug>/<int:number>/<slug:kind>/", views.paper, name="paper"),
]
