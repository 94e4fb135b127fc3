"""Reports with what really was: confirmed figures of one day, for the parties, and never an invented 0."""

from datetime import date
from decimal import Decimal
from urllib.parse import quote, unquote

import pytest
from django.test import Client
from django.utils import timezone

from wanowa.collaborations import services as table
from wanowa.collaborations.rules import Change, Seat, Status
from wanowa.contributions import services as ledger
from wanowa.contributions.rules import Way
from wanowa.contributions.tests.factories import given, goods, hours, yen
from wanowa.guideline.rules import Form, Kind, PaperKind, Resource
from wanowa.kernel import eras
from wanowa.papers import queries
from wanowa.papers.models import Issue
from wanowa.papers.rules import FACTS, Figures, file_name, sheet_of
from wanowa.papers.tests import agreements as make
from wanowa.papers.tests.test_rules import CITY, FIRM, US, agreement, grid, words
from wanowa.papers.tests.test_views import _cost, amended, body, drain, shelf, signed_in
from wanowa.press.reading import faults
from wanowa.press.tests.text import needs_poppler, squeezed, text_of
from wanowa.progress.rules import Reading
from wanowa.progress.tests.factories import measured

DAY = date(2027, 4, 10)
FIGURED = (PaperKind.SUBSIDY_REPORT, PaperKind.SETTLEMENT, PaperKind.SUBSIDY_INVOICE)
TASK = "毎月の見回りと水質のしらべ"


def with_figures(kind, **figures):
    return sheet_of(agreement(Form.SUBSIDY, figures=Figures(on=DAY, **figures)), kind)


def test_a_settlement_shows_what_came_what_went_and_the_difference():
    sheet = with_figures(
        PaperKind.SETTLEMENT, given={US: 8_000, CITY: 20_000, FIRM: 500}, spent={"花の苗": 21_000, "": 1_500}
    )
    income = grid(sheet, "項目")
    assert [row[1:4] for row in income.rows] == [
        ("10,000円", "8,000円", "－2,000円"),
        ("20,000円", "20,000円", "0円"),
        ("", "500円", ""),
    ]
    assert income.rows[-1][0] == "和光造園"
    assert income.foot[:4] == ("合計", "30,000円", "28,500円", "－1,500円")
    told = words(sheet)
    assert "役割の分担にないもの" in told
    assert "22,500円" in told
    assert "6,000円" in told, "what is left"


def test_what_was_planned_and_spent_stands_in_one_row_and_twice_in_none():
    one = agreement(Form.SUBSIDY, figures=Figures(on=DAY, spent={"しごと": 5_000}))
    bring = make.Bring(CITY, "money", "道具", None, 4_000)
    tasks = (make.Task("しごと", (US,), US, "", (bring,)),) * 2
    terms = make.replace(one.terms, roles=tasks)
    spending = [
        block
        for section in sheet_of(make.replace(one, terms=terms), PaperKind.SETTLEMENT).blocks
        for block in section.blocks
        if hasattr(block, "head")
    ][1]
    assert [row[1:4] for row in spending.rows] == [("4,000円", "5,000円", "＋1,000円"), ("4,000円", "", "")]
    assert spending.foot[2] == "5,000円"


def test_what_nobody_recorded_stays_room_to_write_and_is_no_zero():
    settlement = with_figures(PaperKind.SETTLEMENT, given={CITY: 20_000})
    ours, theirs = grid(settlement, "項目").rows
    assert (ours[2:4], theirs[2:4]) == (("", ""), ("20,000円", "0円"))
    empty = with_figures(PaperKind.SETTLEMENT)
    assert {row[2:4] for row in grid(empty, "項目").rows} == {("", "")}
    assert grid(empty, "項目").foot[2:4] == ("", "")
    report = with_figures(PaperKind.SUBSIDY_REPORT)
    assert grid(report, "すること", "めざす数").rows[0][-1] == ""
    assert "それぞれが出したもの" not in words(report)


def test_a_report_shows_the_latest_number_with_its_day_and_what_each_gave():
    sheet = with_figures(
        PaperKind.SUBSIDY_REPORT,
        counted={0: Reading(Decimal("7.00"), date(2027, 3, 20))},
        minutes={US: 90},
        things={CITY: ("もの：2台",)},
    )
    assert grid(sheet, "すること", "めざす数").rows[0][-1] == "7回\n令和9年3月20日まで"
    assert grid(sheet, "主体", "時間").rows == (("湧水の会", "1時間30分", ""), ("環境課", "", "もの：2台"))


