"""Administration: agencies, people, posts, the calendar, interventions, queues, settings and their own history."""

MODULES = (
    "home", "people", "posts", "roles", "assignments", "agencies", "calendar", "queues", "tokens", "settings", "record",
)  # fmt: skip
