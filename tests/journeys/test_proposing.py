"""Journey 2: 200 characters at night, an answer, a partner, a full proposal, judged, and after the budget begun.

Everything between 20:00 and 24:00, on a phone, without a meeting. The resident reads Japanese or English; a page in
English holds no Japanese but the words of people and of the town.
"""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.journeys import city
from tests.journeys.cast import cast
from tests.journeys.languages import left_in_japanese, say
from wanowa.parties.models import Party
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory
from wanowa.proposals.models import Criterion, Proposal, Round, Seed
from wanowa.proposals.queries.seeds import address_of
from wanowa.proposals.rules.lifecycle import Status
from wanowa.proposals.rules.questions import QuestionKey
from wanowa.proposals.services import departments, rounds
from wanowa.proposals.tests import factories as make
from wanowa.record.queries import history

PHONE = {"width": 360}
IDEA = {
    "ja": "公園の道に、夜も明るい花だんがほしい。",
    "en": "I would like flower beds with light in the park.",
}
WORDS = {
    QuestionKey.TITLE: {"ja": "夜の公園を明るく", "en": "Light in the park"},
    QuestionKey.ISSUE: {"ja": "夜、公園の道が暗いです。", "en": "At night the paths in the park are dark."},
    QuestionKey.AIM: {"ja": "夜でも、安心して通れます。", "en": "People feel safe there at night."},
    QuestionKey.DOING: {
        "ja": "花だんに、小さな明かりを置きます。",
        "en": "We put small lights into the flower beds.",
    },
    QuestionKey.ROLES: {
        "ja": "会は世話、市は場所の許可です。",
        "en": "We care for them, the city permits the place.",
    },
    QuestionKey.AMOUNT: {"ja": "12万円", "en": "120,000"},
    QuestionKey.MEASURE: {
        "ja": "明かりの数と、通る人の声です。",
        "en": "The number of lights, and what people say.",
    },
}


def at_half_past_nine(days):
    """Return half past nine in the evening, so many days from now."""
    day = timezone.localdate() + timedelta(days=days)
    return datetime.combine(day, time(21, 30), timezone.get_current_timezone())


class Resident:
    """A window whose reader chooses a language. What it is told in Japanese, it says and reads in that language."""

    def __init__(self, somebody, language):
        self.somebody, self.language = somebody, language

    def comes(self, path):
        """Go to an address and choose the language there, unless the page knows it from the person."""
        self.somebody.go(path)
        if self.language != self.somebody.page.locator("html").get_attribute("lang"):
            assert self.strange() != [], "a page in another language must be noticed"
            self.somebody.press("English", inside="header")

    def strange(self):
        """Return the Japanese on the page that neither people nor the town wrote."""
        return left_in_japanese(self.somebody.page, words_of_the_town())

    def says(self, sentence, **said):
        """Return a sentence of the interface in the language of this reader."""
        found = say(self.language, sentence)
        return found % said if said else found

    def press(self, name, **how):
        """Press the button of that name."""
        self.somebody.press(self.says(name), **how)

    def write(self, label, text):
        """Write into the field of that label."""
        self.somebody.write(self.says(label), text)

    def reads(self, *sentences):
        """See sentences of the interface or words of people; and, on a page in English, no other Japanese."""
        self.somebody.reads(*map(self.says, sentences))
        left = [] if self.language == "ja" else self.strange()
        assert not left, left


def words_of_the_town():
    """Return what people and the city wrote: it stays as it was written."""
    return {
        *(city.ANSWER, city.WORD, city.REASONS, city.BILL),
        *(text for row in Round.objects.values_list("title", "intro") for text in row),
        *Criterion.objects.values_list("label", flat=True),
        *Party.objects.values_list("name", flat=True),
        *User.objects.values_list("name", flat=True),
    }


def opened(office):
    """Return an open round: a department has room, and two will judge."""
    found = make.opened()
    departments.declare(found, places=2, by=office.actor)
    return found


