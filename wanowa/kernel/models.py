"""The base of every table that people can see."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Base(models.Model):
    """When a row was made and last changed."""

    created_at = models.DateTimeField(_("作成日時"), auto_now_add=True)
    updated_at = models.DateTimeField(_("更新日時"), auto_now=True)

    class Meta:
        abstract = True
