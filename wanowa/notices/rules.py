"""Which steps are worth telling, and to whom. Pure: no database, no clock."""

from collections.abc import Mapping
from enum import Enum, auto

from wanowa.activities.verbs import (
    AGREED,
    DECLINED,
    OVERDUE,
    RECOMMENDED,
    SUGGESTED,
    WATCHED,
)
from wanowa.activities.verbs import WITHDRAWN as SUGGESTION_WITHDRAWN
from wanowa.collaborations.verbs import (
    ANSWERED,
    ASKED,
    ASKED_TO_JOIN,
    CHANGE_BEGUN,
    CONFIRMED,
    CONSENTED,
    DIFFERED,
    GIVEN_UP,
    INVITED,
    JOINING_ANSWERED,
    MEASURE_ASSENTED,
    MEASURE_PROPOSED,
    MEASURE_REJECTED,
    MEASURE_WITHDRAWN,
    OFFERED,
    QUESTION_DECLINED,
    QUESTION_WAITS,
    QUESTION_WITHDRAWN,
    RESTATED,
    RESTATEMENT_WITHDRAWN,
    RETRACTED,
    SENT_BACK,
    SPOKE,
    STOOD_UP,
    TALKS_OPENED,
    TOOK_EFFECT,
)
from wanowa.contributions.verbs import DISPUTED, DRIFT_NOTICED, REVERSED, WRITTEN
from wanowa.evaluations.verbs import (
    COMMENT_ENTERED,
    PUBLISHED,
    REASON_GIVEN,
    REMINDED,
    REVEALED,
    ROUND_AGREED,
    ROUND_CLOSED,
    ROUND_OPENED,
    ROUND_PROPOSED,
    SEALED,
    STATEMENT_APPROVED,
    STATEMENT_OFFERED,
    STATEMENT_RETRACTED,
    STATEMENT_SENT_BACK,
)
from wanowa.exchange.verbs import ACCEPTED as PLEDGE_ACCEPTED
from wanowa.exchange.verbs import CONFIRMED as PLEDGE_CONFIRMED
from wanowa.exchange.verbs import DECLINED as PLEDGE_DECLINED
from wanowa.exchange.verbs import EXPIRED as LISTING_EXPIRED
from wanowa.exchange.verbs import LOWERED as HAND_LOWERED
from wanowa.exchange.verbs import PLEDGED
from wanowa.exchange.verbs import QUEUED as HAND_QUEUED
from wanowa.exchange.verbs import RAISED as HAND_RAISED
from wanowa.exchange.verbs import SUGGESTED as PARTNERS_FOUND
from wanowa.exchange.verbs import TAKEN_BACK as PLEDGE_TAKEN_BACK
from wanowa.introductions.verbs import ASKED as INTRODUCTION_ASKED
from wanowa.introductions.verbs import (
    ENDED as INTRODUCTION_ENDED,
)
from wanowa.introductions.verbs import (
    FOLLOWED_UP,
    HANDED_OVER,
    HELPED,
    JOINED,
    LAPSED,
    MET,
    TRIED,
)
from wanowa.introductions.verbs import REPORTED as INTRODUCTION_REPORTED
from wanowa.introductions.verbs import TAKEN_IN as INTRODUCTION_TAKEN_IN
from wanowa.introductions.verbs import WITHDRAWN as INTRODUCTION_WITHDRAWN
from wanowa.progress.verbs import (
    DUE_SOON,
    MEASURED,
    NOTED,
    NOTED_INSIDE,
    QUIET,
    REMEASURED,
    TROUBLED,
    UNMEASURED,
)
from wanowa.progress.verbs import OVERDUE as TASK_OVERDUE
from wanowa.proposals import verbs as proposals
from wanowa.record.verbs import ENTRY_CORRECTED, ENTRY_HIDDEN
from wanowa.talent.verbs import ACCEPTED as REQUEST_ACCEPTED
from wanowa.talent.verbs import SPOKE as SPOKE_OF_REQUEST


class Audience(Enum):
    """Who is told. Nobody is ever told what she did herself."""

    TABLE = auto()
    """Everybody who acts for a party around the case, and a coordinator who brought its sides together."""
    NAMED = auto()
    """Those who act for the party that the entry names."""
    COORDINATORS = auto()
    """The coordinators at the desk."""


class Receiver(Enum):
    """Who gets a receipt."""

    WHO_ACTED = auto()
    """The person who did it."""
    REPRESENTATIVES = auto()
    """Everybody who may speak for a party of the version that the entry names."""