def propose(visit, language, us, office, town):
    """Play the journey on the open round that is there, and return the proposal as handed in."""
    me, stranger = Resident(visit(us.person, **PHONE), language), Resident(visit(**PHONE), language)
    stranger.comes("/proposals/")
    stranger.reads(
        "ひとこと提案",
        "読むのは、協働推進員だけです。3営業日のうちに、名前のある担当が返事をします。",
        stranger.says("あと%(free)s件", free=2),
        "予算案づくりと議会",
    )
    stranger.write("ひとこと（200文字まで）", IDEA[language])
    stranger.press("ひとことを送る")
    stranger.somebody.reads(IDEA[language])
    seed = Seed.objects.latest("pk")
    stranger.reads(stranger.says("担当は、%(owner)sです", owner=seed.owner.name), "受付番号", "あいことば")
    town.answers(seed)
    stranger.somebody.go(address_of(seed))
    stranger.reads(city.ANSWER, "協働推進員")

    me.comes(address_of(seed))
    me.press("提案に育てる", last=True)
    me.reads("提案を書く", "わかるところから書いてください。何度でも、何人でも書けます。")
    for key, texts in WORDS.items():
        me.write(str(key.label), texts[language])
    me.press("保存する")
    me.reads(WORDS[QuestionKey.TITLE][language], "まだ、いません。いなくても、出せます。")
    me.press("声をかける")
    me.somebody.choose(me.says("だれに声をかけますか"), office.name)
    me.press("声をかける", last=True)
    me.reads("返事を待っています")
    proposal = Proposal.objects.latest("pk")

    town.joins(proposal)
    me.somebody.go(proposal.get_absolute_url())
    me.reads(city.WORD, "いっしょにします")
    me.press("読みなおして、出す")
    me.reads(IDEA[language], "受付番号が出ます。文は、もう変えられません。審査する人が読みます。")
    me.press("この内容で出す")
    me.reads("提案の文", "受付番号")
    proposal.refresh_from_db()
    me.reads(me.says("受けつけました。受付番号は %(receipt)s です。", receipt=proposal.receipt))
    return proposal


def begin(visit, language, proposal, town, passed):
    """Play the journey on from the result through the budget to the talks about the collaboration."""
    me = Resident(visit(proposal.person, **PHONE), language)
    me.comes(proposal.get_absolute_url())
    me.press("審査のようすと、結果を見る")
    me.reads(city.REASONS, "予算が決まるまで、まだ始められません。決まったら、ここから始めます。")
    town.records_the_budget(proposal.award.fiscal_year, passed)
    me.somebody.go(f"/proposals/{proposal.pk}/outcome/")
    me.reads("提案の文から、話し合いの案を作ります。相手の主体に、招きがとどきます。")
    me.press("協働の話し合いを始める")
    me.reads("協働の話し合いを始めました。内容は、提案から書いてあります。")
    me.press("協働のページへ")
    me.reads(WORDS[QuestionKey.TITLE][language])


@pytest.mark.parametrize("language", ["ja", "en"])
def test_from_two_hundred_characters_to_a_collaboration_in_evenings_on_the_phone(visit, language):
    """In Japanese everybody sits at a window; in English, a year before, only the resident, for what she reads."""
    tonight = at_half_past_nine({"ja": 0, "en": -366}[language])
    passed = tonight.date()
    with time_machine.travel(tonight):
        us, office = cast(2)
        desk = PersonFactory(is_coordinator=True)
        found = opened(office)
        town = (
            city.ByHand(visit, desk, office, **PHONE) if language == "ja" else city.ByServices(desk, office)
        )
        proposal = propose(visit, language, us, office, town)
        assert (proposal.status, proposal.amount) == (Status.SUBMITTED, 120_000)
    stages = {stage.key: stage for stage in found.stages.all()}
    days = (stages["check"].starts_on - timezone.localdate()).days
    with time_machine.travel(at_half_past_nine(days)):
        rounds.close(found)
        proposal.refresh_from_db()
        town.judges(proposal, proposal.party.name, WORDS[QuestionKey.DOING][language])
        begin(visit, language, proposal, town, passed)
    proposal.refresh_from_db()
    assert proposal.status == Status.STARTED
    assert proposal.award.collaboration.title == WORDS[QuestionKey.TITLE][language]
    told = history(proposal).values_list("at", flat=True)
    assert {timezone.localtime(moment).hour for moment in told} <= {20, 21, 22, 23}
