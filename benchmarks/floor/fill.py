"""Makes the floor's tables and 10,000 ideas of which each has 20 comments.

uv run python -m benchmarks.floor.fill
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.floor.settings")
IDEAS, COMMENTS = 10_000, 20


def main() -> None:
    """Fill the database once; a second call finds it filled."""
    django.setup()
    from django.db import connection

    from benchmarks.floor.models import Comment, Idea

    if Idea._meta.db_table in connection.introspection.table_names():
        return
    with connection.schema_editor() as editor:
        editor.create_model(Idea)
        editor.create_model(Comment)
    Idea.objects.bulk_create(
        (
            Idea(title=f"湧水のみち {n}", summary="湧き水を見回り、こどもと観察会をひらきます。" * 3)
            for n in range(IDEAS)
        ),
        2_000,
    )
    keys = Idea.objects.order_by("id").values_list("id", flat=True)
    body = "観察会の日どりは、学校の予定を聞いてから決めましょう。"
    Comment.objects.bulk_create(
        (Comment(idea_id=pk, body=body) for pk in keys for _ in range(COMMENTS)), 5_000
    )
    with connection.cursor() as sql:
        sql.execute("ANALYZE")


if __name__ == "__main__":
    main()
