"""Addresses of home: the front page, the ways to begin, and my page."""

from django.urls import path

from wanowa.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("begin/", views.begin, name="begin"),
    path("me/", views.me, name="me"),
    path("me/visitors/", views.visitors, name="visitors"),
]
