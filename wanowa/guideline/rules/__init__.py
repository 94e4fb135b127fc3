"""The guideline as facts: what the words mean, how they belong together, and from which clause they come.

Pure, and in our own plain words: the sentences of the policy itself are loaded, never copied.
"""

from wanowa.guideline.rules.areas import AREAS, AreaFacts
from wanowa.guideline.rules.clauses import Word, words_at
from wanowa.guideline.rules.codes import check_digit, is_municipality_code
from wanowa.guideline.rules.fields import FIELDS, FieldFacts
from wanowa.guideline.rules.forms import FORMS, FormFacts
from wanowa.guideline.rules.guides import (
    AREA_GUIDES,
    FORM_GUIDES,
    KIND_GUIDES,
    OWNERSHIPS,
    PRINCIPLE_GUIDES,
    AreaGuide,
    FormGuide,
    KindGuide,
    OwnershipFacts,
    PrincipleGuide,
)
from wanowa.guideline.rules.packs import Bridge, Department, OfficialPaper, Pack, PackError, Rhythm, pack_of
from wanowa.guideline.rules.papers import PaperKind
from wanowa.guideline.rules.parties import KINDS, KindFacts
from wanowa.guideline.rules.posts import POSTS, Post, PostFacts, Side
from wanowa.guideline.rules.principles import PRINCIPLES, PrincipleFacts
from wanowa.guideline.rules.resources import POLICIES, RESOURCES, PolicyFacts, ResourceFacts
from wanowa.guideline.rules.scheme import AdoptedProject, Cause, Proposer, Scheme, SchemeYear
from wanowa.guideline.rules.vocabulary import (
    Area,
    Field,
    Form,
    Kind,
    Ownership,
    Policy,
    Principle,
    Resource,
)
from wanowa.guideline.rules.yardstick import Criterion, Each, Scale, View, Yardstick

__all__ = [
    "AREAS",
    "AREA_GUIDES",
    "FIELDS",
    "FORMS",
    "FORM_GUIDES",
    "KINDS",
    "KIND_GUIDES",
    "OWNERSHIPS",
    "POLICIES",
    "POSTS",
    "PRINCIPLES",
    "PRINCIPLE_GUIDES",
    "RESOURCES",
    "AdoptedProject",
    "Area",
    "AreaFacts",
    "AreaGuide",
    "Bridge",
    "Cause",
    "Criterion",
    "Department",
    "Each",
    "Field",
    "FieldFacts",
    "Form",
    "FormFacts",
    "FormGuide",
    "Kind",
    "KindFacts",
    "KindGuide",
    "OfficialPaper",
    "Ownership",
    "OwnershipFacts",
    "Pack",
    "PackError",
    "PaperKind",
    "Policy",
    "PolicyFacts",
    "Post",
    "PostFacts",
    "Principle",
    "PrincipleFacts",
    "PrincipleGuide",
    "Proposer",
    "Resource",
    "ResourceFacts",
    "Rhythm",
    "Scale",
    "Scheme",
    "SchemeYear",
    "Side",
    "View",
    "Word",
    "Yardstick",
    "check_digit",
    "is_municipality_code",
    "pack_of",
    "words_at",
]
