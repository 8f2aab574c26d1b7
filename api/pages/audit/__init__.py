"""The auditor's desk: search, replay, proofs, comparison, checks and exports. Reads only; docs/audit.md."""

from api.pages.audit import checks as checks
from api.pages.audit import compare as compare
from api.pages.audit import desk as desk
from api.pages.audit import proof as proof
from api.pages.audit import replay as replay
