"""List, detail, post, a page from memory, a conditional request: each as little as it can be."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path

from benchmarks.floor.models import Comment, Idea

KEPT: dict[str, bytes] = {}
ETAG = '"kept"'


def ideas(request: HttpRequest) -> HttpResponse:
    """Show the newest 20 of all: one query, one template."""
    return render(request, "list.html", {"ideas": Idea.objects.order_by("-created_at")[:20]})


def idea(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one with 20 comments: two queries."""
    found = get_object_or_404(Idea, pk=pk)
    return render(request, "detail.html", {"idea": found, "comments": found.comments.order_by("id")[:20]})


def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Insert one comment."""
    Comment.objects.create(idea_id=pk, body=request.POST["body"])
    return HttpResponseRedirect(f"/{pk}/")


def kept(request: HttpRequest) -> HttpResponse:
    """Give the list from memory, or 304 to whoever has it."""
    if request.headers.get("If-None-Match") == ETAG:
        return HttpResponse(status=304, headers={"ETag": ETAG})
    body = KEPT.get(request.path)
    if body is None:
        body = KEPT[request.path] = ideas(request).content
    return HttpResponse(body, headers={"ETag": ETAG})


urlpatterns = [path("", ideas), path("kept/", kept), path("<int:pk>/", idea), path("<int:pk>/post/", post)]
