"""What a quirk is: a switch where the real API is odd, or where its sources disagree."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from simulator.core.faults import did_you_mean

QuirkValue: TypeAlias = bool | int | float | str
Provenance: TypeAlias = Literal["documented", "observed", "inferred"]

OFF_ON: Final = (False, True)
"""The values of a switch that is off or on."""


class NumberRange(msgspec.Struct, frozen=True):
    """The numbers from `low` to `high`, both included; whole numbers only when `whole`."""

    low: float
    high: float
    whole: bool = False


class QuirkSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A switch, its defaults and where it comes from.

    * `name`: `<carrier>.<snake_case>`.
    * `default_observed`, `default_documented`: its value in the profile of that name.
    * `values`: what it may be set to.
    * `summary`: what the values mean, in a sentence or two.
    * `source`: which evidence speaks for which value.
    * `provenance`: how the default of the `observed` profile is known.
    """

    name: str
    default_observed: QuirkValue
    default_documented: QuirkValue
    values: tuple[QuirkValue, ...] | NumberRange
    summary: str
    source: str
    provenance: Provenance

    def accepts(self, value: object) -> bool:
        """Whether the switch may be set to `value`; a boolean is never taken for a number."""
        if isinstance(self.values, NumberRange):
            if isinstance(value, bool) or not isinstance(value, int | float):
                return False
            within = self.values.low <= value <= self.values.high
            return within and (not self.values.whole or value == int(value))
        return any(type(value) is type(allowed) and value == allowed for allowed in self.values)

    def misfit(self, value: object) -> str:
        """What was given in the place of an allowed value, and which one may be meant."""
        words = [] if isinstance(self.values, NumberRange) else [str(each) for each in self.values]
        meant = did_you_mean(value, words) if isinstance(value, str) and len(value) < 100 else ""
        text = msgspec.json.encode(value).decode()
        return (
            f", not {text if len(text) <= 60 else text[:57] + '...'}{'.' if meant else ''}{meant}"
        )

    def stored(self, value: QuirkValue) -> QuirkValue:
        """An accepted value as it is kept: 2.0 is 2 where only whole numbers are."""
        whole = isinstance(self.values, NumberRange) and self.values.whole
        return int(value) if whole else value

    def allowed(self) -> str:
        """The allowed values in words, for messages: `true or false`, `a number from 0 to 5.4`."""
        if isinstance(self.values, NumberRange):
            kind = "whole number" if self.values.whole else "number"
            return f"a {kind} from {self.values.low:g} to {self.values.high:g}"
        return " or ".join(msgspec.json.encode(value).decode() for value in self.values)


def agreed(
    name: str,
    *,
    default: QuirkValue,
    values: tuple[QuirkValue, ...] | NumberRange = OFF_ON,
    summary: str,
    source: str,
    provenance: Provenance,
) -> QuirkSpec:
    """A switch that has the same default in both profiles."""
    return disputed(
        name,
        observed=default,
        documented=default,
        values=values,
        summary=summary,
        source=source,
        provenance=provenance,
    )


def disputed(
    name: str,
    *,
    observed: QuirkValue,
    documented: QuirkValue,
    values: tuple[QuirkValue, ...] | NumberRange = OFF_ON,
    summary: str,
    source: str,
    provenance: Provenance,
) -> QuirkSpec:
    """A switch whose default the documents set otherwise than what was observed."""
    return QuirkSpec(
        name=name,
        default_observed=observed,
        default_documented=documented,
        values=values,
        summary=summary,
        source=source,
        provenance=provenance,
    )
