"""Addresses of parties."""

from django.urls import path

from wanowa.parties import views

app_name = "parties"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("new/", views.new, name="new"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("<str:slug>/", views.party, name="party"),
    path("<str:slug>/edit/", views.edit, name="edit"),
    path("<str:slug>/edit/name/", views.rename, name="rename"),
    path("<str:slug>/close/", views.close, name="close"),
    path("<str:slug>/members/", views.members, name="members"),
    path("<str:slug>/members/first/", views.first, name="first"),
    path("<str:slug>/members/invite/", views.invite, name="invite"),
    path("<str:slug>/members/<int:pk>/", views.term, name="term"),
    path("<str:slug>/members/invitations/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:slug>/registration/", views.registration, name="registration"),
    path("<str:slug>/registration/renew/", views.renew, name="renew"),
    path("<str:slug>/registration/<int:year>/decide/", views.decide, name="decide"),
    path("<str:slug>/registration/papers/<int:pk>/", views.paper, name="paper"),
]
