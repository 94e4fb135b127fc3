"""Addresses of the process log."""

from django.urls import path

from wanowa.record import views

app_name = "record"
urlpatterns = [
    path("", views.explanation, name="explanation"),
    path("checkpoints/", views.checkpoints, name="checkpoints"),
    path("checkpoints/<int:number>/", views.note, name="note"),
    path("compare/", views.compare, name="compare"),
    path("keys.txt", views.keys, name="keys"),
    path("receipt/<str:label>/<int:key>/<int:number>/", views.receipt, name="receipt"),
]

for_witnesses = [path("checkpoint", views.newest, name="checkpoint")]
"""Stands at the root, where witnesses look for it."""
