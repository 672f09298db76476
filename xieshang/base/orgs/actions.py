"""Writes about units, bodies, terms and sessions."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.audit import trail
from xieshang.base.errors import NotAllowed, Refused

from .models import Body, BodyKind, Level, Organization, Session, Term


@transaction.atomic
def add(
    *, name: str, short_name: str, code: str, level: Level, parent: Organization | None, by: Any, now: datetime
) -> Organization:
    """A new unit in the tree. A root is made by the system alone. Raises Refused when the code is taken or the level stands no lower."""
    if by is not None:
        if parent is None:
            raise NotAllowed("not_allowed", why=_("最上级单位只能在安装时建立"), do=_("请选择上级单位"), field="parent")
        permissions.require(by, "orgs.edit", parent)
    if Organization.objects.filter(code=code).exists():
        raise Refused(
            "taken", why=_("代码“%(code)s”已经有单位用了") % {"code": code}, do=_("请换一个代码"), field="code"
        )
    if parent is not None and Level.values.index(level) <= Level.values.index(parent.level):
        raise Refused(
            "bad_level",
            why=_("下级单位的层级应当低于%(unit)s") % {"unit": parent.short_name},
            do=_("请改选层级"),
            field="level",
        )
    made = Organization.objects.create(name=name, short_name=short_name, code=code, level=level, parent=parent)
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    trail.write(
        "orgs.add",
        by=by,
        now=now,
        organization=made,
        record=f"orgs.organization:{made.pk}",
        detail={"name": name, "level": level},
    )
    return made


@transaction.atomic
def add_body(
    organization: Organization, kind: BodyKind, name: str, *, order: int = 0, system: str = "", assigns: bool = False, by: Any, now: datetime
) -> Body:  # fmt: skip
    """A new body of a unit. Raises Refused when one of that kind has the name already."""
    if by is not None:
        permissions.require(by, "orgs.edit", organization)
    if not name.strip():
        raise Refused("no_name", why=_("机构还没有名称"), do=_("请填写名称"), field="name")
    if Body.objects.filter(organization=organization, kind=kind, name=name.strip()).exists():
        raise Refused(
            "taken",
            why=_("已经有“%(name)s”了") % {"name": name},
            do=_("请换一个名称，或直接使用已有的机构"),
            field="name",
        )
    made = Body.objects.create(
        organization=organization, kind=kind, name=name.strip(), order=order, system=system, assigns=assigns
    )
    trail.write(
        "orgs.add_body",
        by=by,
        now=now,
        organization=organization,
        record=f"orgs.body:{made.pk}",
        detail={"name": name, "kind": kind},
    )
    return made


@transaction.atomic
def end_body(body: Body, *, on: date, by: Any, now: datetime) -> None:
    """撤销 a body; what it did stays."""
    permissions.require(by, "orgs.edit", body.organization)
    body.ended_on = on
    body.save(update_fields=["ended_on"])
    trail.write(
        "orgs.end_body",
        by=by,
        now=now,
        organization=body.organization,
        record=f"orgs.body:{body.pk}",
        detail={"on": on},
    )


@transaction.atomic
def add_term(
    organization: Organization, number: int, starts_on: date, ends_on: date, *, by: Any, now: datetime
) -> Term:
    """A new term (届)."""
    if by is not None:
        permissions.require(by, "orgs.edit", organization)
    if ends_on <= starts_on:
        raise Refused("bad_order", why=_("结束日期应当晚于开始日期"), do=_("请检查两个日期"), field="ends_on")
    if Term.objects.filter(organization=organization, number=number).exists():
        raise Refused(
            "taken", why=_("第 %(number)s 届已经登记过了") % {"number": number}, do=_("请检查届次"), field="number"
        )
    if Term.objects.filter(organization=organization, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise Refused("overlap", why=_("这段时间与另一届重叠"), do=_("请检查起止日期"), field="starts_on")
    made = Term.objects.create(organization=organization, number=number, starts_on=starts_on, ends_on=ends_on)
    trail.write(
        "orgs.add_term",
        by=by,
        now=now,
        organization=organization,
        record=f"orgs.term:{made.pk}",
        detail={"number": number},
    )
    return made


@transaction.atomic
def add_session(term: Term, number: int, opens_on: date, closes_on: date, *, by: Any, now: datetime) -> Session:
    """A new plenary (次会议)."""
    if by is not None:
        permissions.require(by, "orgs.edit", term.organization)
    _check_days(term, opens_on, closes_on)
    if Session.objects.filter(term=term, number=number).exists():
        raise Refused(
            "taken", why=_("第 %(number)s 次会议已经登记过了") % {"number": number}, do=_("请检查次数"), field="number"
        )
    made = Session.objects.create(term=term, number=number, opens_on=opens_on, closes_on=closes_on)
    trail.write(
        "orgs.add_session",
        by=by,
        now=now,
        organization=term.organization,
        record=f"orgs.session:{made.pk}",
        detail={"number": number},
    )
    return made


@transaction.atomic
def move_session(session: Session, opens_on: date, closes_on: date, *, by: Any, now: datetime) -> Session:
    """A plenary was held on other days than it was entered for; session years move with it."""
    organization = session.term.organization
    permissions.require(by, "orgs.edit", organization)
    _check_days(session.term, opens_on, closes_on)
    before = [session.opens_on, session.closes_on]
    session.opens_on, session.closes_on = opens_on, closes_on
    session.save(update_fields=["opens_on", "closes_on"])
    trail.write(
        "orgs.move_session",
        by=by,
        now=now,
        organization=organization,
        record=f"orgs.session:{session.pk}",
        detail={"from": before, "to": [opens_on, closes_on]},
    )
    return session


def _check_days(term: Term, opens_on: date, closes_on: date) -> None:
    if closes_on < opens_on:
        raise Refused("bad_order", why=_("闭幕日期不能早于开幕日期"), do=_("请检查两个日期"), field="closes_on")
    if opens_on < term.starts_on or closes_on > term.ends_on:
        span = {"from": term.starts_on.isoformat(), "to": term.ends_on.isoformat()}
        raise Refused(
            "outside",
            why=_("会期不在这一届的时间里（%(from)s 至 %(to)s）") % span,
            do=_("请检查日期，或先登记新的一届"),
            field="opens_on",
        )
