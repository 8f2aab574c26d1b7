"""Storage. Every table belongs to one metadata, whichever module is imported first."""

from engine.storage import report_tables as report_tables
