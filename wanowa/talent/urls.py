"""Addresses of talent."""

from django.urls import path

from wanowa.talent import views

app_name = "talent"
urlpatterns = [
    path("", views.index, name="index"),
    path("mine/", views.mine, name="mine"),
    path("mine/edit/", views.edit, name="edit"),
    path("mine/act/", views.act, name="act"),
    path("mine/leave/", views.leave, name="leave"),
    path("look/", views.look, name="look"),
    path("looks/<int:pk>/", views.cards, name="cards"),
    path("looks/<int:pk>/<str:handle>/", views.ask, name="ask"),
    path("requests/<int:pk>/", views.request, name="request"),
    path("answer/<str:token>/", views.answer, name="answer"),
    path("desk/", views.board, name="board"),
    path("desk/new/", views.new, name="new"),
    path("desk/people/<int:pk>/", views.person, name="person"),
    path("desk/people/<int:pk>/receipt/", views.receipt, name="receipt"),
    path("desk/exports/", views.exports, name="exports"),
    path("desk/sheets/<slug:name>/", views.sheet, name="sheet"),
]
