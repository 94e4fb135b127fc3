"""The gallery of components, the reader's choice of look, and the files of the look."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.kernel.languages import offered
from wanowa.web import assets, gallery, languages, pages, preferences


class LookForm(forms.Form):
    """Colours and text size."""

    theme = forms.ChoiceField(
        label=_("色"),
        widget=forms.RadioSelect,
        required=False,
        choices=[("", _("機器の設定に合わせる")), ("light", _("白い画面")), ("dark", _("暗い画面"))],
    )
    text = forms.ChoiceField(
        label=_("文字の大きさ"),
        widget=forms.RadioSelect,
        required=False,
        choices=[("", _("ふつう")), ("large", _("大きい"))],
    )


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    return pages.show(request, "web/gallery.html", gallery.content())


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Let the reader choose colours and text size; this browser remembers."""
    form = LookForm(request.POST or None, initial=preferences.of(request))
    if request.method == "POST" and form.is_valid():
        response = HttpResponseRedirect(reverse("web:look"))
        preferences.keep(response, form.cleaned_data, secure=request.is_secure())
        return response
    return pages.show(request, "web/look.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest, language: str) -> HttpResponse:
    """Show pages in a language from now on, and lead back. Languages that we do not speak are a 404.

    A link changes nothing but this browser's cookie; the form of a signed-in person keeps it with her too.
    """
    if language not in offered():
        raise Http404
    response = HttpResponseRedirect(languages.way_back(request))
    languages.keep(response, language, secure=request.is_secure())
    if request.method == "POST":
        languages.keep_with_person(request, language)
    return response


@require_safe
def asset(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """Give one bundle: for ever under its own digest, to be asked again under another."""
    try:
        found = assets.get(name)
    except KeyError:
        raise Http404 from None
    squeeze = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(found.squeezed if squeeze else found.body, content_type=found.media_type)
    if squeeze:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    current = digest == found.digest
    response["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    return response
