"""Addresses of the look."""

from django.urls import path

from wanowa.web import views

app_name = "web"
urlpatterns = [
    path("", views.style, name="gallery"),
    path("look/", views.look, name="look"),
    path("language/<str:language>/", views.language, name="language"),
    path("<str:digest>/<str:name>", views.asset, name="asset"),
]
