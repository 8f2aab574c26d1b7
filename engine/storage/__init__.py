"""Storage. Every table belongs to one metadata, whichever module is imported first."""

from engine.storage import inbox_tables as inbox_tables
from engine.storage import report_tables as report_tables
