"""The first page, ``llms.txt`` and the documents, with the URLs under which the caller came."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request

from simulator.console.start import guide
from simulator.console.start.guide import Guide
from simulator.http.context import SCOPE_KEY, Context
from simulator.resources import scenario_names

_TEXT = "text/plain; charset=utf-8"


def start_pages(shown: Guide) -> Blueprint:
    """The pages at ``/``, ``/llms.txt`` and ``/docs``, under the control API and beside it."""
    pages = Blueprint("start", __name__)

    @pages.get("/")
    def start() -> Response:
        script = _script()
        page = make_response(render_template("start.html", script=script, **_told(shown)))
        page.headers["Content-Security-Policy"] = _allowing(script)
        return page

    @pages.get("/llms.txt")
    def for_programs() -> Response:
        text = render_template("llms.txt", scenarios=scenario_names(), **_told(shown))
        return Response(text, content_type=_TEXT)

    @pages.get("/docs/<name>.md")
    def document(name: str) -> Response:
        text = guide.text_of(name)
        if text is None:
            known = ", ".join(each.name for each in guide.documents())
            abort(404, f"There is no document {name}.md. There are: {known}.")
        return Response(text, content_type=_TEXT)

    return pages


def _told(shown: Guide) -> dict[str, Any]:
    context: Context = request.environ["asgi.scope"][SCOPE_KEY]
    return {
        "guide": shown,
        "base_url": context.base_url,
        "server_url": context.base_url.removesuffix(f"/w/{context.workspace}"),
        "workspace": context.workspace,
        "is_made": context.workspace in context.hub.names(),
        "documents": guide.documents(),
        "keys_of": guide.keys_of,
    }


def _script() -> str:
    """The script of the copy buttons, as it stands in the page."""
    source, *_ = current_app.jinja_env.loader.get_source(  # type: ignore[union-attr]
        current_app.jinja_env, "copy.js"
    )
    return source


def _allowing(script: str) -> str:
    """A policy that lets this one script of the page run, and no other."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; frame-ancestors 'none'"
    )
