"""Addresses of activities."""

from django.urls import path

from wanowa.activities import views

app_name = "activities"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("new/", views.new, name="new"),
    path("watching/", views.watching, name="watching"),
    path("checklists/<str:slug>/", views.collaboration_checklist, name="collaboration_checklist"),
    path("checklists/<str:slug>/<slug:question>/", views.collaboration_answer, name="collaboration_answer"),
    path("<str:slug>/", views.activity, name="activity"),
    path("<str:slug>/log/", views.log, name="log"),
    path("<str:slug>/edit/", views.edit, name="edit"),
    path("<str:slug>/end/", views.end, name="end"),
    path("<str:slug>/watch/", views.watch, name="watch"),
    path("<str:slug>/suggest/", views.suggest, name="suggest"),
    path("<str:slug>/suggestions/<int:pk>/", views.suggestion, name="suggestion"),
    path("<str:slug>/checklist/", views.checklist, name="checklist"),
    path("<str:slug>/checklist/<slug:question>/", views.answer, name="answer"),
]
