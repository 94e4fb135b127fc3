"""Addresses of search."""

from django.urls import path

from wanowa.search import views

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("missed/", views.missed, name="missed"),
    path("unfound/", views.unfound, name="unfound"),
    path("unfound/<int:pk>/remove/", views.remove, name="remove"),
]
