"""What a form demands beyond what all demand: its posts, and who brings what. Of posts, never of kinds (G-25)."""

from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _

from wanowa.collaborations.rules.terms import Clause, Terms
from wanowa.guideline.rules import Form, Post, Resource

type Demand = tuple[Clause, str]
"""The clause in which something is to be written, and the sentence that says what."""

_THINGS = {Resource.PEOPLE, Resource.GOODS, Resource.PLACE}


def demands(terms: Terms) -> Iterator[Demand]:
    """Yield what the form of `terms` still demands; nothing for terms without a form."""
    yield from _posts(terms)
    if terms.form in Form.values:
        yield from _BY_FORM[Form(terms.form)](terms)


def _posts(terms: Terms) -> Iterator[Demand]:
    """Every post is held by a party of these terms, opposite posts by two, and no post of another form is left."""
    members = set(terms.parties)
    for post, holder in terms.holders:
        if holder not in members:
            yield (
                Clause.FORM,
                _("「%(post)s」の役をうけもつ主体を選んでください。") % {"post": post.key.label},
            )
        elif post.opposite and terms.posts.get(post.opposite) == holder and post.key < post.opposite:
            yield (
                Clause.FORM,
                _("「%(post)s」と「%(other)s」は、ちがう主体にしてください。")
                % {"post": post.key.label, "other": post.opposite.label},
            )
    if terms.posts.keys() - {post.key for post, _holder in terms.holders}:
        yield Clause.FORM, _("前の形態の役が残っています。この条を開いて、もう一度保存してください。")


def _committee(terms: Terms) -> Iterator[Demand]:
    if not terms.schedule:
        yield Clause.SCHEDULE, _("会議のひらき方と、行う日を「進め方」に書いてください。")


def _accord(terms: Terms) -> Iterator[Demand]:
    if not terms.schedule:
        yield Clause.SCHEDULE, _("どんなときに、どう力を出しあうかを「進め方」に書いてください。")


def _joint_operation(terms: Terms) -> Iterator[Demand]:
    for post in (Post.FIRST_OPERATOR, Post.SECOND_OPERATOR):
        holder = terms.posts.get(post)
        if holder is not None and not (_pays(terms, holder) or _brings_effort(terms, holder)):
            yield (
                Clause.ROLES,
                _("「%(post)s」が出す時間か金額を、「出しあうもの」に書いてください。")
                % {"post": post.label},
            )


def _contract(terms: Terms) -> Iterator[Demand]:
    client = terms.posts.get(Post.CLIENT)
    if client is not None and not _pays(terms, client):
        yield Clause.COST, _("委託する主体が出す委託料を、1円以上書いてください。")
    yield from _answers(terms, Post.CONTRACTOR)
    if not terms.schedule:
        yield Clause.SCHEDULE, _("お願いする仕事の中身（仕様）を「進め方」に書いてください。")


def _cooperation(terms: Terms) -> Iterator[Demand]:
    supporter = terms.posts.get(Post.SUPPORTER)
    brings = (bring for task in terms.roles for bring in task.brings)
    if supporter is not None and not any(
        bring.party == supporter and bring.resource in _THINGS for bring in brings
    ):
        yield (
            Clause.ROLES,
            _("支える主体が出す物・場所・人を、「出しあうもの」に1つ以上書いてください。"),
        )
    yield from _answers(terms, Post.ACTOR)


def _subsidy(terms: Terms) -> Iterator[Demand]:
    grantor = terms.posts.get(Post.GRANTOR)
    if grantor is not None and not _pays(terms, grantor):
        yield Clause.COST, _("補助する主体が出す補助の金額を、1円以上書いてください。")
    if not terms.cost:
        yield Clause.COST, _("補助を何に使うかを「費用についての約束」に書いてください。")
    yield from _answers(terms, Post.RECIPIENT)


def _endorsement(terms: Terms) -> Iterator[Demand]:
    if not terms.schedule:
        yield Clause.SCHEDULE, _("催しの日と場所を「進め方」に書いてください。")
    if not terms.cost:
        yield Clause.COST, _("催しの収入と支出を「費用についての約束」に書いてください。")
    yield from _answers(terms, Post.HOST)


_BY_FORM: Mapping[Form, Callable[[Terms], Iterator[Demand]]] = {
    Form.COMMITTEE: _committee,
    Form.ACCORD: _accord,
    Form.JOINT_OPERATION: _joint_operation,
    Form.PARTNERSHIP_CONTRACT: _contract,
    Form.CONTRACT: _contract,
    Form.COOPERATION: _cooperation,
    Form.SUBSIDY: _subsidy,
    Form.ENDORSEMENT: _endorsement,
}


def _answers(terms: Terms, post: Post) -> Iterator[Demand]:
    """Whoever holds the post answers for at least one task."""
    holder = terms.posts.get(post)
    if holder is not None and all(task.responsible != holder for task in terms.roles):
        yield (
            Clause.ROLES,
            _("「%(post)s」が責任をもつことを、1つ以上書いてください。") % {"post": post.label},
        )


def _pays(terms: Terms, party: int) -> bool:
    return any(share.party == party and share.yen > 0 for share in terms.shares)


def _brings_effort(terms: Terms, party: int) -> bool:
    brings = (bring for task in terms.roles for bring in task.brings if bring.party == party)
    return any(bring.hours or bring.yen for bring in brings)
