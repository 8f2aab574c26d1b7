"""The OpenAPI document, and a page that lists its operations; no script, nothing from elsewhere."""

from typing import Any

from flask import Blueprint, Response, current_app, render_template_string

from api.auth import public
from api.body import answer

docs = Blueprint("docs", __name__)

_PAGE = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>Alur API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
 body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
 code { font: 14px ui-monospace, monospace } h2 { border-bottom: 1px solid #ccc; margin-top: 2rem }
 table { border-collapse: collapse; width: 100% } td, th { padding: .3rem .6rem .3rem 0; text-align: left;
 vertical-align: top } .method { font-weight: 600; width: 5rem } .open { color: #666 }
</style></head><body>
<h1>Alur API</h1>
<p>{{ spec.info.description }} Dokumen OpenAPI 3 lengkap: <a href="/api/openapi.json">/api/openapi.json</a>.</p>
<p>Setiap permintaan membawa <code>Authorization: Bearer &lt;token&gt;</code>, kecuali yang bertanda <i>terbuka</i>.
Token: <code>POST /api/v1/auth/token</code> atau <code>alur token &lt;orang&gt;</code>.
Penolakan berbentuk <code>application/problem+json</code>.</p>
{% for tag in spec.tags %}<h2>{{ tag.description or tag.name }}</h2><table>
{% for path, operations in spec.paths.items() %}{% for method, operation in operations.items()
 if method != "parameters" and tag.name in operation.tags %}
<tr><td class="method"><code>{{ method|upper }}</code></td><td><code>{{ path }}</code>
{% if operation.security == [] %}<span class="open">terbuka</span>{% endif %}<br>{{ operation.summary }}</td></tr>
{% endfor %}{% endfor %}</table>{% endfor %}
</body></html>"""


def document() -> dict[str, Any]:
    """The OpenAPI document of the current app."""
    api = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    document: dict[str, Any] = api.spec.to_dict()
    return document


@docs.get("/api/openapi.json")
@public
def get_openapi() -> Response:
    """The OpenAPI 3 document."""
    return answer(document())


@docs.get("/api/docs")
@public
def get_docs() -> str:
    """The list of operations, from the document itself."""
    return render_template_string(_PAGE, spec=document())
