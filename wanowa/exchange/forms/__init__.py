"""What may be typed in about exchange: a listing, the filters of the lists, and what others answer."""

from wanowa.exchange.forms.answers import (
    CodeForm,
    CounterForm,
    HandForm,
    LookBackForm,
    PictureForm,
    PledgeForm,
    ReplyForm,
    ThanksForm,
)
from wanowa.exchange.forms.filters import FilterForm, QuarterForm
from wanowa.exchange.forms.listing import PROPOSED, ListingForm, as_typed, written

__all__ = [
    "PROPOSED",
    "CodeForm",
    "CounterForm",
    "FilterForm",
    "HandForm",
    "ListingForm",
    "LookBackForm",
    "PictureForm",
    "PledgeForm",
    "QuarterForm",
    "ReplyForm",
    "ThanksForm",
    "as_typed",
    "written",
]
