"""What the small town offers and needs: open, drafted, full, done with thanks, and first steps with guests."""

from datetime import date, timedelta
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from wanowa.exchange import services
from wanowa.exchange.models import Listing
from wanowa.exchange.queries import address_of, keep_token
from wanowa.exchange.rules import Channel, Verdict
from wanowa.exchange.services import matching
from wanowa.exchange.tests import factories as make
from wanowa.kernel.actors import Actor
from wanowa.kernel.files import accept
from wanowa.kernel.tests.upload_samples import picture

LONG = "使わなくなった会議用の机を12脚、2026年度のあいだ貸せます。重いので、運ぶときは2人で来てください。"


def exchange(paths: dict[str, str], us: Actor, officer: Actor, coordinator: Actor) -> None:
    """Make them, and note where each lies."""
    offer = make.listing(
        us,
        title="会議用の机を12脚と、雨のつぎの日でも使える長いいすを、まとめて貸せます",
        text=LONG * 3,
        resource="goods",
        quantity=12,
        unit="脚",
        place="新倉の倉庫",
        slots=("weekday", "weekend"),
        audience=("children", "wheelchair"),
        age_from=6,
        pay="いりません",
        safety=LONG,
    )
    file = accept(SimpleUploadedFile("机.png", picture(size=(640, 360))))
    services.add_picture(offer, file, alternative="倉庫にならぶ机", by=us)
    raised = make.pledge(offer, officer)
    regular = make.listing(
        us, side="need", title="第2土曜の水やり", day=date(2026, 11, 14), rhythm="monthly", minutes=60
    )
    agreed = services.accept(make.pledge(regular, officer), reply=LONG, by=us)
    services.confirm(agreed, thanks="助かりました。", shows=True, minutes=60, by=us)
    services.confirm(agreed, thanks="たのしかったです。", shows=True, by=officer)
    promised = services.accept(
        make.pledge(make.listing(officer, title="公園の花の苗をゆずります"), us), reply=LONG, by=officer
    )
    draft = services.put(make.words(title="書きかけ"), publish=False, by=us)
    step, full = (
        make.step(us, bring="ぼうし、飲みもの", safety=LONG),
        make.step(us, title="いす並べ", capacity=1),
    )
    hand, waiting = make.hand(step), [make.hand(full, email=f"{n}@example.jp") for n in range(2)][1]
    receipt = services.raise_hand(step, name="よし江", channel=Channel.COUNTER, by=coordinator)
    past = make.step(us, title="おわった水やり")
    came = make.hand(past, email="came@example.jp")
    Listing.objects.filter(pk=past.pk).update(day=timezone.localdate() - timedelta(days=1))
    services.close(past, by=Actor())
    came.refresh_from_db()
    services.look_back(came, verdict=Verdict.GOOD, comment="はじめてでも、できました。")
    rows = {"offer": offer, "regular": regular, "draft": draft, "step": step, "full": full, "past": past}
    paths |= {f"x_{name}": row.get_absolute_url() for name, row in rows.items()}
    paths |= {
        f"x_{name}": row.get_absolute_url() for name, row in (("raised", raised), ("promised", promised))
    }
    hands = {"hand": hand, "waiting": waiting, "receipt": receipt, "came": came}
    paths |= {f"x_{name}": address_of(row) for name, row in hands.items()}
    paths["x_keep"] = f"/exchange/keep/{keep_token(offer)}/"
    _suggested(officer)


def _suggested(officer: Actor) -> None:
    """Let another party need what is offered, and compare by words alone: the model is not what a page shows."""
    goods = {"side": "need", "resource": "goods", "text": "会館で、昼に使います。"}
    make.listing(officer, title="長机といすを借りたい", slots=("weekday",), **goods)
    make.listing(officer, title="敬老の集まりに、いすがほしい", audience=("seniors",), **goods)
    with patch.object(matching, "encoder", lambda: None):
        services.compare()
