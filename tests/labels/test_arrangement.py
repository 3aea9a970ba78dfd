"""Where things go on a label: nothing lies upon anything else, whatever the texts."""

from __future__ import annotations

from itertools import combinations

import msgspec
import pytest
from hypothesis import given, settings

from simulator.labels import LabelContent, Sorting
from simulator.labels.layout.arrangement import arrange
from simulator.labels.layout.elements import Band, Bars, Element, Rule, Text
from simulator.labels.layout.frame import BOTTOM, EDGE, RIGHT
from simulator.labels.text.fonts import typeface
from tests.labels.samples import LOCKER_LABEL, OVERFULL_LABEL, any_label

KRAKOW = Sorting("ODDZIAŁ", "IPM0000002", "Kraków")
PLACE = ("Długa 1", "31-147 Kraków", "przy sklepie")


def box(element: Element) -> tuple[float, float, float, float] | None:
    """Left, top, right and bottom of what is printed; None of lines and 2D codes."""
    match element:
        case Text(x, top, width, size, text, weight, align):
            long = typeface(weight).width(text, size)
            left = x + {"left": 0.0, "center": (width - long) / 2, "right": width - long}[align]
            return left, top, left + long, top + size
        case Band(x, top, width, height) | Bars(x, top, width, height):
            return x, top, x + width, top + height
    return None


def assert_apart(label: LabelContent) -> None:
    """Every text is within the frame and upon no other."""
    elements = arrange(label)
    boxes = [found for found in map(box, elements) if found is not None]
    for left, top, right, bottom in boxes:
        assert EDGE - 0.01 <= left <= right <= RIGHT + 0.01
        assert EDGE <= top <= bottom <= BOTTOM + 0.01
    for one, other in combinations(boxes, 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        assert across <= 0.01 or down <= 0.01, (one, other)
    walls = [rule for rule in elements if isinstance(rule, Rule) and EDGE < rule.x < RIGHT - 2]
    for wall in walls:
        for left, top, right, bottom in boxes:
            beside = right <= wall.x + 0.01 or left >= wall.x
            assert beside or bottom <= wall.top or top >= wall.top + wall.height


@settings(max_examples=40, deadline=None)
@given(any_label)
def test_no_text_lies_upon_another(label: LabelContent) -> None:
    assert_apart(label)


@pytest.mark.unmeasured
@pytest.mark.parametrize("place", [(), PLACE, OVERFULL_LABEL.place])
@pytest.mark.parametrize("sorting", [None, KRAKOW, OVERFULL_LABEL.sorting])
@pytest.mark.parametrize("routing", [None, "", "KRA010", OVERFULL_LABEL.routing])
@pytest.mark.parametrize("label", [LOCKER_LABEL, OVERFULL_LABEL])
def test_a_destination_has_its_row_to_itself(
    label: LabelContent, routing: str | None, sorting: Sorting | None, place: tuple[str, ...]
) -> None:
    assert_apart(msgspec.structs.replace(label, routing=routing, sorting=sorting, place=place))


def test_an_address_of_three_lines_is_set_as_large_as_it_may_be() -> None:
    label = msgspec.structs.replace(LOCKER_LABEL, place=PLACE, sorting=KRAKOW)
    texts = [each for each in arrange(label) if isinstance(each, Text)]
    assert [each.size for line in PLACE for each in texts if each.text == line] == [8.5] * 3
