"""The root addresses: one line an app."""

from django.urls import include, path

urlpatterns = [
    path("collaborations/", include("wanowa.collaborations.urls")),
    path("parties/", include("wanowa.parties.urls")),
    path("people/", include("wanowa.people.urls")),
]
