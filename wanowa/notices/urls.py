"""Addresses of notices."""

from django.urls import path

from wanowa.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("choose/", views.choose, name="choose"),
    path("off/<str:token>/", views.off, name="off"),
]
