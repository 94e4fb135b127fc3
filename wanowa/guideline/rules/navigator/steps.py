"""What to do in the areas without collaboration: A, where nobody needs the city, and E, where only it can act."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules.vocabulary import Area
from wanowa.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `page` is the name of an address; a step whose page this city does not run is left out."""

    title: Sentence
    sentence: Sentence
    action: Sentence
    page: str
    arguments: tuple[str, ...] = ()
    query: tuple[tuple[str, str], ...] = ()


STEPS: Mapping[Area, tuple[Step, ...]] = {
    Area.A: (
        Step(
            _("活動をのせる"),
            _("活動をみんなに知らせると、仲間が見つけやすくなります。"),
            _("のせる"),
            "activities:new",
        ),
        Step(
            _("仲間をさがす"),
            _("近い活動をしている人や団体に、声をかけてみましょう。"),
            _("さがす"),
            "parties:directory",
        ),
        Step(
            _("手伝いがほしくなったとき"),
            _("市の力がほしくなったら、いつでも領域Bに進めます。"),
            _("読む"),
            "guideline:area",
            (Area.B.value,),
        ),
    ),
    Area.E: (
        Step(
            _("受けもつ課をさがす"),
            _("課の紹介を読んで、どこが受けもつかを確かめましょう。"),
            _("さがす"),
            "parties:directory",
            query=(("kind", "city"),),
        ),
        Step(
            _("市の公開を見る"),
            _("市が、いま何をしているか、意見をいつ聞くかを確かめられます。"),
            _("見る"),
            "activities:directory",
            query=(("area", Area.E.value),),
        ),
        Step(
            _("手伝えることを考える"),
            _("市が決めたあとに市民が力を貸す形は、領域Dにあります。"),
            _("読む"),
            "guideline:area",
            (Area.D.value,),
        ),
    ),
}
"""The first step whose page exists is the one to take now."""
