"""What an indicator takes, asked of a fact here as the ledger asks it of its table; a test holds the two together."""

from xieshang.base.ledger.facts import Fact, Indicator

JOINT = ".joint"  # the kind of a fact that is told of a body beside the one that led


def takes(indicator: Indicator, fact: Fact, known: dict[str, Indicator], body: int | None = None) -> bool:
    """Is this fact among those under the indicator (of a rate: under its part), asked for a body where one is given?"""
    if indicator.part:
        return takes(known[indicator.part], fact, known, body)
    kind = fact.kind.removesuffix(JOINT) if body else fact.kind
    return (
        kind == indicator.kind
        and all(getattr(fact, dimension) in codes for dimension, codes in indicator.where)
        and (body is None or fact.body == body)
        and (indicator.how != "people" or fact.person is not None)
    )
