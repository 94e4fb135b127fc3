"""Addresses of collaborations."""

from django.urls import URLPattern

app_name = "collaborations"
urlpatterns: list[URLPattern] = []
