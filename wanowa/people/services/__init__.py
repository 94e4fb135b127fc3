"""What can be done with an account: joining, settings, mail, drafts, export, erasure, the desk, the demo's doors."""

from wanowa.people.queries import (
    demo_link,
    demo_person,
    register_erasure_obstacle,
    register_needs_second_factor,
)
from wanowa.people.services.accounts import change_settings, forget_unconfirmed, join
from wanowa.people.services.data import (
    erase,
    export,
    redact_own,
    register_enclosure,
    register_erasure,
    register_export,
)
from wanowa.people.services.desk import end_coordinator, name_coordinator, register_leaving
from wanowa.people.services.drafts import discard_draft, forget_old_drafts, save_draft
from wanowa.people.services.files import sweep_files
from wanowa.people.services.mail import deliver, forget_old_allowances, letter

__all__ = [
    "change_settings",
    "deliver",
    "demo_link",
    "demo_person",
    "discard_draft",
    "end_coordinator",
    "erase",
    "export",
    "forget_old_allowances",
    "forget_old_drafts",
    "forget_unconfirmed",
    "join",
    "letter",
    "name_coordinator",
    "redact_own",
    "register_enclosure",
    "register_erasure",
    "register_erasure_obstacle",
    "register_export",
    "register_leaving",
    "register_needs_second_factor",
    "save_draft",
    "sweep_files",
]
