"""What somebody tells when she registers, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from wanowa.kernel.errors import Invalid
from wanowa.talent.rules.fields import (
    HIGHEST,
    NEEDED,
    AgeBand,
    Field,
    Method,
    Reward,
    Tier,
    Times,
    check_tier,
)
from wanowa.talent.rules.skills import Skills

LISTS = frozenset({Field.SKILLS, Field.TIMES})
"""Fields that hold several keys, joined by a comma."""


@dataclass(frozen=True, slots=True)
class Told:
    """Every field with its value, and how widely each may be seen."""

    values: Mapping[Field, str]
    tiers: Mapping[Field, Tier]
    may_call: bool = False
    """Whether a coordinator may open the contact to pass a request on."""
    checked_first: bool = False

    @property
    def is_minor(self) -> bool:
        """Whether the age band says so."""
        return self.values.get(Field.AGE_BAND) == AgeBand.MINOR

    def value(self, field: Field) -> str:
        """Return what was told, or nothing."""
        return self.values.get(field, "")

    def tier(self, field: Field) -> Tier:
        """Return how widely a field may be seen; what was not told is seen by nobody."""
        return self.tiers.get(field, Tier.V0) if self.value(field) else Tier.V0

    def check(self, skills: Skills, *, has_account: bool) -> None:
        """Raise Invalid with the first thing that is wrong."""
        for field in NEEDED:
            if not self.value(field).strip():
                raise Invalid(_("「%(field)s」を書いてください。") % {"field": field.label})
        _known(Field.SKILLS, self.value(Field.SKILLS), set(skills.by_key))
        _known(Field.AREA, self.value(Field.AREA), {block.key for block in skills.blocks})
        _known(Field.TIMES, self.value(Field.TIMES), set(Times.values))
        _known(Field.REWARD, self.value(Field.REWARD), set(Reward.values))
        _known(Field.AGE_BAND, self.value(Field.AGE_BAND), set(AgeBand.values))
        _known(Field.METHOD, self.value(Field.METHOD), set(Method.values))
        self._check_contact(has_account=has_account)
        if self.is_minor and not self.value(Field.GUARDIAN).strip():
            raise Invalid(_("18さいより下の人は、保護者の名前と、同意のしかたを書いてください。"))
        for field in HIGHEST:
            if self.value(field):
                check_tier(field, self.tier(field), minor=self.is_minor)

    def _check_contact(self, *, has_account: bool) -> None:
        method, contact = self.value(Field.METHOD), self.value(Field.CONTACT).strip()
        if method == Method.MAIL and has_account and not contact:
            return
        if not contact:
            raise Invalid(_("「連絡先」を書いてください。ほかの人には見えません。"))
        if method == Method.MAIL:
            try:
                validate_email(contact)
            except ValidationError:
                raise Invalid(_("連絡先に、メールアドレスを正しく書いてください。")) from None
        if not self.may_call and not (method == Method.MAIL and has_account):
            raise Invalid(_("お願いを知らせるために、連絡先を使ってよいか、しるしをつけてください。"))


def _known(field: Field, value: str, known: set[str]) -> None:
    keys = [key for key in (value.split(",") if field in LISTS else [value]) if key]
    if not set(keys) <= known:
        raise Invalid(_("「%(field)s」を、もう一度えらんでください。") % {"field": field.label})
