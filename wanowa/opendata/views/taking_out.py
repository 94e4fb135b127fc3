"""Taking the groups out, in the columns of the portal."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wanowa.kernel.errors import Invalid
from wanowa.kernel.languages import in_japanese
from wanowa.opendata import queries, services
from wanowa.opendata.forms import TakeOutForm
from wanowa.opendata.rules import Encoding
from wanowa.opendata.views.desk import desk, table_file, trail
from wanowa.web.pages import show


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest) -> HttpResponse:
    """Show what an encoding could not hold, and hand the groups out."""
    by = desk(request)
    if request.method == "POST":
        form = TakeOutForm(request.POST)
        if not form.is_valid():
            raise Invalid(str(form.errors["encoding"][0]))
        encoding = Encoding(form.cleaned_data["encoding"])
        raw, _lost = services.export(encoding, by=by)
        with in_japanese():
            return table_file(raw, _("団体の一覧.csv"), encoding)
    header, rows = queries.exported()
    _raw, lost = queries.file_of(header, rows, Encoding.CP932)
    context = {"count": len(rows), "lost": lost, "trail": trail(_("書き出す"))}
    return show(request, "opendata/table.html", context)
