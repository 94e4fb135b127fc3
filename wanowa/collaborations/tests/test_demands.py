"""What each form demands before it can be offered, and that no kind of party is meant by it (G-22f, G-25)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanowa.collaborations.rules import Bring, Clause, Share, Task, first_draft, problems
from wanowa.collaborations.tests.factories import complete
from wanowa.guideline.rules import AREAS, FORMS, POSTS, Form

PARTIES = (1, 2, 3)


def whole(form):
    area = FORMS[Form(form)].areas[0]
    begun = first_draft("湧水のみち", "見回る", PARTIES, "残す")
    return complete(begun, area=str(area), form=str(form), ownership=str(AREAS[area].ownership))


def found(terms):
    return [(problem.clause, problem.sentence) for problem in problems(terms)]


@pytest.mark.parametrize("form", Form)
def test_a_whole_text_of_every_form_has_no_problem(form):
    assert found(whole(form)) == []


@pytest.mark.parametrize(
    ("form", "post"), [(form, facts.key) for form, posts in POSTS.items() for facts in posts]
)
def test_a_post_that_nobody_of_the_table_holds_is_named(form, post):
    terms = whole(form)
    for holder in (None, 9):
        posts = {key: party for key, party in terms.posts.items() if key != post}
        posts |= {post: holder} if holder else {}
        sentences = [text for clause, text in found(replace(terms, posts=posts)) if clause is Clause.FORM]
        assert sentences == [f"「{post.label}」の役をうけもつ主体を選んでください。"]


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.COMMITTEE])
def test_opposite_posts_are_held_by_two_parties(form):
    terms = whole(form)
    [first, second] = [facts.key for facts in POSTS[form] if facts.opposite]
    alone = replace(terms, posts={**terms.posts, second: terms.posts[first]})
    assert [text for _clause, text in found(alone) if "ちがう主体" in text] == [
        f"「{min(first, second).label}」と「{max(first, second).label}」は、ちがう主体にしてください。"
    ]


def test_one_party_may_hold_several_posts_that_do_not_face_each_other():
    assert found(replace(whole(Form.COMMITTEE), posts={"chair": 2, "accounts": 2, "office": 2})) == []


def test_posts_of_another_form_do_not_slip_into_what_is_agreed():
    terms = whole(Form.COMMITTEE)
    assert [clause for clause, _text in found(replace(terms, posts={**terms.posts, "grantor": 1}))] == [
        Clause.FORM
    ]
    alone = replace(terms, area="A", form="", ownership="citizens")
    assert [clause for clause, _text in found(alone)] == [Clause.FORM]
    assert found(replace(alone, posts={})) == []


FREE = tuple(Share(party) for party in PARTIES)
SECOND_PAYS = (Share(1), Share(2, 1), Share(3))
BARE = (Task("見回り", PARTIES, 1, "毎月末"),)
OTHER = (Task("見回り", PARTIES, 3, "毎月末", (Bring(2, "place", "集会室"),)),)


@pytest.mark.parametrize(
    ("form", "broken", "clause", "word"),
    [
        (Form.COMMITTEE, {"schedule": ""}, Clause.SCHEDULE, "会議"),
        (Form.ACCORD, {"schedule": ""}, Clause.SCHEDULE, "力を出しあう"),
        (
            Form.JOINT_OPERATION,
            {"shares": SECOND_PAYS, "roles": BARE},
            Clause.ROLES,
            "（甲）」が出す時間か金額",
        ),
        (Form.JOINT_OPERATION, {"shares": FREE}, Clause.ROLES, "（乙）」が出す時間か金額"),
        (Form.PARTNERSHIP_CONTRACT, {"shares": FREE}, Clause.COST, "委託料"),
        (Form.PARTNERSHIP_CONTRACT, {"roles": OTHER}, Clause.ROLES, "「受託する主体」が責任"),
        (Form.PARTNERSHIP_CONTRACT, {"schedule": ""}, Clause.SCHEDULE, "仕様"),
        (Form.CONTRACT, {"shares": FREE}, Clause.COST, "委託料"),
        (Form.CONTRACT, {"roles": OTHER}, Clause.ROLES, "「受託する主体」が責任"),
        (Form.CONTRACT, {"schedule": ""}, Clause.SCHEDULE, "仕様"),
        (Form.COOPERATION, {"roles": BARE}, Clause.ROLES, "物・場所・人"),
        (Form.COOPERATION, {"roles": OTHER}, Clause.ROLES, "「活動する主体」が責任"),
        (Form.SUBSIDY, {"shares": FREE}, Clause.COST, "補助の金額"),
        (Form.SUBSIDY, {"cost": ""}, Clause.COST, "何に使うか"),
        (Form.SUBSIDY, {"roles": OTHER}, Clause.ROLES, "「補助を受ける主体」が責任"),
        (Form.ENDORSEMENT, {"schedule": ""}, Clause.SCHEDULE, "催しの日"),
        (Form.ENDORSEMENT, {"cost": ""}, Clause.COST, "収入と支出"),
        (Form.ENDORSEMENT, {"roles": OTHER}, Clause.ROLES, "「主催する主体」が責任"),
    ],
)
def test_what_a_form_demands_is_named_in_its_clause(form, broken, clause, word):
    [(where, sentence)] = found(replace(whole(form), **broken))
    assert where is clause
    assert word in sentence
    assert all(len(part) <= 40 for part in sentence.split("。"))


def test_an_endorser_need_not_pay():
    assert found(replace(whole(Form.ENDORSEMENT), shares=FREE)) == []


def test_hours_are_as_good_as_money_in_a_joint_operation():
    brings = (Bring(1, "people", "見回る人", 24), Bring(2, "people", "案内する人", 2))
    tasks = (Task("見回り", PARTIES, 1, "毎月末", brings),)
    assert found(replace(whole(Form.JOINT_OPERATION), shares=FREE, roles=tasks)) == []


@pytest.mark.parametrize("form", Form)
@given(order=st.permutations(PARTIES), rolled=st.data())
def test_whoever_the_parties_are_the_same_is_demanded(form, order, rolled):
    """Parties that change places change nothing: a demand speaks of posts, never of who holds them."""
    holders = st.sampled_from((*PARTIES, None))
    posts = {str(post.key): rolled.draw(holders) for post in POSTS[form]}
    money = [rolled.draw(st.integers(0, 2)) for _party in PARTIES]
    lead = rolled.draw(st.sampled_from(PARTIES))
    turned = dict(zip(PARTIES, order, strict=True))

    def text(who):
        return replace(
            whole(form),
            posts={post: who[party] for post, party in posts.items() if party},
            shares=tuple(Share(who[party], yen) for party, yen in zip(PARTIES, money, strict=True)),
            roles=(
                Task("見回り", PARTIES, who[lead], "毎月末", (Bring(who[lead], "people", "人", money[0]),)),
            ),
        )

    assert found(text(turned)) == found(text({party: party for party in PARTIES}))
