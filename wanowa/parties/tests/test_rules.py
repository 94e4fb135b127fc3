"""The rules of parties: rights by role, terms without a gap, addresses, 法人番号, registration."""

from datetime import date
from itertools import pairwise

import pytest

from wanowa.guideline.rules import Kind
from wanowa.kernel.errors import Invalid, Refused
from wanowa.parties.rules import (
    ALLOWED,
    ALONE,
    FOUNDED_AT_THE_DESK,
    REGISTRATION,
    Act,
    RegistrationMove,
    RegistrationStatus,
    Role,
    Term,
    corporate_number,
    first_day_without,
    slug_among,
)

R, M, V = Role.REPRESENTATIVE, Role.MEMBER, Role.VIEWER
RIGHTS = {
    Act.SEE_MEMBERS: {R, M, V},
    Act.DESCRIBE: {R, M},
    Act.APPLY: {R, M},
    Act.RENAME: {R},
    Act.INVITE: {R},
    Act.CHANGE_ROLE: {R},
    Act.END_TERM: {R},
    Act.HAND_OVER: {R},
    Act.CLOSE: {R},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_each_role_may_do_exactly_what_the_table_says(role, act):
    assert (role in ALLOWED[act]) is (role in RIGHTS[act])


def test_no_kind_of_party_may_do_more_inside_than_another():
    assert {Kind.RESIDENT} == ALONE
    assert {Kind.CITY, Kind.NATION} == FOUNDED_AT_THE_DESK
    assert all(isinstance(act, Act) for act in ALLOWED)


START = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("terms", "gap"),
    [
        ([], START),
        ([Term(START)], None),
        ([Term(date(2026, 4, 2))], START),
        ([Term(START, date(2027, 3, 31))], date(2027, 4, 1)),
        ([Term(START, date(2027, 3, 31)), Term(date(2027, 4, 1))], None),
        ([Term(date(2027, 4, 1)), Term(START, date(2027, 3, 31))], None),
        ([Term(START, date(2027, 3, 31)), Term(date(2027, 4, 2))], date(2027, 4, 1)),
        ([Term(date(2020, 4, 1), date(2026, 3, 31))], START),
        ([Term(START, date(2030, 1, 1)), Term(START, date(2026, 5, 1)), Term(date(2029, 1, 1))], None),
    ],
)
def test_the_first_day_without_a_representative_is_found(terms, gap):
    assert first_day_without(terms, START) == gap


def test_a_second_party_of_one_name_gets_a_number():
    assert slug_among("わの会", set()) == "わの会"
    assert slug_among("わの会", {"わの会", "わの会-2"}) == "わの会-3"
    assert slug_among("new", set()) == "new-2"


@pytest.mark.parametrize(
    "typed", ["7000012050002", "７００００１２０５０００２", "7-0000-1205-0002", " 7000012050002"]
)
def test_a_corporate_number_is_read_however_it_is_typed(typed):
    assert corporate_number(typed) == "7000012050002"


@pytest.mark.parametrize("typed", ["7000012050003", "700001205000", "70000120500021", "abc", "７００", "-"])
def test_a_wrong_corporate_number_is_refused_with_a_sentence(typed):
    if typed == "-":
        assert corporate_number(typed) == ""
        return
    with pytest.raises(Invalid, match="法人番号"):
        corporate_number(typed)


def test_every_single_wrong_digit_is_found_except_what_counts_alike():
    """The official check digit counts modulo 9: it cannot tell 0 from 9."""
    good = "7000012050002"
    for place, digit in ((place, digit) for place in range(13) for digit in "0123456789"):
        changed = good[:place] + digit + good[place + 1 :]
        if changed != good and {good[place], digit} != {"0", "9"}:
            with pytest.raises(Invalid):
                corporate_number(changed)


def test_a_registration_only_moves_along_its_table():
    for status in RegistrationStatus:
        for move in RegistrationMove:
            if move in REGISTRATION.allowed(status):
                assert REGISTRATION.after(status, move) in RegistrationStatus
            else:
                with pytest.raises(Refused):
                    REGISTRATION.after(status, move)


def test_an_expired_registration_stays_expired():
    assert REGISTRATION.allowed(RegistrationStatus.EXPIRED) == ()


def test_terms_that_touch_leave_no_gap():
    years = [Term(date(year, 4, 1), date(year + 1, 3, 31)) for year in range(2026, 2036)]
    assert first_day_without([*years, Term(date(2036, 4, 1))], START) is None
    assert all((second.since - first.until).days == 1 for first, second in pairwise(years) if first.until)
