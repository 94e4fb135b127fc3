"""The scheme in the small town: a round with room and needs, an answered idea, proposals in several states."""

from tests.browser.exchange import LONG
from wanowa.kernel.actors import Actor
from wanowa.proposals.queries.seeds import address_of
from wanowa.proposals.rules.vocabulary import Channel
from wanowa.proposals.services import departments, partnering, past, seeds, talking
from wanowa.proposals.tests import factories as make


def proposals(paths: dict[str, str], us: Actor, officer: Actor, stranger: Actor, coordinator: Actor) -> None:
    """Make them, and note where each lies."""
    found = make.opened(
        coordinator, cap=300_000, frame=1_500_000, papers=("団体の会則",), questions=("together", "after")
    )
    departments.declare(found, places=2, forms=["accord"], note=LONG, by=officer)
    departments.publish_need(found, title="川の生きものを数える", text=LONG, budget=250_000, by=officer)
    coming = make.prepared(coordinator, number=2, title="次の募集")
    seed = make.idea("公園に、夜も明るい花だんがほしいです。" * 5, name="みなみ")
    seeds.answer(seed, body=LONG, by=coordinator)
    waiting = make.idea("階段が暗いです。", channel=Channel.PHONE, by=coordinator)
    writing = make.written(make.begun(found, us), us, doing=LONG * 3)
    partnering.ask_partner(writing, party=officer.required_party, word=LONG, by=us)
    talking.speak(writing, body=LONG, by=officer)
    talking.speak(writing, body="わこらぼからも、見ています。", by=coordinator)
    talking.state(writing, text=LONG, by=us)
    call = partnering.call(
        make.written(make.begun(found, stranger), stranger, title="相手をさがす提案"), by=stranger
    )
    sent = make.handed_in(found, us, officer, title="出した提案")
    first, *_others = past.take_over(by=coordinator)
    paths |= {
        "p_past": first.get_absolute_url(),
        "p_round": found.get_absolute_url(),
        "p_coming": f"{coming.get_absolute_url()}edit/",
        "p_open": f"{found.get_absolute_url()}edit/",
        "p_seed": address_of(seed),
        "p_waiting": address_of(waiting),
        "p_writing": writing.get_absolute_url(),
        "p_call": call.get_absolute_url(),
        "p_sent": sent.get_absolute_url(),
    }
