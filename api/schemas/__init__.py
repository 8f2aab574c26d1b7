"""Marshmallow schemas of the API: bodies and queries (checked), answers (documented). No job rules."""