def test_an_invoice_says_what_came_and_leaves_what_is_asked_for_to_whoever_asks():
    sheet = with_figures(PaperKind.SUBSIDY_INVOICE, given={CITY: 5_000, US: 1})
    for said in ("補助する主体が、これまでに出した額", "5,000円", "まだ出していない額", "15,000円"):
        assert said in words(sheet), said
    assert "金　　　　　　　　円" in words(sheet)
    assert "まだ出していない額" not in words(with_figures(PaperKind.SUBSIDY_INVOICE, given={US: 1}))


@pytest.mark.parametrize("kind", FIGURED)
def test_every_paper_with_figures_says_their_day_and_what_is_not_counted(kind):
    sheet = with_figures(kind, waiting=3, disputed=2)
    assert "確かめ待ち3件、「ちがう」という声のある記録2件" in words(sheet)
    assert "令和9年4月10日の数字です。" in words(sheet)
    assert sheet.footer[-1] == "令和9年4月10日の数字"
    assert sheet.made.date() == DAY
    assert "声のある記録は、ありません。" in words(with_figures(kind))
    assert "「出しあい」と「進みぐあい」で読めます" in sheet.check.lines[0]
    assert ("実施目標の数は" in words(sheet)) is (kind is PaperKind.SUBSIDY_REPORT)
    blank = sheet_of(agreement(Form.SUBSIDY), kind)
    assert blank.check.lines[0] == "この書類の内容は、公開ページで確かめられます。"
    assert "数字です。" not in words(blank)
    assert len(blank.footer) == len(sheet.footer) - 1


def test_a_file_with_figures_carries_their_day_in_its_name():
    name = file_name("湧水", PaperKind.SETTLEMENT, 1, in_force=True, on=DAY)
    assert name == "湧水_収支決算書_第1版_令和9年4月10日の数字"


def test_only_reports_take_figures():
    assert {kind for kind, facts in FACTS.items() if facts.with_figures} == set(FIGURED)


# ── From the ledger to paper ──────────────────────────────────────────────────────────────────────────────────


def subsidy(count=2):
    """Return a subsidy whose parties are no staff of the city: those would owe a second factor first."""
    people = make.town(count, kinds=(Kind.CITIZEN, Kind.LOCAL, Kind.COMPANY, Kind.LOCAL))
    return make.in_form(Form.SUBSIDY, people), people


def address(collaboration, kind, number=1):
    return f"{shelf(collaboration, number)}{kind}/?figures=today"


def told(collaboration, kind):
    """Return what stands on a paper with the figures of today, as words."""
    version = queries.written(collaboration)[0]
    figures = queries.figures_of(collaboration, version)
    return words(sheet_of(queries.agreement_of(version, figures), kind))


@pytest.mark.django_db
def test_only_what_the_other_side_confirmed_is_on_the_paper():
    collaboration, people = subsidy()
    us, other = people.actors
    given(collaboration, yen(61_234, giver=other.required_party), other, us)
    given(collaboration, yen(43_210, Way.SPENT, task=TASK), us, other)
    given(collaboration, hours(us.required_party, 135), us, other)
    given(collaboration, goods(other.required_party, 6), other, us)
    open_entry = ledger.give(collaboration, yen(77_777, giver=us.required_party), by=us)
    disputed = ledger.give(collaboration, yen(88_888, Way.SPENT), by=us)
    ledger.dispute(disputed, word="見ていません。", by=other)
    measured(collaboration, us, value="5")

    settlement = told(collaboration, PaperKind.SETTLEMENT)
    for said in ("61,234円", "43,210円", "18,024円", "確かめ待ち1件", "声のある記録1件"):
        assert said in settlement, said
    assert "77,777円" not in settlement
    assert "88,888円" not in settlement
    report = told(collaboration, PaperKind.SUBSIDY_REPORT)
    for said in ("2時間15分", f"{Resource.GOODS.label}：6台", "5回"):
        assert said in report, said
    assert "61,234円" in told(collaboration, PaperKind.SUBSIDY_INVOICE)

    ledger.confirm(open_entry, by=other)
    assert "77,777円" in told(collaboration, PaperKind.SETTLEMENT)


@pytest.mark.django_db
def test_what_was_undone_is_taken_off_the_task_again():
    collaboration, people = subsidy()
    us, other = people.actors
    given(collaboration, yen(90_000, giver=other.required_party), other, us)
    given(collaboration, yen(12_345, Way.SPENT, task=TASK), us, other)
    wrong = given(collaboration, yen(20_000, Way.SPENT, task=TASK), us, other)
    ledger.confirm(ledger.undo(wrong, reason="2回書いた。", by=us), by=other)
    assert "12,345円" in told(collaboration, PaperKind.SETTLEMENT)
    assert "32,345円" not in told(collaboration, PaperKind.SETTLEMENT)


