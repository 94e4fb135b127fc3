"""Addresses of open data."""

from django.urls import path

from wanowa.opendata import views

app_name = "opendata"
urlpatterns = [
    path("groups/", views.groups, name="groups"),
    path("groups/table/", views.table, name="table"),
    path("groups/<int:pk>/", views.preview, name="preview"),
    path("groups/<int:pk>/report.csv", views.report, name="report"),
]
