"""The pages of introductions. A view asks a query or a service and renders; it decides nothing."""

from wanowa.introductions.views.beginning import new
from wanowa.introductions.views.board import board
from wanowa.introductions.views.one import introduction, mine

__all__ = ["board", "introduction", "mine", "new"]
