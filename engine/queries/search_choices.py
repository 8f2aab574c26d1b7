"""What a search can be narrowed to: the SOPs, agencies and posts that there are."""

from typing import Any

from sqlalchemy import func, select

from engine.context import Context
from engine.storage.tables import agencies, definitions, posts

MOST_POSTS = 500


def search_choices(context: Context) -> dict[str, Any]:
    """`{sops: [(key, name)], agencies: [(code, name)], posts: [title]}`, each by name; SOPs by their newest name."""
    newest = select(func.max(definitions.c.id)).group_by(definitions.c.key)
    sops = select(definitions.c.key, definitions.c.name).where(definitions.c.id.in_(newest))
    owners = select(agencies.c.code, agencies.c.name).order_by(agencies.c.name)
    titles = select(posts.c.title).distinct().order_by(posts.c.title).limit(MOST_POSTS)
    with context.database.read() as connection:
        return {
            "sops": [tuple(row) for row in connection.execute(sops.order_by(definitions.c.name))],
            "agencies": [tuple(row) for row in connection.execute(owners)],
            "posts": list(connection.execute(titles).scalars()),
        }
