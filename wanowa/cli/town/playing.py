"""Plays the stories of the collaborations: every step is a service, done by a party that may do it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import cycle

from django.utils import timezone

from wanowa.cli.town.content import WRITTEN_FOR, Story, Table
from wanowa.cli.town.wording import Wording
from wanowa.collaborations import services
from wanowa.collaborations.models import Collaboration, Draft, JoinRequest, Message, Version
from wanowa.collaborations.rules import FIELDS, Change, Clause, Terms, mark
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_of


def pieces(stories: Iterable[Story], actors: Mapping[str, Actor]) -> list[Callable[[], None]]:
    """Return what plays each story, unless its collaboration is there."""
    return [partial(_play, story, actors) for story in stories]


def _play(story: Story, actors: Mapping[str, Actor]) -> None:
    if not Collaboration.objects.filter(slug=story.slug, demonstration=True).exists():
        Play(story, actors).run()


class Play:
    """One story while it is played."""

    def __init__(self, story: Story, actors: Mapping[str, Actor]) -> None:
        self.story = story
        self.actors = actors
        self.years = fiscal_year_of(timezone.localdate()) - WRITTEN_FOR if story.shift else 0
        self.wording = Wording({key: actor.required_party for key, actor in actors.items()}, self.years)
        self.question: Message | None = None
        self.restated: Message | None = None
        first, *others = story.parties
        self.collaboration = services.start(
            title=story.title,
            summary=story.summary.strip(),
            purpose=story.purpose.strip(),
            invited=[actors[key].required_party for key in others],
            area=story.text.get("area", ""),
            form=story.text.get("form", ""),
            continuing_since=story.continuing_since and story.continuing_since + self.years,
            demonstration=True,
            by=actors[first],
        )

    def run(self) -> None:
        """Do every step in order."""
        steps: dict[str, Callable[..., object]] = {
            "sit_down": self.sit_down,
            "decline": self.decline,
            "stand_up": self.stand_up,
            "write": self.write,
            "revise": self.revise,
            "say": self.say,
            "ask": self.ask,
            "answer": self.answer,
            "decline_question": self.decline_question,
            "restate": self.restate,
            "confirm": self.confirm,
            "differ": self.differ,
            "read": self.read,
            "offer": self.offer,
            "consent": self.consent,
            "retract": self.retract,
            "send_back": self.send_back,
            "amend": self.amend,
            "leave": self.leave,
            "ask_to_join": self.ask_to_join,
            "let_in": self.let_in,
            "turn": self.turn,
        }
        for step in self.story.steps:
            given = dict(step)
            steps[given.pop("do")](**given)

    def sit_down(self, by: Sequence[str] = ()) -> None:
        """Let these parties, or all invited, accept the invitation."""
        for key in by or self.story.parties[1:]:
            services.sit_down(self.collaboration, by=self.actors[key])

    def decline(self, by: str) -> None:
        """Let a party decline the invitation."""
        services.decline(self.collaboration, by=self.actors[by])

    def stand_up(self, by: str) -> None:
        """Let a party leave the talks."""
        services.stand_up(self.collaboration, by=self.actors[by])

    def write(self, by: Sequence[str] = (), only: Sequence[str] = ()) -> None:
        """Let these parties, or all, write the text in turn; `only` names what is written so far."""
        text = self.story.text
        self._write({name: text[name] for name in only or text}, by or self.story.parties)

    def revise(self, by: str, text: Table) -> None:
        """Write some clauses anew."""
        self._write(text, [by])

    def say(self, by: str, text: str) -> None:
        """Say something in the room."""
        services.speak(self.collaboration, body=text.strip(), by=self.actors[by])

    def ask(self, by: str, text: str, to: str = "") -> None:
        """Ask a party, or everybody, something in the room."""
        asked = self.actors[to].required_party if to else None
        self.question = services.ask(self.collaboration, body=text.strip(), to=asked, by=self.actors[by])

    def answer(self, by: str, text: str) -> None:
        """Answer the last question."""
        services.answer(self._asked(), body=text.strip(), by=self.actors[by])

    def decline_question(self, by: str, text: str) -> None:
        """Say why the last question is not answered."""
        services.decline_question(self._asked(), reason=text.strip(), by=self.actors[by])

    def _asked(self) -> Message:
        if self.question is None:
            raise ValueError(f"{self.story.slug}: nothing was asked")
        return self.question

    def restate(self, by: str, text: str, clause: str = "") -> None:
        """Say how the last words of another party, or a clause of the text that counts, were understood."""
        actor = self.actors[by]
        if not clause:
            about = self.collaboration.messages.exclude(party=actor.party).latest("id")
            self.restated = services.restate_message(about, body=text.strip(), by=actor)
            return
        draft = Draft.objects.filter(collaboration=self.collaboration).first()
        self.collaboration.refresh_from_db()
        found = draft or self.collaboration.in_force
        if found is None:
            raise ValueError(f"{self.story.slug}: there is no text")
        self.restated = services.restate_clause(
            self.collaboration,
            clause=Clause(clause),
            draft=draft is not None,
            seen=mark(found.terms, Clause(clause)),
            body=text.strip(),
            by=actor,
        )

    def confirm(self, by: str) -> None:
        """Confirm the last restatement."""
        services.confirm(self._restated(), by=self.actors[by])

    def differ(self, by: str, text: str) -> None:
        """Say what is different from the last restatement."""
        services.differ(self._restated(), body=text.strip(), by=self.actors[by])

    def _restated(self) -> Message:
        if self.restated is None:
            raise ValueError(f"{self.story.slug}: nothing was restated")
        return self.restated

    def read(self, by: Sequence[str]) -> None:
        """Let these parties read the room to its end."""
        last = self.collaboration.messages.order_by("-id").values_list("id", flat=True).first() or 0
        for key in by:
            services.read_up_to(self.collaboration, message=last, by=self.actors[key])

    def offer(self, by: str, reason: str = "") -> None:
        """Put the text before everybody."""
        revision = Draft.objects.get(collaboration=self.collaboration).revision
        services.offer(self.collaboration, revision=revision, reason=reason, by=self.actors[by])

    def consent(self, by: Sequence[str] = ()) -> None:
        """Let these parties, or all who have not yet, consent to what is offered."""
        version = Version.objects.get(
            collaboration=self.collaboration, in_force_at__isnull=True, closed_at__isnull=True
        )
        awaited = set(version.concerned) - {version.offered_by_id}
        others = [key for key, actor in self.actors.items() if actor.party in awaited]
        for key in by or others:
            services.consent(self.collaboration, seen=version.fingerprint, by=self.actors[key])

    def retract(self, by: str) -> None:
        """Take a consent back."""
        services.retract(self.collaboration, by=self.actors[by])

    def send_back(self, by: str, reason: str) -> None:
        """Close the offer and go on talking."""
        services.send_back(self.collaboration, reason=reason, by=self.actors[by])

    def amend(self, by: str, text: Table) -> None:
        """Prepare a change of some clauses."""
        services.begin_amendment(self.collaboration, by=self.actors[by])
        self._write(text, [by])

    def leave(self, by: str, stays: str, text: Table) -> None:
        """Prepare that a party leaves; one that stays writes who takes over."""
        services.begin_leaving(self.collaboration, by=self.actors[by])
        self._write(text, [stays])

    def ask_to_join(self, by: str, text: str) -> None:
        """Ask to be let in."""
        services.ask_to_join(self.collaboration, message=text.strip(), by=self.actors[by])

    def let_in(self, by: str, party: str, text: Table) -> None:
        """Accept the request and prepare the text with the newcomer, who writes its own aim."""
        request = JoinRequest.objects.get(
            collaboration=self.collaboration, party=self.actors[party].party, state=JoinRequest.State.WAITING
        )
        services.accept_request(request, by=self.actors[by])
        self._write(text, [by, party])

    def turn(self, by: str, change: str, reason: str) -> None:
        """Propose to suspend, resume or end."""
        services.propose_turn(
            self.collaboration, change=Change(change), reason=reason.strip(), by=self.actors[by]
        )

    def _write(self, text: Table, writers: Sequence[str]) -> None:
        """Save clause by clause what differs, the writers taking turns; each party writes its own aim."""
        draft = Draft.objects.get(collaboration=self.collaboration)
        wanted = self.wording.apply(draft.terms, text)
        turns = cycle(writers)
        for clause in FIELDS:
            if clause is not Clause.AIMS and mark(draft.terms, clause) != mark(wanted, clause):
                draft = self._edit(draft, clause, wanted, self.actors[next(turns)])
        for key in text.get("aims", ()):
            draft = self._edit(draft, Clause.AIMS, wanted, self.actors[key])

    def _edit(self, draft: Draft, clause: Clause, wanted: Terms, by: Actor) -> Draft:
        return services.edit(
            self.collaboration, clause=clause, written=wanted, seen=mark(draft.terms, clause), by=by
        )
