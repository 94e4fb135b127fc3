"""The addresses of the guideline: /guideline/, one for each word, and the text itself with its versions."""

from django.urls import path

from wanowa.guideline import views

app_name = "guideline"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("navigator/", views.navigator, name="navigator"),
    path("navigator/result/", views.navigator_result, name="navigator_result"),
    path("navigator/compare/", views.navigator_compare, name="navigator_compare"),
    path("forms/<slug:key>/", views.form, name="form"),
    path("areas/<slug:key>/", views.area, name="area"),
    path("kinds/<slug:key>/", views.kind, name="kind"),
    path("principles/<slug:key>/", views.principle, name="principle"),
    path("ownership/<slug:key>/", views.ownership, name="ownership"),
    path("text/", views.text, name="text"),
    path("text/<int:number>/", views.edition, name="edition"),
    path("text/<int:number>/changes/", views.changes, name="changes"),
]
