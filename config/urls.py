"""The root addresses: one line an app."""

from django.contrib import admin
from django.urls import include, path

from config.health import healthz
from wanowa.record.urls import for_witnesses

urlpatterns = [
    path("", include("wanowa.home.urls")),
    path("record/", include("wanowa.record.urls")),
    *for_witnesses,
    path("style/", include("wanowa.web.urls")),
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("activities/", include("wanowa.activities.urls")),
    path("collaborations/", include("wanowa.collaborations.urls")),
    path("consultations/", include("wanowa.consultations.urls")),
    path("contributions/", include("wanowa.contributions.urls")),
    path("evaluations/", include("wanowa.evaluations.urls")),
    path("exchange/", include("wanowa.exchange.urls")),
    path("guideline/", include("wanowa.guideline.urls")),
    path("introductions/", include("wanowa.introductions.urls")),
    path("notices/", include("wanowa.notices.urls")),
    path("opendata/", include("wanowa.opendata.urls")),
    path("papers/", include("wanowa.papers.urls")),
    path("parties/", include("wanowa.parties.urls")),
    path("people/", include("wanowa.people.urls")),
    path("progress/", include("wanowa.progress.urls")),
    path("proposals/", include("wanowa.proposals.urls")),
    path("search/", include("wanowa.search.urls")),
    path("talent/", include("wanowa.talent.urls")),
]

handler400 = "wanowa.web.problems.bad_request"
handler403 = "wanowa.web.problems.forbidden"
handler404 = "wanowa.web.problems.not_found"
handler500 = "wanowa.web.problems.broken"
