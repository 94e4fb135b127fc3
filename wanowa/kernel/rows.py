"""Reading one row by a key that is unique."""

from django.db.models import Model, QuerySet


def only[Row: Model](found: QuerySet[Row]) -> Row | None:
    """Return the row of a query for a unique key, None when there is none. Costs the query and its prefetches.

    Not `first()`: that sorts, and Django writes the order of a row with many related columns more slowly than
    PostgreSQL answers.
    """
    return next(iter(found.order_by()), None)
