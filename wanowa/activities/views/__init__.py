"""The pages of activities. A view asks a query or a service and renders; it decides nothing."""

from wanowa.activities.views.answering import answer, checklist, collaboration_answer, collaboration_checklist
from wanowa.activities.views.browsing import activity, directory, log, watching
from wanowa.activities.views.moving import suggest, suggestion, watch
from wanowa.activities.views.writing import edit, end, new

__all__ = [
    "activity",
    "answer",
    "checklist",
    "collaboration_answer",
    "collaboration_checklist",
    "directory",
    "edit",
    "end",
    "log",
    "new",
    "suggest",
    "suggestion",
    "watch",
    "watching",
]
