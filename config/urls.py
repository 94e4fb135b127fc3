"""The root addresses: one line an app."""

from django.urls import include, path

urlpatterns = [
    path("style/", include("wanowa.web.urls")),
    path("collaborations/", include("wanowa.collaborations.urls")),
    path("parties/", include("wanowa.parties.urls")),
]
