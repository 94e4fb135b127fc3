"""Addresses of exchange."""

from django.urls import path

from wanowa.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("first/", views.first, name="first"),
    path("new/", views.new, name="new"),
    path("mine/", views.mine, name="mine"),
    path("keep/<str:token>/", views.keep, name="keep"),
    path("hands/<str:token>/", views.hand, name="hand"),
    path("hands/<str:token>/calendar/", views.calendar, name="calendar"),
    path("pledges/<int:pk>/", views.pledge, name="pledge"),
    path("<int:pk>/", views.listing, name="listing"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/raise/", views.raise_hand, name="raise"),
    path("<int:pk>/raise/code/", views.code, name="code"),
    path("<int:pk>/guests/", views.guests, name="guests"),
    path("<int:pk>/pledge/", views.make_pledge, name="make_pledge"),
    path("<int:pk>/pictures/", views.pictures, name="pictures"),
    path("<int:pk>/pictures/<int:picture>/", views.picture, name="picture"),
]
