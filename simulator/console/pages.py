"""The Flask application: all pages, and how they say that something is not there."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from simulator.console.desk import Desk, asked_by_a_program
from simulator.console.myparcel.payment import payment_pages
from simulator.console.myparcel.returns import return_pages
from simulator.console.start.guide import Guide
from simulator.console.start.pages import start_pages
from simulator.http.visitors import is_a_browser

log = structlog.get_logger("simulator.console")

_LARGEST_FORM = 64 * 1024

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def create_pages(desk: Desk, guide: Guide) -> Flask:
    """The WSGI application with every page."""
    app = Flask("simulator.console", static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=_LARGEST_FORM, MAX_FORM_MEMORY_SIZE=_LARGEST_FORM)
    app.jinja_env.filters["cents"] = cents
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.register_blueprint(start_pages(guide))
    app.register_blueprint(payment_pages(desk))
    app.register_blueprint(return_pages(desk))
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _failed)
    app.after_request(_guarded)
    return app


def cents(amount: int) -> str:
    """An amount of cents as people read it: ``6.12``."""
    return f"{amount // 100}.{amount % 100:02d}"


def _refused(error: HTTPException) -> Response:
    status = error.code or 500
    text = error.description or ""
    if request.path.startswith("/docs/") and not is_a_browser(_headers()):
        return _problem(status, error.name, text)
    if asked_by_a_program():
        answer = make_response(jsonify(errors=[{"status": status, "message": text}]), status)
    else:
        page = render_template("problem.html", title=error.name, text=text)
        answer = make_response(page, status)
    for name, value in error.get_headers():
        if name == "Allow":
            answer.headers[name] = value
    return answer


def _problem(status: int, title: str, detail: str) -> Response:
    """The answer as the control API gives it, under which the documents stand, too."""
    answer = jsonify(type="about:blank", title=title, status=status, detail=detail)
    answer.content_type = "application/problem+json"
    return make_response(answer, status)


def _headers() -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def _failed(error: Exception) -> Any:
    log.exception("page failed", path=request.path, exc_info=error)
    return _refused(InternalServerError())


def _guarded(answer: Response) -> Response:
    for name, value in _HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer
