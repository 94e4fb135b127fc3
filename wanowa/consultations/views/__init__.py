"""The pages of the desk: bringing a worry, one's own case, the queue, a case for those who hold it."""

from wanowa.consultations.views.asking import index, look, receipt
from wanowa.consultations.views.desk import card, desk, new, rota
from wanowa.consultations.views.holding import held
from wanowa.consultations.views.own import attachment, by_link, case

__all__ = [
    "attachment",
    "by_link",
    "card",
    "case",
    "desk",
    "held",
    "index",
    "look",
    "new",
    "receipt",
    "rota",
]
