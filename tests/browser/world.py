"""A small town with one of everything: collaborations at every stage, parties in every state, letters under way."""

from dataclasses import dataclass, replace
from datetime import timedelta

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from tests.browser.activities import activities
from tests.browser.consultations import consultations
from tests.browser.contributions import contributions
from tests.browser.evaluations import rounds
from tests.browser.exchange import exchange
from tests.browser.introductions import introductions
from tests.browser.judging import judging
from tests.browser.progress import progress
from tests.browser.proposals import proposals
from tests.browser.reflections import reflections
from tests.browser.talent import bank
from wanowa.collaborations import services as table
from wanowa.collaborations.models import Collaboration, Draft, JoinRequest, Message
from wanowa.collaborations.rules import Bring, Change, Clause, Remedy, Share, Task, mark
from wanowa.collaborations.tests.factories import Town, agreed, offered, started, talking
from wanowa.collaborations.verbs import SENT_BACK
from wanowa.guideline.rules import Kind
from wanowa.guideline.tests import samples
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_of
from wanowa.kernel.files import Accepted
from wanowa.kernel.tests.upload_samples import pdf
from wanowa.notices.queries import off_address
from wanowa.notices.services import deliver
from wanowa.opendata.tests.files import bring, group, take_in
from wanowa.papers.services import issue_new
from wanowa.parties import services as parties
from wanowa.parties.models import Membership, Party
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory, party_with
from wanowa.people.models import User
from wanowa.people.services import demo_link
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.models import Entry
from wanowa.record.queries import history, receipt_of
from wanowa.record.rules import Ground
from wanowa.record.services import checkpoint
from wanowa.search.services import add_synonyms, note_unfound, rebuild, sift_unfound

LONG = "わたしたちは、和光市の湧き水を次の世代に残すために、毎月第1土曜の朝に集まって見回りをしています。"
SECRET = generate_totp_secret()


class Paths(dict[str, str]):
    """The places of the town by name; two parts of it may not use one name."""

    def __setitem__(self, name: str, path: str) -> None:
        assert name not in self, f"two parts of the town call a place {name}"
        super().__setitem__(name, path)

    def __ior__(self, more: dict[str, str]) -> "Paths":
        for name, path in more.items():
            self[name] = path
        return self


@dataclass
class World:
    """Who and what there is."""

    people: dict[str, User]
    paths: dict[str, str]
    receipt: str = ""
    """The receipt of an entry, as it is mailed."""


def build() -> World:
    """Make the town."""
    samples.two_editions()
    paths: dict[str, str] = Paths()
    ours, (us,) = party_with(
        name="わこう湧水の会",
        place="新倉地区",
        fields=["nature", "town"],
        good_at=LONG,
        hard_for="会計の書類づくり。",
        story=LONG * 3,
        founded_year=2011,
        member_count=24,
    )
    city, (officer,) = party_with(kind=Kind.CITY, name="市民環境部環境課")
    firm, (manager,) = party_with(kind=Kind.COMPANY, name="株式会社和光造園土木サービスコーポレーション")
    outside, (stranger,) = party_with(kind=Kind.LOCAL, name="新倉三丁目自治会")
    reader = MembershipFactory(party=ours, role=Role.VIEWER).person
    people = {
        "us": us,
        "officer": officer,
        "manager": manager,
        "stranger": stranger,
        "reader": reader,
        "newcomer": PersonFactory(name="新しい 人"),
        "coordinator": PersonFactory(name="推進 員子", is_coordinator=True),
        "secured": PersonFactory(name="守り 固子"),
        "key": PersonFactory(name="鍵 持子"),
        "member_of_the_bank": PersonFactory(name="木村 きよし"),
    }
    actors = (Actor(us.pk, ours.pk), Actor(officer.pk, city.pk), Actor(manager.pk, firm.pk))
    two, three = Town(actors[:2]), Town(actors)
    _collaborations(paths, two, three, Actor(stranger.pk, outside.pk))
    _parties(paths, ours, outside, people)
    activities(paths, *actors[:2], Actor(people["coordinator"].pk))
    exchange(paths, *actors[:2], Actor(people["coordinator"].pk))
    progress(paths, two)
    contributions(paths, two)
    people["double"] = MembershipFactory(party=ours, role=Role.MEMBER).person
    MembershipFactory(party=city, person=people["double"], role=Role.MEMBER)
    rounds(paths, *actors[:2])
    bank(paths, people, actors[1])
    introductions(paths, *actors[:2], Actor(people["coordinator"].pk))
    proposals(paths, *actors[:2], Actor(stranger.pk, outside.pk), Actor(people["coordinator"].pk))
    consultations(paths, people, actors[1])
    TOTP.activate(people["secured"], SECRET)
    RecoveryCodes.activate(people["secured"])
    _files(paths, Actor(people["coordinator"].pk))
    _papers(paths, two)
    reflections(paths, three, Actor(people["coordinator"].pk))
    judging(paths, people, *actors[:2])
    paths["off"] = off_address(us.pk)
    paths["demo"] = demo_link(us)
    _found(Actor(people["coordinator"].pk))
    deliver()
    checkpoint()
    entry = Entry.objects.filter(case__startswith="collaborations.").latest("pk")
    receipt = receipt_of(entry)
    return World(people, paths, receipt.text if receipt else "")


