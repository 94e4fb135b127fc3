"""The pages of progress. A view asks a query or a service and renders; it decides nothing."""

from wanowa.progress.views.goals import goal
from wanowa.progress.views.months import board, month
from wanowa.progress.views.notes import notes, photo
from wanowa.progress.views.quiet import quiet
from wanowa.progress.views.tasks import tasks

__all__ = ["board", "goal", "month", "notes", "photo", "quiet", "tasks"]
