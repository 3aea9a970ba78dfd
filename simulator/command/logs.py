"""Sends structlog's and the standard library's log records to stderr, as text or as JSON lines."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

from simulator.http import exchange_log
from simulator.settings import Settings


def configure_logging(settings: Settings) -> None:
    """Configure both log systems for this process; a second call replaces the first."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    as_json = settings.log_format == "json"
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *([structlog.processors.format_exc_info] if as_json else []),
                renderer,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    # Connexion tells each page that it adds at "info".
    logging.getLogger("connexion").setLevel(max(level, logging.WARNING) if level > 10 else 10)
    # uvicorn tells each start and stop at "info"; that is news only to who looks for a fault.
    logging.getLogger("uvicorn.error").setLevel(max(level, logging.WARNING) if level > 10 else 10)
    # httpx2 tells each request at "info"; those of webhooks stand in the delivery log.
    logging.getLogger("httpx2").setLevel(max(level, logging.WARNING) if level > 10 else 10)
    write = sys.stderr.write if settings.access_log and level <= logging.INFO else None
    exchange_log.write_to(write, as_json)
