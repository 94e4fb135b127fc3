"""Addresses of parties."""

from django.urls import URLPattern

app_name = "parties"
urlpatterns: list[URLPattern] = []