@needs_poppler
@pytest.mark.django_db
@pytest.mark.parametrize("kind", FIGURED)
def test_the_parties_get_a_sound_file_and_what_is_issued_stays_as_it_is(kind):
    collaboration, people = subsidy()
    us, other = people.actors
    drain()
    client = signed_in(us)
    issued = body(client.get(f"{shelf(collaboration, 1)}{kind}/"))
    given(collaboration, yen(61_234, giver=other.required_party), other, us)
    answer = client.get(address(collaboration, kind))
    pdf = body(answer)
    today = eras.era_date(timezone.localdate())
    assert faults(pdf) == []
    assert unquote(answer["Content-Disposition"]).endswith(f"_第1版_{today}の数字.pdf")
    assert squeezed(f"{today}の数字です。") in text_of(pdf)
    assert "案です。" not in text_of(pdf)
    assert body(client.get(address(collaboration, kind))) == pdf, "one day and one ledger give one file"
    assert body(client.get(f"{shelf(collaboration, 1)}{kind}/")) == issued
    assert Issue.objects.count() == 8


@pytest.mark.django_db
def test_others_get_no_figures_because_they_may_not_know_what_is_disputed(client):
    collaboration, people = subsidy()
    where = address(collaboration, PaperKind.SETTLEMENT)
    assert client.get(where).status_code == 404
    assert signed_in(make.town(1).actors[0]).get(where).status_code == 404
    assert "きょうの数字" not in client.get(shelf(collaboration)).content.decode()
    collaboration.participations.filter(party=people.parties[0]).update(seat=Seat.INVITED)
    assert signed_in(people.actors[0]).get(where).status_code == 404, (
        "who is only invited reads no ledger either"
    )
    page = signed_in(people.actors[1]).get(shelf(collaboration)).content.decode()
    assert page.count("きょうの数字を入れて受け取る（PDF）</a>") == len(FIGURED)
    assert f'href="{quote(where, safe="/?=")}"' in page


@pytest.mark.django_db
def test_papers_of_an_earlier_text_and_other_papers_take_no_figures():
    collaboration, people = subsidy()
    client = signed_in(people.actors[0])
    amended(collaboration, people)
    assert client.get(address(collaboration, PaperKind.SETTLEMENT, 1)).status_code == 404
    assert client.get(address(collaboration, PaperKind.SETTLEMENT, 2)).status_code == 200
    assert client.get(address(collaboration, PaperKind.BUDGET, 2)).status_code == 404
    assert "きょうの数字" not in client.get(shelf(collaboration, 1)).content.decode()
    wrong = client.get(f"{shelf(collaboration, 2)}settlement/?figures=2020-01-01")
    assert wrong.status_code == 400
    assert "「書類」のページから" in wrong.content.decode()


@pytest.mark.django_db
def test_after_the_end_the_report_still_follows_the_ledger():
    collaboration, people = subsidy()
    us, other = people.actors
    version = table.propose_turn(collaboration, change=Change.END, reason="終わりました。", by=us)
    table.consent(collaboration, seen=version.fingerprint, by=other)
    collaboration.refresh_from_db()
    assert collaboration.status == Status.ENDED
    given(collaboration, yen(61_234, giver=other.required_party), other, us)
    assert "61,234円" in told(collaboration, PaperKind.SETTLEMENT)
    client = signed_in(us)
    assert "きょうの数字を入れて受け取る" in client.get(shelf(collaboration)).content.decode()
    assert client.get(address(collaboration, PaperKind.SUBSIDY_REPORT)).status_code == 200


@pytest.mark.django_db
def test_figures_cost_the_same_for_two_entries_and_for_twenty():
    collaboration, people = subsidy()
    us, other = people.actors
    inside: Client = signed_in(us)

    def more(entries):
        for number in range(entries):
            given(collaboration, yen(1_000 + number, giver=other.required_party), other, us)
            given(collaboration, yen(10 + number, Way.SPENT, task=TASK if number % 2 else ""), us, other)
            measured(collaboration, us, value=str(number), days=1 + number + 2 * entries)

    more(2)
    two = _cost(inside, address(collaboration, PaperKind.SETTLEMENT))
    more(20)
    assert _cost(inside, address(collaboration, PaperKind.SETTLEMENT)) == two <= 20
