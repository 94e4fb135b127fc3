"""Registers papers with Django, and with the apps below: links, evidence, exhibits, erasure, the role."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.papers"
    verbose_name = _("書類")
    column_updates = {"papers_issue": ["file", "withdrawn_at"]}

    def ready(self) -> None:
        """Lead from collaborations to their papers, lend them to verify, bundles and search, forget who is erased."""
        from wanowa.collaborations.queries import register_links  # noqa: PLC0415 - models are ready only now
        from wanowa.papers.queries import exhibits, links, papers_match_the_record, searchable  # noqa: PLC0415
        from wanowa.papers.services import forget_person  # noqa: PLC0415
        from wanowa.people.services import register_erasure  # noqa: PLC0415
        from wanowa.record.services import register_evidence, register_exhibits  # noqa: PLC0415
        from wanowa.search.queries import register_source  # noqa: PLC0415

        register_links(links)
        register_source(searchable.source())
        register_evidence("papers", papers_match_the_record)
        register_exhibits("papers", exhibits)
        register_erasure(forget_person)
