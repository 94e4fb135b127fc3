"""What is told about a 成果目標, with its evidence, and what is wrong with it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from wanowa.kernel.errors import Invalid

LARGEST_COUNT = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen, and what shows it: somebody's words with her consent, a number, a photo and what is in it."""

    text: str
    quote: str = ""
    consented: bool = False
    """Whether whoever said it agrees that it is shown."""
    count: int | None = None
    alt: str = ""
    """What the photo shows, for those who do not see it."""

    def check(self, *, photo: bool) -> None:
        """Raise Invalid with the first thing that is missing or too much; `photo`: whether one comes with it."""
        if not self.text.strip():
            raise Invalid(_("見えたこと、聞いたことを書いてください。"))
        if self.quote.strip() and not self.consented:
            raise Invalid(_("ことばをのせるには、言った人の同意がいります。聞いてから、印をつけてください。"))
        if self.consented and not self.quote.strip():
            raise Invalid(_("同意の印は、言った人のことばといっしょに使います。ことばを書いてください。"))
        if self.count is not None and not 0 <= self.count <= LARGEST_COUNT:
            raise Invalid(_("数は、0から20億までで書いてください。"))
        if photo and not self.alt.strip():
            raise Invalid(_("写真に何が写っているかを書いてください。写真を見られない人が読みます。"))
        if self.alt.strip() and not photo:
            raise Invalid(_("写真を選んでください。写真がなければ、写っているものの欄を空にします。"))
