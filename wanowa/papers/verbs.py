"""What happens to papers: the platform issues them, and takes one back when somebody in it is forgotten."""

from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules import PaperKind
from wanowa.record.verbs import Fact, Verb

ISSUED = Verb(
    "papers.paper.issued",
    _("第{version}版の書類「{kind}」ができました"),
    public=True,
    quiet=True,
    facts={"version": Fact.NUMBER, "kind": PaperKind, "digest": Fact.DIGEST},
)
WITHDRAWN = Verb(
    "papers.paper.withdrawn",
    _("第{version}版の書類「{kind}」のファイルを消しました（登録を消した人の名前があるため）"),
    public=True,
    quiet=True,
    facts={"version": Fact.NUMBER, "kind": PaperKind},
)
