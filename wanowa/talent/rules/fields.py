"""The eleven personal fields of a person in the bank (the twelfth is 秘匿), and how widely each may ever be seen."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.kernel.errors import Invalid


class Field(TextChoices):
    """A personal field; its value is the column of the profile that holds it, sealed."""

    SKILLS = "skills", pgettext_lazy("skill", "できること")
    EXPERIENCE = "experience", _("経験")
    AREA = "area", _("地区")
    TIMES = "times", _("動ける日と時間")
    REWARD = "reward", _("お礼")
    AGE_BAND = "age_band", _("年代")
    NAME = "name", _("名前")
    READING = "reading", _("ふりがな")
    METHOD = "method", _("連絡のしかた")
    CONTACT = "contact", _("連絡先")
    GUARDIAN = "guardian", _("保護者")


class Tier(IntegerChoices):
    """Who sees a field (trust.md §4.2)."""

    V0 = 0, _("本人だけ")
    V1 = 1, _("協働推進員まで")
    V2 = 2, _("登録団体と市の課まで")
    V3 = 3, _("だれでも（まとめた数だけ）")


HIGHEST: Mapping[Field, Tier] = MappingProxyType(
    {
        Field.SKILLS: Tier.V3,
        Field.EXPERIENCE: Tier.V2,
        Field.AREA: Tier.V3,
        Field.TIMES: Tier.V2,
        Field.REWARD: Tier.V2,
        Field.AGE_BAND: Tier.V1,
        Field.NAME: Tier.V1,
        Field.READING: Tier.V0,
        Field.METHOD: Tier.V1,
        Field.CONTACT: Tier.V0,
        Field.GUARDIAN: Tier.V1,
    }
)
"""No choice goes higher. Contact values are handed over by the person herself, to one request, or not at all."""

NEEDED = frozenset({Field.SKILLS, Field.NAME, Field.METHOD})
FIXED = (Field.NAME, Field.METHOD, Field.GUARDIAN)
"""Fields that the desk always reads and nobody else."""
"""What a coordinator must be able to see, else the bank can do nothing for the person."""

HANDED_OVER = (Field.NAME, Field.READING, Field.CONTACT)
"""What a person may hand over to one request when she accepts it."""


class Times(TextChoices):
    """When somebody can help; several may be chosen."""

    WEEKDAY = "weekday", _("平日の昼")
    WEEKDAY_EVENING = "weekday_evening", _("平日の夜")
    SATURDAY = "saturday", _("土曜")
    SUNDAY = "sunday", _("日曜・祝日")
    ANY = "any", _("相談して決める")


class Reward(TextChoices):
    """Whether something is expected in return."""

    NONE = "none", _("お礼はいらない")
    COSTS = "costs", _("交通費などの実費だけ")
    FEE = "fee", _("お礼がほしい")


class AgeBand(TextChoices):
    """How old, roughly; no birth date is held."""

    MINOR = "minor", _("18さいより下")
    TWENTIES = "18-29", _("18さいから29さい")
    THIRTIES = "30-49", _("30さいから49さい")
    FIFTIES = "50-64", _("50さいから64さい")
    SIXTIES = "65-74", _("65さいから74さい")
    SEVENTIES = "75-", _("75さいより上")


class Method(TextChoices):
    """How requests reach the person."""

    MAIL = "mail", _("メール")
    PHONE = "phone", _("電話")
    LETTER = "letter", _("手紙")


def check_tier(field: Field, tier: Tier, *, minor: bool) -> None:
    """Raise Invalid when a field may not be seen that widely."""
    if tier > HIGHEST[field]:
        raise Invalid(_("「%(field)s」は、そこまで広げられません。") % {"field": field.label})
    if minor and tier > Tier.V1:
        raise Invalid(_("18さいより下の人のことは、協働推進員だけが見ます。"))
    if field in NEEDED and tier < Tier.V1:
        raise Invalid(
            _(
                "「%(field)s」は、協働推進員が見ます。だれにも見せないときは、「すべてかくす」か登録をやめるを選んでください。"
            )
            % {"field": field.label}
        )
