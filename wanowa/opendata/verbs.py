"""What can happen to files of the world, and how it reads."""

from django.utils.translation import gettext_lazy as _

from wanowa.record.verbs import Fact, Verb

BROUGHT = Verb(
    "opendata.import.brought",
    _("協働の窓口が、公開情報のファイルを読みました"),
    facts={"digest": Fact.DIGEST},
)
MAPPED = Verb("opendata.import.mapped", _("協働の窓口が、列の割り当てを決めました"))
BEGUN = Verb("opendata.import.begun", _("公開情報の取りこみが始まりました"), facts={"digest": Fact.DIGEST})
FAILED = Verb("opendata.import.failed", _("公開情報を取りこめませんでした"), facts={"digest": Fact.DIGEST})
DROPPED = Verb("opendata.import.dropped", _("協働の窓口が、取りこみをやめました"))
IMPORTED = Verb(
    "opendata.import.done",
    _("公開情報から、新しい団体 {new}、変わった団体 {changed} を取りこみました"),
    public=True,
    facts={"digest": Fact.DIGEST, "new": Fact.NUMBER, "changed": Fact.NUMBER, "same": Fact.NUMBER},
)
EXPORTED = Verb("opendata.groups.exported", _("団体の一覧を書き出しました"), facts={"rows": Fact.NUMBER})
