"""What can be done at the desk: opening, reading, talking, passing on, ending, the rota, and what time does."""

from wanowa.consultations.services.advising import (
    check_advice,
    propose_advice,
    release_advice,
    rewrite_advice,
    withdraw_advice,
)
from wanowa.consultations.services.ending import (
    ask,
    ask_follow_ups,
    close,
    rate,
    tell_how_it_is,
    write_down_after,
)
from wanowa.consultations.services.forgetting import (
    become_overdue,
    forget,
    forget_accesses,
    forget_old,
    forget_person,
    note_overdue,
)
from wanowa.consultations.services.leaving import settle, take_over_from
from wanowa.consultations.services.onward import introduce, plant
from wanowa.consultations.services.opening import (
    Receipt,
    change_passphrase,
    knock,
    open_case,
)
from wanowa.consultations.services.passing import (
    accept,
    offer,
    refuse,
    settle_owners,
    take_in_all_from,
    take_in_from,
    withdraw,
)
from wanowa.consultations.services.reaching import (
    change_contact,
    confirm_address,
    confirm_by_words,
    note_unreached,
    send_code,
    send_link,
)
from wanowa.consultations.services.reading import break_glass, open_reading
from wanowa.consultations.services.rota import remove_absence, remove_duty, set_absence, set_duty
from wanowa.consultations.services.talking import answer, link, note, plan, sort, speak, unlink

__all__ = [
    "Receipt",
    "accept",
    "answer",
    "ask",
    "ask_follow_ups",
    "become_overdue",
    "break_glass",
    "change_contact",
    "change_passphrase",
    "check_advice",
    "close",
    "confirm_address",
    "confirm_by_words",
    "forget",
    "forget_accesses",
    "forget_old",
    "forget_person",
    "introduce",
    "knock",
    "link",
    "note",
    "note_overdue",
    "note_unreached",
    "offer",
    "open_case",
    "open_reading",
    "plan",
    "plant",
    "propose_advice",
    "rate",
    "refuse",
    "release_advice",
    "remove_absence",
    "remove_duty",
    "rewrite_advice",
    "send_code",
    "send_link",
    "set_absence",
    "set_duty",
    "settle",
    "settle_owners",
    "sort",
    "speak",
    "take_in_all_from",
    "take_in_from",
    "take_over_from",
    "tell_how_it_is",
    "unlink",
    "withdraw",
    "withdraw_advice",
    "write_down_after",
]
