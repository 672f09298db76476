"""How a published proposal reads to everybody: no telephone, no officer, and of the proposers no more than the unit shows."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from . import rules
from .models import Publication

NUMBERS = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-— ]?\d{7,8}|\d{17}[\dXx])(?!\d)|(?<=电话)[:： ]?\d[\d-]{5,}|(?<=联系方式)[:： ]?\d[\d-]{5,}")  # fmt: skip
HIDDEN = "×××"


def proposer(one: Publication, how: str) -> str:
    """Who proposed it, as far as the unit shows: a body always, a member by name, by sector or not at all."""
    if one.proposal.body:
        return str(one.proposal.body.name)
    own: Sequence[Any] = [signed for signed in one.signers if signed.proposal_id == one.proposal_id]  # type: ignore[attr-defined]
    if how == "names" and own:
        names = "、".join(signed.person.name for signed in own[:3])
        return _("%(names)s等 %(n)s 人") % {"names": names, "n": len(own)} if len(own) > 3 else names
    if how == "sector" and own and own[0].sector:
        return _("%(sector)s委员") % {"sector": own[0].sector.name}
    return _("委员")


def clean(text: str, one: Publication, how: str) -> str:
    """A text without telephone and identity numbers, and without the proposers' names where the unit does not show them."""
    text = NUMBERS.sub(_("（号码略）"), text)
    if how != "names":
        for signed in one.signers:  # type: ignore[attr-defined]
            text = text.replace(signed.person.name, HIDDEN)
    return text


def title(one: Publication, how: str) -> str:
    return clean(one.proposal.title, one, how)


def drawn(one: Publication, how: str) -> dict[str, Any]:
    """The page of one, as plain words: the abstract, or the text with its replies and what became of it."""
    proposal, whole = one.proposal, not one.abstract
    replies = one.replies if whole else []  # type: ignore[attr-defined]
    return {
        "title": title(one, how), "name": proposal.name, "proposer": proposer(one, how), "on": one.on, "abstract": clean(one.abstract, one, how),
        "parts": [(word, clean(text, one, how)) for word, text in ((_("情况"), proposal.situation), (_("分析"), proposal.analysis), (_("建议"), proposal.advice))] if whole else [],
        "replies": [{"unit": given.unit.name, "on": given.delivered_on, "paper": given.paper, "round": given.round, "result": given.result, "text": clean(given.reply, one, how)} for given in replies],
        "units": list(dict.fromkeys(given.unit.name for given in one.replies)),  # type: ignore[attr-defined]
        "later": [{"on": after.on, "before": after.before, "result": after.result, "words": clean(after.words, one, how) if whole else ""} for after in one.later],  # type: ignore[attr-defined]
        "result": proposal.result, "kind": dict(rules.KINDS).get(proposal.kind, ""), "key": proposal.key_on is not None,
    }  # fmt: skip
