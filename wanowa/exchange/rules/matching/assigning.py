"""A whole day at once: who helps whom, so that all together are served best. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

type Pair = tuple[int, int]

GRAIN = 10_000
"""Scores are compared in steps of this part of one, so that sums are exact."""


@dataclass(slots=True)
class _Edge:
    to: int
    room: int
    cost: int
    back: int
    """Where the edge in the other direction stands at its node."""


@dataclass(slots=True)
class _Net:
    """A flow network whose every unit has a cost."""

    nodes: list[list[_Edge]] = field(default_factory=list)

    def node(self) -> int:
        self.nodes.append([])
        return len(self.nodes) - 1

    def edge(self, start: int, end: int, room: int, cost: int) -> None:
        self.nodes[start].append(_Edge(end, room, cost, len(self.nodes[end])))
        self.nodes[end].append(_Edge(start, 0, -cost, len(self.nodes[start]) - 1))

    def cheapest(self, source: int) -> tuple[list[int | None], list[_Edge | None]]:
        """Return the cost of the cheapest way to each node, and the edge by which it comes in (Bellman, Ford)."""
        cost: list[int | None] = [None] * len(self.nodes)
        came: list[_Edge | None] = [None] * len(self.nodes)
        cost[source] = 0
        waiting = [source]
        while waiting:
            again: dict[int, None] = {}
            for node in waiting:
                here = cost[node]
                for edge in self.nodes[node]:
                    there = cost[edge.to]
                    if here is not None and edge.room and (there is None or here + edge.cost < there):
                        cost[edge.to] = here + edge.cost
                        came[edge.to] = edge
                        again[edge.to] = None
            waiting = list(again)
        return cost, came

    def push(self, end: int, came: list[_Edge | None]) -> None:
        """Send one unit along the way that was found."""
        while (edge := came[end]) is not None:
            back = self.nodes[edge.to][edge.back]
            edge.room -= 1
            back.room += 1
            end = back.to


def assign(scores: Mapping[Pair, float], needs: Mapping[int, int], offers: Mapping[int, int]) -> list[Pair]:
    """Return who helps whom (need, offer), so that the sum of the scores is the highest that is possible.

    `scores`: of the pairs that fit, positive ones alone count. `needs` and `offers`: how many helpers each need
    takes, how many needs each offer serves; whoever is not named takes part once. Each pair is used once at most.
    Ways of growing cost are taken one unit after another (Busacker and Gowen 1960), which ends at an optimum.
    """
    net = _Net()
    source, sink = net.node(), net.node()
    firsts = {need: net.node() for need in sorted({need for need, _ in scores})}
    seconds = {offer: net.node() for offer in sorted({offer for _, offer in scores})}
    for need, node in firsts.items():
        net.edge(source, node, needs.get(need, 1), 0)
    for offer, node in seconds.items():
        net.edge(node, sink, offers.get(offer, 1), 0)
    used: dict[Pair, _Edge] = {}
    for (need, offer), score in sorted(scores.items()):
        if (gain := round(score * GRAIN)) > 0:
            net.edge(firsts[need], seconds[offer], 1, -gain)
            used[need, offer] = net.nodes[firsts[need]][-1]
    while True:
        cost, came = net.cheapest(source)
        reached = cost[sink]
        if reached is None or reached >= 0:
            return [pair for pair, edge in used.items() if not edge.room]
        net.push(sink, came)
