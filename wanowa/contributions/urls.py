"""Addresses of contributions."""

from django.urls import path

from wanowa.contributions import views

app_name = "contributions"
urlpatterns = [
    path("<str:slug>/", views.overview, name="overview"),
    path("<str:slug>/new/<slug:sort>/", views.new, name="new"),
    path("<str:slug>/entries/", views.entries, name="entries"),
    path("<str:slug>/entries/table/", views.table, name="table"),
    path("<str:slug>/entries/<int:number>/", views.entry, name="entry"),
    path("<str:slug>/entries/<int:number>/receipt/", views.receipt, name="receipt"),
]
