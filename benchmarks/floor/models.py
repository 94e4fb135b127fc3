"""An idea and its comments."""

from django.db import models


class Idea(models.Model):
    """What a list shows."""

    title = models.CharField(max_length=120)
    summary = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.title


class Comment(models.Model):
    """What a detail page shows twenty of."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="comments")
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.body
