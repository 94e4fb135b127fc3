"""What the city does in journey 2: by hand at its windows or, where only the resident is watched, by the services."""

from datetime import date

from tests.browser.stage import Somebody, Visit
from tests.journeys.cast import Member, windows
from wanowa.kernel.actors import Actor
from wanowa.people.models import User
from wanowa.proposals.models import Partner, Proposal, Seed
from wanowa.proposals.queries.seeds import address_of
from wanowa.proposals.rules.judging import CheckItem, Finding, Mark, Outcome, Sheet, Verdict
from wanowa.proposals.services import gate, judging, partnering, seeds, talking

ANSWER = "どの公園ですか。提案にできそうです。"
WORD = "場所の許可は、わたしたちができます。"
REASONS = "分担がはっきりしています。"
BILL = "議案第1号"


def seals(proposal: Proposal, person: User) -> None:
    """Declare no relations, and seal the highest score everywhere."""
    found, by = proposal.round, Actor(person.pk)
    marks = {one.key: Mark(len(one.levels), "") for one in found.criteria.all()}
    judging.declare(found, related=(), by=by)
    judging.seal_sheet(proposal, sheet=Sheet(marks), seen=0, by=by)


class ByHand:
    """Coordinators, a department and a reviewer, each at a window of their own."""

    def __init__(self, visit: Visit, coordinator: User, office: Member, **how: object) -> None:
        self.visit, self.coordinator, self.office, self.how = visit, coordinator, office, how
        self.desk: Somebody

    def _come(self) -> Somebody:
        self.desk = self.visit(self.coordinator, **self.how)
        return self.desk

    def answers(self, seed: Seed) -> None:
        """Answer an idea."""
        desk = self._come()
        desk.go("/proposals/desk/")
        desk.go(address_of(seed))
        desk.write("ことば", ANSWER)
        desk.press("送る", last=True)

    def joins(self, proposal: Proposal) -> None:
        """Say a word in the discussion and say yes."""
        (them,) = windows(self.visit, [self.office], **self.how)
        them.go(proposal.get_absolute_url())
        them.write("ことば", WORD)
        them.press("書く", last=True)
        them.press("いっしょにする")

    def judges(self, proposal: Proposal, hidden: str, shown: str) -> None:
        """Check, score blindly, decide and announce."""
        found = proposal.round
        desk = self._come()
        desk.go(f"/proposals/rounds/{found.pk}/judging/")
        desk.press("確かめる")
        for place in range(5):
            desk.tick("はい", nth=place)
        desk.press("確かめた結果を残す")
        desk.press("審査を始める")
        desk.reads("封をした数")

        watched, other = found.reviewers.select_related("person")
        seals(proposal, other.person)
        reviewer = self.visit(watched.person, **self.how)
        reviewer.go("/proposals/reviews/")
        reviewer.tick("正直に申し出ます")
        reviewer.press("申し出て、審査を始める")
        reviewer.press("読む")
        reviewer.reads("名前と連絡先は、●●●でかくしています", shown)
        reviewer.reads_not(hidden)
        for place in range(2):
            reviewer.tick("3　よくわかります", nth=place)
        reviewer.press("この点で封をする")
        reviewer.reads("封をしました。")

        desk.go(f"/proposals/rounds/{found.pk}/judging/")
        desk.press("結果を書く")
        desk.tick("採択（予算が決まったら始まります）")
        desk.write("採択する金額", "10万円")
        desk.write("わけ", REASONS)
        desk.press("結果の案を残す")
        desk.press("結果を知らせる")
        desk.reads("結果を、すべての提案者に同時に知らせました。")

    def records_the_budget(self, _year: int, passed: date) -> None:
        """Put on record that the budget has passed; the page proposes the year."""
        desk = self.desk
        desk.press("予算と、そのあとへ")
        desk.write("成立した日", passed.isoformat())
        desk.write("議案や文書の番号", BILL)
        desk.press("予算の成立を記録する")
        desk.reads("予算の成立を記録しました")


class ByServices:
    """The same people, without windows."""

    def __init__(self, coordinator: User, office: Member) -> None:
        self.by, self.office = Actor(coordinator.pk), office

    def answers(self, seed: Seed) -> None:
        """Answer an idea."""
        seeds.answer(seed, body=ANSWER, by=self.by)

    def joins(self, proposal: Proposal) -> None:
        """Say a word in the discussion and say yes."""
        talking.speak(proposal, body=WORD, by=self.office.actor)
        partnering.answer_partner(Partner.objects.get(proposal=proposal), joins=True, by=self.office.actor)

    def judges(self, proposal: Proposal, _hidden: str, _shown: str) -> None:
        """Check, score, decide and announce."""
        found = proposal.round
        judging.check(proposal, findings={item.value: Finding(met=True) for item in CheckItem}, by=self.by)
        judging.begin_scoring(found, by=self.by)
        for one in found.reviewers.select_related("person"):
            seals(proposal, one.person)
        verdict = Verdict(Outcome.ADOPTED, REASONS, 100_000)
        judging.prepare(proposal, verdict=verdict, seen=0, by=self.by)
        judging.announce(found, by=self.by)

    def records_the_budget(self, year: int, passed: date) -> None:
        """Put on record that the budget has passed."""
        gate.record_budget(fiscal_year=year, passed_on=passed, document=BILL, by=self.by)
