"""Who may do what: the actor with the posts held at this moment, and the permission matrix (pure).

Owns the meaning of roles; knows neither tables nor HTTP. Everything not granted here is refused.
"""

from dataclasses import dataclass
from typing import Any

ADMIN = "alur-admin"
ANALYST = "alur-analis"
AUDITOR = "alur-auditor"
CONFIDENTIAL_AUDITOR = "alur-auditor-rahasia"
LEADER = "alur-pimpinan"
WORKER = "alur-pekerja"  # external job workers
STAFF = "pegawai"  # every active employee holds it


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post that a person holds today. `kind` is definitif, plt or plh (then with the letter number)."""

    id: int
    title: str
    unit: str
    agency_id: int
    agency: str
    kind: str
    letter_number: str | None
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, with everything that access decisions need; `kind` is pegawai or warga."""

    person_id: int
    username: str
    name: str
    kind: str
    posts: tuple[HeldPost, ...]
    roles: frozenset[str]

    def signature(self, role: str | None = None) -> dict[str, Any]:
        """What history keeps of the actor at this moment: person, and the post by which `role` is held."""
        signature: dict[str, Any] = {"person": self.username, "name": self.name}
        post = next((held for held in self.posts if role in held.roles), self.posts[0] if self.posts else None)
        if post is not None:
            signature |= {"post": post.title, "unit": post.unit, "agency": post.agency}
            if post.kind != "definitif":
                signature |= {"acting": post.kind, "letter_number": post.letter_number}
        return signature
