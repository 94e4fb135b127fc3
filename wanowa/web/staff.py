"""Django's own pages for staff: to look, never to write. What parties agreed changes only by their agreement."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.apps import AdminConfig
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.views.decorators.http import require_safe

SHUT = {"login", "password_change", "password_change_done"}
"""Pages of Django's for passwords, which nobody has here."""
SECRETS = {"account", "mfa"}
"""Apps whose tables hold addresses and keys of people: nobody's business, staff included (trust.md V0)."""


class Staff(AdminConfig):
    """Puts our site in the place of Django's."""

    default_site = "wanowa.web.staff.Site"


class Site(AdminSite):
    """Shows a few tables to staff. Strangers sign in first; for everybody else it does not exist."""

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        """Take what apps register, without the tables that hold secrets."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        shown = [model for model in models if model._meta.app_label not in SECRETS]
        super().register(shown, admin_class, **options)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Leave out what belongs to passwords."""
        urls: list[URLPattern | URLResolver] = super().get_urls()
        return [url for url in urls if getattr(url, "name", None) not in SHUT]

    def admin_view[V: Callable[..., HttpResponseBase]](self, view: V, cacheable: bool = False) -> V:  # noqa: FBT001, FBT002
        """Let staff look; lead strangers to sign in; whoever writes is told that this is not the way (405)."""
        from django.contrib.auth.views import redirect_to_login  # noqa: PLC0415 - models are ready only now

        leaves = getattr(view, "__name__", "") == "logout"
        looked = super().admin_view(view if leaves else require_safe(view), cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            if not self.has_permission(request):
                raise Http404
            return looked(request, *args, **kwargs)

        return cast("V", guarded)
