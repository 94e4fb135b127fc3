"""The addresses of the guideline: /guideline/ and one for each word."""

from django.urls import path

from wanowa.guideline import views

app_name = "guideline"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("forms/<slug:key>/", views.form, name="form"),
    path("areas/<slug:key>/", views.area, name="area"),
    path("kinds/<slug:key>/", views.kind, name="kind"),
    path("principles/<slug:key>/", views.principle, name="principle"),
]
