"""Addresses of the process log."""

from django.urls import path

from wanowa.record.views import explanation

app_name = "record"
urlpatterns = [path("", explanation, name="explanation")]
