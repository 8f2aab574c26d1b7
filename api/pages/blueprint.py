"""The blueprint of all pages; each group of pages adds its views to it, `api.pages.register` mounts it."""

from flask import Blueprint

pages = Blueprint("pages", __name__, template_folder="templates")
