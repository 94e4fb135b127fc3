"""The town grows by the same names and titles on every machine, each of which could have been typed."""

from wanowa.cli.town import content, growing
from wanowa.cli.town.wording import Wording
from wanowa.collaborations.rules import first_draft, problems
from wanowa.guideline.rules import Form, Kind

WRITTEN = content.read()


def test_growth_makes_names_and_titles_only_once():
    grown = growing.grow(100)
    everything = [
        [story.title for story in grown.stories],
        [settler.name for settler in grown.settlers if settler.kind is not Kind.RESIDENT],
        [person.email for person in grown.people],
    ]
    for names in everything:
        assert len(set(names)) == len(names)
    assert len(grown.stories) + len(WRITTEN.stories) >= 2400
    assert len(grown.settlers) + len(WRITTEN.settlers) >= 4000


def test_growth_is_the_same_on_every_machine():
    assert growing.grow(10) == growing.grow(10)


def test_a_grown_collaboration_never_asks_one_person_to_answer_twice():
    grown = growing.grow(10)
    speakers = {settler.key: settler.speaker for settler in (*grown.settlers, *WRITTEN.settlers)}
    for story in grown.stories:
        assert len({speakers[key] for key in story.parties}) == len(story.parties)


def test_every_grown_text_of_every_form_can_be_offered():
    stories = growing.grow(5).stories
    for story in stories:
        ids = {key: place for place, key in enumerate(story.parties, 1)}
        begun = first_draft(story.title, story.summary, ids.values(), story.purpose, form=story.text["form"])
        assert problems(Wording(ids).apply(begun, story.text)) == [], story.text["form"]
    assert {story.text["form"] for story in stories} == set(Form.values)
