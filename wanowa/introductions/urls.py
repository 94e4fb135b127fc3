"""Addresses of introductions."""

from django.urls import path

from wanowa.introductions import views

app_name = "introductions"
urlpatterns = [
    path("", views.board, name="board"),
    path("mine/", views.mine, name="mine"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.introduction, name="introduction"),
]