def _collaborations(paths: dict[str, str], two: Town, three: Town, asker: Actor) -> None:
    us, officer = two.actors[0], two.actors[1]
    bring = (
        Bring(us.party, "people", "見回る人", 24, None),
        Bring(officer.party, "money", "保険料", None, 12_000),
    )
    full = {
        "roles": (
            Task("毎月の見回りと水質のしらべ", two.parties, us.party, "毎月末", bring),
            Task("広報", (officer.party,), officer.party, "", ()),
        ),
        "shares": tuple(Share(party, 120_000, "保険") for party in two.parties),
        "safety": LONG,
        "schedule": LONG,
    }
    made = {
        "idea": started(two, title="花いっぱいの駅前をつくる"),
        "talking": talking(three, title="こども食堂のまわりに見守りの輪をひろげる"),
        "offered": offered(two, **full).collaboration,
        "active": agreed(two, **full),
        "amending": agreed(two, **full),
        "asked": agreed(two),
        "leaving": agreed(three),
        "suspended": agreed(two),
        "ended": agreed(two),
    }
    withdrawn = talking(two, title="とりやめになった話")
    table.stand_up(withdrawn, by=officer)
    made["withdrawn"] = withdrawn
    _turn(made["suspended"], Change.SUSPEND, two)
    _turn(made["ended"], Change.END, two)
    _amended(made["amending"], two)
    table.begin_amendment(made["active"], by=us)
    table.begin_leaving(made["leaving"], by=three.actors[2])
    table.ask_to_join(made["asked"], message="水やりなら、毎朝できます。", by=asker)
    _talk(made["active"], us, officer, paths)
    _measures(made, two)
    for name, collaboration in made.items():
        paths[name] = f"/collaborations/{collaboration.slug}/"
    sent_back = history(made["asked"]).get(verb=SENT_BACK.name).number
    paths["sent_back"] = f"{paths['asked']}log/{sent_back}/"
    paths["request"] = f"{paths['asked']}join/{JoinRequest.objects.get().pk}/"


def _measures(made: dict[str, Collaboration], town: Town) -> None:
    """Leave one proposal to answer, one entry hidden, one corrected, and one with words of somebody."""
    us, officer = town.actors
    correction = "正しくは、11月20日に呼びかけました。" + LONG
    table.propose_measure(
        made["active"],
        target=1,
        remedy=Remedy.CORRECT,
        note=correction,
        reason="日づけのまちがいです。",
        by=officer,
    )
    for target, remedy, ground in ((1, Remedy.CORRECT, None), (3, Remedy.HIDE, Ground.RIGHTS)):
        measure = table.propose_measure(
            made["suspended"],
            target=target,
            remedy=remedy,
            ground=ground,
            note=correction if remedy is Remedy.CORRECT else "",
            reason="ほかの人の名前が出ています。",
            by=us,
        )
        table.assent(measure, by=officer)
    draft = table.begin_amendment(made["asked"], by=us)
    table.offer(made["asked"], revision=draft.revision, by=us)
    table.send_back(made["asked"], reason=LONG, by=officer)
    table.drop_change(made["asked"], by=us)


def _files(paths: dict[str, str], desk: Actor) -> None:
    take_in(desk, group(1))
    done, read = take_in(desk, group(1), group(2)), bring(desk, group(1, 代表者氏名="別の 人"), group(3))
    faulty = bring(desk, group(4, 法人番号="1234567890123", 設立年月日="きのう"), group(5))
    for name, one in {"taken_in": done, "read_file": read, "faulty_file": faulty}.items():
        paths[name] = f"/opendata/groups/{one.pk}/"
    paths["listed"] = Party.objects.get(name=group(1)["法人名称"]).get_absolute_url()


def _papers(paths: dict[str, str], two: Town) -> None:
    """Make a subsidy that has changed once and is being changed again: papers, earlier papers, previews."""
    posts = {"recipient": two.parties[0], "grantor": two.parties[1]}
    terms = {"area": "B", "form": "subsidy", "ownership": "citizens", "posts": posts}
    subsidy = agreed(two, **terms)
    _amended(subsidy, two)
    version = subsidy.versions.get(number=2)
    table.consent(subsidy, seen=version.fingerprint, by=two.actors[1])
    while issue_new():
        pass
    subsidy.refresh_from_db()
    table.begin_amendment(subsidy, by=two.actors[0])
    paths["on_paper"] = f"/papers/{subsidy.slug}/"
    paths["idea_on_paper"] = paths["idea"].replace("/collaborations/", "/papers/")


def _found(desk: Actor) -> None:
    """Let everything be found, and some words be looked for in vain."""
    add_synonyms(["みまもり隊", "見守りの会", "パトロール"], by=desk)
    rebuild(lambda kind, done: None)
    for _time in range(5):
        note_unfound("ドローン教室")
    sift_unfound()


