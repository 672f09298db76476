"""What the tests of every room stand on: a small county, its people, its roles, a clock that stands still."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

import pytest

from xieshang.base import clock
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.models import User
from xieshang.base.accounts.roles import Role
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import Body, BodyKind, Level, Organization, Term
from xieshang.base.people import actions as people
from xieshang.base.people.models import Person

NOON = clock.parse("2026-06-30T12:00:00")


@dataclass
class House:
    """A county with one township and one community, twelve members, and one account for each role."""

    now: datetime
    county: Organization
    township: Organization
    community: Organization
    term: Term
    sectors: list[Body]
    group: Body
    members: list[Person]
    users: dict[str, User] = field(default_factory=dict)

    def user(self, role: str) -> User:
        """The account that holds `role` in the county (part_timer: in township and community), with its grants read afresh."""
        return User.objects.get(pk=self.users[role].pk)


def build(now: datetime = NOON) -> House:
    """The small county of the tests, made through the actions."""
    county = orgs.add(
        name="云岭县政协", short_name="云岭县", code="yunling", level=Level.COUNTY, parent=None, by=None, now=now
    )
    township = orgs.add(
        name="青石镇", short_name="青石镇", code="qingshi", level=Level.TOWNSHIP, parent=county, by=None, now=now
    )
    community = orgs.add(
        name="桂花社区", short_name="桂花社区", code="guihua", level=Level.COMMUNITY, parent=township, by=None, now=now
    )
    term = orgs.add_term(county, 11, date(2022, 1, 1), date(2026, 12, 31), by=None, now=now)
    sectors = [
        orgs.add_body(county, BodyKind.SECTOR, name, by=None, now=now) for name in ("经济界", "教育界", "农业界")
    ]
    group = orgs.add_body(township, BodyKind.GROUP, "青石镇委员小组", by=None, now=now)
    members = []
    for n in range(12):
        person = people.add(county, name=f"委员{n + 1:02}", order=n, by=None, now=now)
        people.seat(person, term, sector=sectors[n % 3], started_on=date(2022, 1, 10), by=None, now=now)
        people.join(person, group, started_on=date(2022, 1, 10), by=None, now=now)
        members.append(person)
    house = House(now, county, township, community, term, sectors, group, members)
    for role in Role:
        own = members[0] if role == Role.MEMBER else None
        user = accounts.make(
            role,
            name=str(role.label),
            password="correct horse battery",
            organization=county,
            person=own,
            by=None,
            now=now,
        )
        for unit in (township, community) if role == Role.PARTTIMER else (county,):
            accounts.grant(user, role, unit, by=None, now=now)
        house.users[role] = user
    return house


@pytest.fixture
def now() -> Iterator[datetime]:
    """The tests' noon: 30 June 2026, a Tuesday."""
    with clock.at(NOON) as moment:
        yield moment


@pytest.fixture
def house(db: None, now: datetime) -> House:
    return build(now)
