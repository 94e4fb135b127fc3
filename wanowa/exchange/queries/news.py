"""Of which suggestions the parties have not heard yet."""

from collections import defaultdict
from heapq import nlargest

from wanowa.exchange.queries.matching import current

PARTNERS = 3
"""Partners that the page of a listing shows; nobody is told of others."""

type News = dict[int, dict[int, set[int]]]
"""Party → its listing → partners of which it has not heard."""


def unheard(party: int | None = None) -> News:
    """Return what the parties (or one) have not heard of, among the best partners of each listing. One query."""
    best: dict[tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
    heard: dict[int, list[int]] = {}
    columns = ("need_id", "need__party_id", "need__heard", "offer_id", "offer__party_id", "offer__heard")
    for *ends, score in current().values_list(*columns, "score"):
        for (own, owner, known), other in ((ends[:3], ends[3]), (ends[3:], ends[0])):
            if party in {None, owner}:
                best[owner, own].append((score, other))
                heard[own] = known
    news: News = defaultdict(dict)
    for (owner, own), partners in best.items():
        if fresh := {other for _score, other in nlargest(PARTNERS, partners)} - set(heard[own]):
            news[owner][own] = fresh
    return news
