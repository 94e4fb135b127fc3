"""What the application role may do to each table: the apps say it, `migrate` makes it so.

An app narrows the rule on its AppConfig, by table name:
`append_only_tables = ["record_entry"]` may be read and added to; `column_updates = {"table": ["column"]}` may
besides have just those columns changed; of `guarded_deletes = ["table"]`, rows may be deleted too, because a trigger
decides which. Every other table may be read, added to, changed and deleted from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection
from psycopg import sql


@dataclass(frozen=True, slots=True)
class Restrictions:
    """What the apps declare, put together."""

    append_only: frozenset[str] = frozenset()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    deletes: frozenset[str] = frozenset()

    @property
    def tables(self) -> frozenset[str]:
        """Every table that the application role may not change freely."""
        return self.append_only | frozenset(self.columns) | self.deletes


def declared() -> Restrictions:
    """Return the restrictions that the installed apps declare."""
    append_only: set[str] = set()
    columns: dict[str, tuple[str, ...]] = {}
    deletes: set[str] = set()
    for config in apps.get_app_configs():
        append_only.update(getattr(config, "append_only_tables", ()))
        declarations: Mapping[str, list[str]] = getattr(config, "column_updates", {})
        columns.update({table: tuple(names) for table, names in declarations.items()})
        deletes.update(getattr(config, "guarded_deletes", ()))
    return Restrictions(frozenset(append_only), columns, frozenset(deletes))


def grant(role: str, restrictions: Restrictions | None = None) -> None:
    """Give `role` its privileges on every table, sequence and function of ours; run as the owner.

    Raises ValueError when an app declares a table that does not exist: a promise about nothing.
    """
    restrictions = restrictions or declared()
    who = sql.Identifier(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        missing = restrictions.tables - {name for (name,) in cursor.fetchall()}
        if missing:
            raise ValueError(f"no such table: {', '.join(sorted(missing))}")
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role])
        if cursor.fetchone() is None:
            return  # one role for everything: nothing can be taken from an owner (doctor tells)
        for what in ("SELECT, INSERT, UPDATE, DELETE ON ALL TABLES", "USAGE, SELECT ON ALL SEQUENCES"):
            cursor.execute(sql.SQL("GRANT {} IN SCHEMA public TO {}").format(sql.SQL(what), who))
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(who))
        cursor.execute(sql.SQL("REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}").format(who))
        for table in sorted(restrictions.tables):
            name = sql.Identifier(table)
            cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(name, who))
            cursor.execute(sql.SQL("GRANT SELECT, INSERT ON {} TO {}").format(name, who))
        for table, names in restrictions.columns.items():
            listed = sql.SQL(", ").join(map(sql.Identifier, names))
            cursor.execute(
                sql.SQL("GRANT UPDATE ({}) ON {} TO {}").format(listed, sql.Identifier(table), who)
            )
        for table in sorted(restrictions.deletes):
            cursor.execute(sql.SQL("GRANT DELETE ON {} TO {}").format(sql.Identifier(table), who))
