"""The circumstances of a write: with whose consent (签批), and for whom (代办). What is written within them says so in the trail.

They are set by `base.paperwork` alone, which has asked for the permission and keeps its own record; every entry of the trail that is
written meanwhile carries them in `detail`, so that no action of a room has to know of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Consent:
    """签批: the step that was approved, by whom and when; on paper, who entered it.

    step     the verb that was approved, `reports.finish`;  record  what it was approved for, "" for a record that is not there yet
    needs    the right of who consents, `ledger.post_late`
    signed   who signed;  signed_on  the day on the paper;  entered  who entered it from paper, "" when it was signed here
    """

    step: str
    record: str
    needs: str
    approval: int
    organization: int
    signed: str
    signed_on: str
    entered: str = ""
    entered_on: str = ""
    opinion: str = ""


@dataclass(frozen=True)
class Behalf:
    """代办: for whom, how he asked for it, and when.

    how  phone · face · paper
    """

    person: int
    name: str
    how: str
    asked_on: str


_consent: ContextVar[Consent | None] = ContextVar("consent", default=None)
_behalf: ContextVar[Behalf | None] = ContextVar("behalf", default=None)


@contextmanager
def under(consent: Consent) -> Iterator[None]:
    """What is done within is done with this consent."""
    token = _consent.set(consent)
    try:
        yield
    finally:
        _consent.reset(token)


@contextmanager
def on_behalf(behalf: Behalf) -> Iterator[None]:
    """What is done within is done for this person."""
    token = _behalf.set(behalf)
    try:
        yield
    finally:
        _behalf.reset(token)


def consented(needs: str, organization: int) -> bool:
    """Has somebody with this right in this unit consented to what is being done?"""
    given = _consent.get()
    return given is not None and (given.needs, given.organization) == (needs, organization)


def approved(step: str, record: str) -> bool:
    """Was this very step of this record approved?"""
    given = _consent.get()
    return given is not None and (given.step, given.record) == (step, record)


def detail() -> dict[str, Any]:
    """What an entry of the trail says of its circumstances."""
    found: dict[str, Any] = {}
    if consent := _consent.get():
        found["consent"] = asdict(consent)
    if behalf := _behalf.get():
        found["behalf"] = asdict(behalf)
    return found


def told(detail: dict[str, Any]) -> list[str]:
    """The circumstances of an entry in words."""
    said = []
    if consent := detail.get("consent"):
        if consent["entered"]:
            said.append(
                _("经%(who)s纸上签批（%(day)s），%(clerk)s %(entered)s 代录")
                % {"who": consent["signed"], "day": consent["signed_on"], "clerk": consent["entered"], "entered": consent["entered_on"]}
            )  # fmt: skip
        else:
            said.append(_("经%(who)s同意（%(day)s）") % {"who": consent["signed"], "day": consent["signed_on"]})
        if consent["opinion"]:
            said.append(_("意见：%(text)s") % {"text": consent["opinion"]})
    if behalf := detail.get("behalf"):
        how = {"phone": _("电话"), "face": _("当面"), "paper": _("书面")}.get(behalf["how"], behalf["how"])
        said.append(
            _("代办：代%(name)s办理，本人 %(day)s %(how)s交代")
            % {"name": behalf["name"], "day": behalf["asked_on"], "how": how}
        )
    return said
