"""The desk of the small town: cases under way, offered to a department, late, and over."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from wanowa.consultations import services
from wanowa.consultations.models import Case
from wanowa.consultations.queries import link_of
from wanowa.consultations.rules import Channel, Outcome, Reply
from wanowa.consultations.tests.factories import brought, told
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.calendar import next_business_day
from wanowa.kernel.files import accept
from wanowa.kernel.tests.upload_samples import picture
from wanowa.parties.models import Party
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory

LONG = "駅前の花壇の水やりに、夏のあいだ人が足りません。だれに話せばよいか、教えてください。"


def consultations(paths: dict[str, str], people: dict[str, User], officer: Actor) -> None:
    """Make them, and note where each lies."""
    desk, person = Actor(people["coordinator"].pk), people["member_of_the_bank"]
    second = PersonFactory(name="代わり みる子", is_coordinator=True)
    today = timezone.localdate()
    services.set_duty(people["coordinator"], since=today, until=today + timedelta(days=30), by=desk)
    services.set_absence(second, people["coordinator"], since=today, until=today, by=desk)
    file = accept(SimpleUploadedFile("花壇.png", picture(size=(640, 360))))
    made = services.open_case(told(text=LONG * 3), files=[file], by=Actor(person.pk))
    case = made.case
    services.open_reading(case, by=desk)
    services.answer(
        case,
        body=LONG,
        next_action="公園の係に聞いて、電話します。",
        due_on=next_business_day(today + timedelta(days=9)),
        by=desk,
    )
    services.speak(case, body="ありがとうございます。土曜なら動けます。", by=Actor(person.pk))
    services.note(case, body="前にも同じ相談がありました。", by=desk)
    services.sort(case, category="green", by=desk)
    services.plant(case, text="駅前の花壇に、夜も明るい花がほしいです。", name=True, agreed=True, by=desk)
    alike = brought(text=LONG, by=desk, channel=Channel.COUNTER)
    services.link(case, alike, by=desk)
    party = Party.objects.get(pk=officer.party)
    refused = services.offer(case, to=[party], reason="花壇の係にお願いします。", by=desk)[0]
    services.refuse(refused, reason="駅前の花壇は、県の担当です。", by=officer)
    services.offer(case, to=[party], reason="市の花壇のところだけ、お願いします。", by=desk)
    services.open_reading(case, by=officer)
    services.break_glass(case, purpose="けがの心配があると、電話がありました。", by=Actor(second.pk))
    over = brought(person, text=LONG)
    services.close(over, outcome=Outcome.INFORMATION, words=LONG, by=desk)
    services.ask(Case.objects.get(pk=over.pk), by=PUBLIC)
    late = brought()
    Case.objects.filter(pk=late.pk).update(due_on=today - timedelta(days=5))
    services.note_overdue()
    paths["c_case"] = f"/consultations/cases/{case.number}/"
    paths["c_over"] = f"/consultations/cases/{over.number}/"
    paths["c_held"] = f"/consultations/desk/cases/{case.number}/"
    paths["c_shut"] = f"/consultations/desk/cases/{late.number}/"
    paths["c_link"] = link_of(case)
    _answers(paths, case, desk, Actor(second.pk), officer)
    for _ in range(6):
        brought(category="green")
    paths["c_month"] = f"{today:%Y-%m}"
    paths["c_number"] = case.number


def _answers(paths: dict[str, str], case: Case, desk: Actor, second: Actor, officer: Actor) -> None:
    """Make one answer that everybody reads and that is written anew, and one that waits."""
    public = services.propose_advice(
        case,
        Reply(
            "花壇を、みんなで世話できますか", "できます。市の花壇は、公園の係が道具を貸します。" * 3, "green"
        ),
        by=desk,
    )
    services.release_advice(public.wordings.get(), by=second)
    waits = services.propose_advice(
        case,
        Reply("会場は、どこで借りられますか", "公民館で借りられます。予約は、1か月前からです。", "place"),
        by=desk,
    )
    paths["c_answer"], paths["c_waiting"] = public.get_absolute_url(), waits.get_absolute_url()
