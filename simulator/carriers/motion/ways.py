"""Ways: through which statuses a shipment comes from the one that it has to the one it shall have.

People say where a shipment shall be, not each scan on the way. What may follow what, and which
courses are usual, is each carrier's own table; how a way is found is the same for all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def way(
    present: T,
    goal: T,
    *,
    following: Callable[[T], Iterable[T]],
    courses: Iterable[Sequence[T]] = (),
    asides: Iterable[Collection[T]] = (),
) -> list[T]:
    """The statuses from behind the `present` one up to the `goal`; empty when none leads there.

    A goal that may follow directly is the whole way. Otherwise it is the way of the `courses`, and
    where none of them leads there, the shortest one over what is `following`. `asides` are kinds of
    statuses through which that does not go, unless the goal is of the same kind. No way leads from
    a status to itself.
    """
    if goal == present:
        return []
    if goal in following(present):
        return [goal]
    return along(courses, present, goal) or _shortest(present, goal, following, asides)


def along(courses: Iterable[Sequence[T]], present: T, goal: T) -> list[T]:
    """The way on the course on which it has the fewest steps, of equals on the first; empty when
    the goal comes behind the present status on none of them."""
    ways = [
        [*course[start + 1 : end + 1]]
        for course in courses
        for start, status in enumerate(course)
        if status == present
        for end in range(start + 1, len(course))
        if course[end] == goal
    ]
    return min(ways, key=len, default=[])


def _shortest(
    present: T,
    goal: T,
    following: Callable[[T], Iterable[T]],
    asides: Iterable[Collection[T]],
) -> list[T]:
    passed_by = {status for kind in asides if goal not in kind for status in kind}
    ways: deque[list[T]] = deque([[]])
    seen = {present}
    while ways:
        so_far = ways.popleft()
        for status in following(so_far[-1] if so_far else present):
            if status == goal:
                return [*so_far, status]
            if status not in seen and status not in passed_by:
                seen.add(status)
                ways.append([*so_far, status])
    return []