def _turn(collaboration: Collaboration, change: Change, town: Town) -> None:
    version = table.propose_turn(
        collaboration, change=change, reason="冬のあいだは休みます。", by=town.actors[0]
    )
    for actor in town.actors[1:]:
        table.consent(collaboration, seen=version.fingerprint, by=actor)


def _amended(collaboration: Collaboration, town: Town) -> None:
    draft = table.begin_amendment(collaboration, by=town.actors[0])
    text = replace(draft.terms, purpose=LONG, safety="保険に入ります。")
    for clause in (Clause.PURPOSE, Clause.SAFETY):
        draft = table.edit(
            collaboration, clause=clause, written=text, seen=mark(draft.terms, clause), by=town.actors[0]
        )
    table.offer(collaboration, revision=draft.revision, reason="目的を書き直しました。", by=town.actors[0])


def _talk(collaboration: Collaboration, us: Actor, officer: Actor, paths: dict[str, str]) -> None:
    question = table.ask(collaboration, body="保険は、いつまでに入ればよいですか。", by=us)
    table.answer(question, body="12月10日までです。", by=officer)
    remark = table.speak(collaboration, body="https://example.jp/" + "very-long-address-" * 8, by=us)
    table.attach(remark, accepted=Accepted("見回りの地図.pdf", "application/pdf", pdf()), by=us)
    asked = table.ask(collaboration, body="観察会の日に、駐車場を借りられますか。", to=officer.party, by=us)
    paths["question"] = f"/collaborations/{collaboration.slug}/room/?answer={asked.pk}"
    table.ask(collaboration, body="雨の日は、どうしますか。", to=us.party, by=officer)
    refused = table.ask(collaboration, body="ほかの団体の名前を教えてもらえますか。", by=us)
    table.decline_question(refused, reason="相手の了解がないので、お答えできません。", by=officer)
    paths["restate"] = f"/collaborations/{collaboration.slug}/understood/message-{refused.pk}/"
    _understand(collaboration, us, officer)


def _understand(collaboration: Collaboration, us: Actor, officer: Actor) -> None:
    """Leave one restatement confirmed, one confirmed of a text that changed since, and one waiting for each side."""

    def restate(clause: Clause, body: str, by: Actor) -> Message:
        terms = Draft.objects.get(collaboration=collaboration).terms
        return table.restate_clause(
            collaboration, clause=clause, draft=True, seen=mark(terms, clause), body=body, by=by
        )

    def rewrite(schedule: str) -> None:
        old = Draft.objects.get(collaboration=collaboration).terms
        text, seen = replace(old, schedule=schedule), mark(old, Clause.SCHEDULE)
        table.edit(collaboration, clause=Clause.SCHEDULE, written=text, seen=seen, by=us)

    rewrite("毎月第2土曜の朝に集まります。")
    for clause in (Clause.PURPOSE, Clause.SCHEDULE):
        table.confirm(restate(clause, "毎月、いっしょに歩くということですね。", us), by=officer)
    rewrite("毎月第2日曜の朝に集まります。")
    restate(Clause.SAFETY, "保険料は、市がはらうということですね。" + LONG, us)
    restate(Clause.ROLES, "見回りの責任は、湧水の会がもつということですね。", officer)


def _parties(paths: dict[str, str], ours: Party, outside: Party, people: dict[str, User]) -> None:
    us = Actor(people["us"].pk, ours.pk)
    year = fiscal_year_of(timezone.localdate())
    decided = Actor(person=people["coordinator"].pk)
    registration = parties.apply_for_registration(
        ours, year, note="お願いします。", papers=[Accepted("会則.pdf", "application/pdf", pdf())], by=us
    )
    parties.decide_registration(registration, accept=True, reason="会則を確かめました。", by=decided)
    other, (person,) = party_with(kind=Kind.PUBLIC, name="社会福祉法人わこう")
    parties.apply_for_registration(other, year, note="はじめての申請です。", by=Actor(person.pk, other.pk))
    closed, (last,) = party_with(name="むかしの会")
    parties.close(closed, by=Actor(last.pk, closed.pk))
    alone, _people = party_with(kind=Kind.RESIDENT, name="和光 花子")
    tokens: list[str] = []

    def link(token: str) -> str:
        tokens.append(token)
        return f"http://localhost/parties/invitations/{token}/"

    parties.invite(
        ours,
        people["newcomer"].email,
        Role.MEMBER,
        starts_on=timezone.localdate() + timedelta(days=1),
        link=link,
        by=us,
    )
    paths["invitation"] = f"/parties/invitations/{tokens[0]}/"
    for name, party in (
        ("ours", ours),
        ("outside", outside),
        ("applying", other),
        ("closed", closed),
        ("alone", alone),
    ):
        paths[name] = f"/parties/{party.slug}/"
    paths["term"] = f"{paths['ours']}members/{Membership.objects.get(person=people['us']).pk}/"
    paths["year"] = str(year)
