"""From consent to paper: the last consent, then anybody gets the official paper, which holds what both agreed."""

import pytest

from tests.journeys.cast import cast, page_of, windows
from wanowa.collaborations.tests.factories import Town
from wanowa.guideline.rules import Form
from wanowa.papers.rules import PAPERS
from wanowa.papers.services import issue_new
from wanowa.papers.tests.agreements import offered_in
from wanowa.press.reading import faults

HOW = [
    pytest.param({"width": 360, "scripts": False}, id="phone-without-scripts"),
    pytest.param({"width": 1280, "scripts": True}, id="desktop"),
]


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("how", HOW)
def test_after_the_last_consent_anybody_gets_every_paper_of_the_form(visit, how, form):
    members = cast(2)
    _a, b = windows(visit, members, **how)
    version = offered_in(form, Town(tuple(member.actor for member in members)))

    b.go(page_of(version.collaboration, "consent/"))
    b.press("この内容に同意する")
    b.reads("全員の同意がそろい、第1版が効力をもちました。")
    while issue_new():
        pass

    anybody = visit(**how)
    anybody.go(page_of(version.collaboration))
    anybody.press("書類（印刷して使えます）")
    anybody.reads("これは、法律の電子署名ではありません。", *(str(kind.label) for kind in PAPERS[form]))
    for kind in PAPERS[form]:
        with anybody.page.expect_download() as coming:
            anybody.page.get_by_role("link", name=f"{kind.label}を受け取る（PDF）").click()
        file = coming.value
        assert file.suggested_filename.endswith(f"_{kind.label}_第1版.pdf")
        assert faults(file.path().read_bytes()) == []
