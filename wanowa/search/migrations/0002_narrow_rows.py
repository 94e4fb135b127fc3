"""Rows without what only the index needs; whole titles and fair samples in the index. Decision 30."""

from django.db import migrations

KEPT = ("kind", "key", "title", "reading", "address", "fields", "places", "audiences", "parties", "folded")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_document")]

    operations = [
        migrations.RunSQL(
            sql=[
                # One document in 8, one in 64 and one in 512, by chance and always the same ones.
                """
                CREATE FUNCTION search_sample(text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
                $$ SELECT array_to_tsvector(coalesce(array_agg('n:' || one_in), '{}'))
                   FROM unnest(ARRAY[8, 64, 512]) AS one_in
                   WHERE ('x' || left(md5($1), 6))::bit(24)::integer % one_in = 0 $$
                """,
                # What is compared row by row stays in the row; pieces and the text as shown go out of it.
                "ALTER TABLE search_document SET (toast_tuple_target = 128)",
                *(f"ALTER TABLE search_document ALTER COLUMN {column} SET STORAGE MAIN" for column in KEPT),
                # Made anew at the end, the index takes seconds; kept while every row changes, minutes.
                "DROP INDEX search_by_piece",
                """
                UPDATE search_document SET index = index || search_sample(kind || '/' || key)
                || array_to_tsvector(CASE WHEN length(title_key) BETWEEN 1 AND 100 THEN ARRAY['=:' || title_key]
                                     ELSE ARRAY[]::text[] END)
                """,
                "CREATE INDEX search_by_piece ON search_document USING gin (index) WITH (fastupdate = off)",
            ],
            reverse_sql=[
                *(
                    f"ALTER TABLE search_document ALTER COLUMN {column} SET STORAGE EXTENDED"
                    for column in KEPT
                ),
                "ALTER TABLE search_document RESET (toast_tuple_target)",
                """
                UPDATE search_document SET index = ts_delete(index, ARRAY['n:8', 'n:64', 'n:512', '=:' || title_key])
                """,
                "DROP FUNCTION search_sample(text)",
            ],
        ),
    ]
