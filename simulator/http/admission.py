"""Whether a request is let in where there is no workspace for it: tried out on the porch."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from simulator.core.answers import Refusal, Unreadable
from simulator.engine.porch import Porch
from simulator.engine.world import Request, World

T = TypeVar("T")

_UNTAKEN = (406, 415)
"""Statuses of what is refused for its form: for what it accepts, or for what its body is."""


class _LetIn(Exception):
    """Undoes a transaction that was only to find out whether a request is let in."""


def is_let_in(
    porch: Porch,
    request: Request,
    admit: Callable[[World], T],
    perform: Callable[[World, T], object] | None,
) -> bool:
    """Whether a request is admitted, and not refused for its form when it is performed.

    `perform` is None where only `admit` judges forms. What else is refused, or fails, is let in.
    """

    def work(world: World) -> None:
        admitted = admit(world)
        try:
            if perform is not None:
                perform(world, admitted)
        except Refusal as refusal:
            if isinstance(refusal, Unreadable) or refusal.answer.status in _UNTAKEN:
                raise
        except Exception as error:  # it is told where it is answered
            raise _LetIn from error
        raise _LetIn

    try:
        porch.hub.run(porch.workspace, work, request)
    except _LetIn:
        return True
    except Exception:  # it is raised again where it is answered
        return False
    return False
