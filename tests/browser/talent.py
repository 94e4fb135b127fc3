"""The bank of the small town: somebody with requests in every state, somebody on paper, and the desk."""

from wanowa.kernel.actors import Actor
from wanowa.people.models import User
from wanowa.talent import services
from wanowa.talent.models import Request
from wanowa.talent.queries import digest_of_token, pseudonym
from wanowa.talent.rules import Field
from wanowa.talent.tests.factories import accepted, asked, department, looked, on_paper, registered

TOKEN = "t" * 43
LONG = "公園や学校の木を10年切ってきました。花壇の世話や、落ち葉の片づけもできます。"


def bank(paths: dict[str, str], people: dict[str, User], officer: Actor) -> None:
    """Make it, and note where each lies."""
    desk = Actor(people["coordinator"].pk)
    person = people["member_of_the_bank"]
    profile = registered(person, experience=LONG * 3, contact="kiyoshi@example.jp", may_call=True)
    for _ in range(5):
        registered(tiers={Field.SKILLS: 3, Field.NAME: 1, Field.METHOD: 1}, reviewed=False)
    look = looked(officer)
    done = accepted(profile, officer, Field.NAME, Field.CONTACT)
    services.speak(done, body="よろしくお願いします。土曜なら、いつでも行けます。", by=Actor(person.pk))
    waiting = asked(profile, department(name="都市整備部公園みどり課")[1])
    Request.objects.filter(pk=waiting.pk).update(token_digest=digest_of_token(TOKEN))
    services.report(waiting, words="何度も来て、困っています。", by=Actor(person.pk))
    paper = on_paper(experience="電話は048-464-0000です。", checked_first=True)
    told = on_paper()
    asked(paper, officer)
    asked(told, officer)
    services.open_profile(paper, purpose="経験の文を確かめるため", by=desk)
    services.ask_for_export(reason="名簿の点検のため", by=desk)
    paths["look"] = f"/talent/looks/{look.pk}/"
    paths["ask"] = f"{paths['look']}{pseudonym(profile.pk, officer.party)}/"
    paths["asked_for"] = f"/talent/requests/{waiting.pk}/"
    paths["agreed"] = f"/talent/requests/{done.pk}/"
    paths["answer"] = f"/talent/answer/{TOKEN}/"
    paths["on_the_paper"] = f"/talent/desk/people/{paper.pk}/"
    paths["to_tell"] = f"/talent/desk/people/{told.pk}/"