TOLD: Mapping[str, tuple[Audience, str]] = {
    INVITED.name: (Audience.NAMED, "invited"),
    JOINING_ANSWERED.name: (Audience.NAMED, "asker"),
    DUE_SOON.name: (Audience.NAMED, "responsible"),
    TASK_OVERDUE.name: (Audience.NAMED, "responsible"),
    QUIET.name: (Audience.COORDINATORS, ""),
    REMINDED.name: (Audience.NAMED, "awaited"),
    INTRODUCTION_REPORTED.name: (Audience.COORDINATORS, ""),
    REQUEST_ACCEPTED.name: (Audience.NAMED, "asker"),
    proposals.PARTNER_ASKED.name: (Audience.NAMED, "asked"),
    proposals.PARTNER_ANSWERED.name: (Audience.NAMED, "other"),
    proposals.SUBMITTED_ALONE.name: (Audience.COORDINATORS, ""),
    **{
        verb.name: (Audience.NAMED, "proposer")
        for verb in (
            proposals.RETURNED,
            proposals.INQUIRED,
            proposals.DECIDED,
            proposals.OBJECTION_ANSWERED,
            proposals.AWARD_REDUCED,
            proposals.AWARD_CARRIED,
            proposals.AWARD_CANCELLED,
            proposals.SENT_ON,
            proposals.NEXT_OPENED,
        )
    },
    **{
        verb.name: (Audience.COORDINATORS, "")
        for verb in (proposals.OBJECTED, proposals.AWARD_AGREED, proposals.AWARD_DECLINED)
    },
    **{
        verb.name: (Audience.TABLE, "")
        for verb in (
            TALKS_OPENED,
            GIVEN_UP,
            STOOD_UP,
            CHANGE_BEGUN,
            OFFERED,
            CONSENTED,
            RETRACTED,
            SENT_BACK,
            TOOK_EFFECT,
            ASKED_TO_JOIN,
            SPOKE,
            ASKED,
            ANSWERED,
            QUESTION_DECLINED,
            QUESTION_WITHDRAWN,
            QUESTION_WAITS,
            RESTATED,
            CONFIRMED,
            DIFFERED,
            RESTATEMENT_WITHDRAWN,
            MEASURE_PROPOSED,
            MEASURE_ASSENTED,
            MEASURE_REJECTED,
            MEASURE_WITHDRAWN,
            ENTRY_HIDDEN,
            ENTRY_CORRECTED,
            WATCHED,
            SUGGESTED,
            RECOMMENDED,
            AGREED,
            DECLINED,
            SUGGESTION_WITHDRAWN,
            OVERDUE,
            PLEDGED,
            PLEDGE_ACCEPTED,
            PLEDGE_DECLINED,
            PLEDGE_CONFIRMED,
            PLEDGE_TAKEN_BACK,
            HAND_RAISED,
            HAND_QUEUED,
            HAND_LOWERED,
            LISTING_EXPIRED,
            PARTNERS_FOUND,
            SPOKE_OF_REQUEST,
            MEASURED,
            REMEASURED,
            NOTED,
            NOTED_INSIDE,
            TROUBLED,
            UNMEASURED,
            WRITTEN,
            REVERSED,
            DISPUTED,
            DRIFT_NOTICED,
            ROUND_PROPOSED,
            ROUND_AGREED,
            ROUND_OPENED,
            ROUND_CLOSED,
            SEALED,
            REVEALED,
            REASON_GIVEN,
            STATEMENT_OFFERED,
            STATEMENT_APPROVED,
            STATEMENT_RETRACTED,
            STATEMENT_SENT_BACK,
            PUBLISHED,
            COMMENT_ENTERED,
            INTRODUCTION_ASKED,
            MET,
            LAPSED,
            INTRODUCTION_WITHDRAWN,
            TRIED,
            JOINED,
            HELPED,
            INTRODUCTION_ENDED,
            FOLLOWED_UP,
            HANDED_OVER,
            INTRODUCTION_TAKEN_IN,
            proposals.RECEIVED,
            proposals.ANSWERED,
            proposals.ASKED,
            proposals.PASSED_ON,
            proposals.TAKEN_IN,
            proposals.EXTENDED,
            proposals.CALLED_OFF,
            proposals.APPOINTED,
            proposals.ENDED,
            proposals.PARTNER_OFFERED,
            proposals.SPOKE,
            proposals.DESK_SPOKE,
            proposals.STATED,
            proposals.SUBMITTED,
            proposals.WITHDRAWN,
            proposals.JUDGING_BEGUN,
            proposals.SHEETS_OPENED,
            proposals.AWARD_STARTED,
        )
    },
}
"""Verb → who is told, and the fact that names them. Verbs that are not listed here are told to nobody."""

RECEIPTS = {CONSENTED.name: Receiver.WHO_ACTED, TOOK_EFFECT.name: Receiver.REPRESENTATIVES}
"""Verb → who gets the receipt of its entry by mail."""

KEPT_DAYS = 90
"""Days after which a notice is forgotten; the record keeps the step itself."""
