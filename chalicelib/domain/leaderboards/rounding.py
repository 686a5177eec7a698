"""Scores with a column's number of decimals: one rounding for the command line and exports, the same as the console's."""

from decimal import ROUND_HALF_UP, Context, Decimal

#: From here on a number is written as it is, with an exponent: it has no decimals that could be rounded.
TOO_LARGE = 1e21
#: More digits than a number below that has, with 20 decimals: nothing is rounded before it is rounded.
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


def shown(value: float, decimals: int) -> str:
    """A finite number as boards show it. A half is rounded away from zero, and what rounds to zero has no sign.

    It is the number itself that is rounded, not its shortest text: 1.005 is a little less, so with two decimals it is 1.00.
    The console's `score` does the same by JavaScript's toFixed; tests/vectors/rounding.json holds for both.
    """
    if abs(value) >= TOO_LARGE:
        return repr(float(value))
    rounded = Decimal(float(value)).quantize(Decimal(1).scaleb(-decimals), context=_EXACT)
    return f"{abs(rounded) if rounded.is_zero() else rounded:f}"
