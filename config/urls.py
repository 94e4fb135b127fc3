"""The root addresses: one line an app."""

from django.urls import include, path

urlpatterns = [
    path("style/", include("wanowa.web.urls")),
    path("collaborations/", include("wanowa.collaborations.urls")),
    path("guideline/", include("wanowa.guideline.urls")),
    path("parties/", include("wanowa.parties.urls")),
]

handler400 = "wanowa.web.problems.bad_request"
handler403 = "wanowa.web.problems.forbidden"
handler404 = "wanowa.web.problems.not_found"
handler500 = "wanowa.web.problems.broken"
