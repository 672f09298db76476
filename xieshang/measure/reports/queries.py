"""Every read of reports, narrowed first to what the user may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.orgs.models import Organization

from . import freezing, printing, rules, scopes
from .models import Blank, Remark, Report, Template, TemplateVersion, Version


def visible(user: User) -> QuerySet[Report]:
    """Reports of the units in which `user` may see them."""
    return Report.objects.filter(organization__in=permissions.units(user, "reports.see"))


def one(user: User, pk: int) -> Report:
    """One report, or 404 when it is not theirs to see."""
    found = visible(user).select_related("organization", "template", "created_by", "saved_by", "made_from__template")
    return get_object_or_404(found, pk=pk)


def listed(user: User, unit: Organization) -> QuerySet[Report]:
    """The reports of a unit, newest first, with how many blanks are filled and how many stand open. One query."""
    found = (
        visible(user)
        .filter(organization=unit)
        .exclude(state="dropped")
        .select_related("saved_by")
        .order_by("-saved_at", "-id")
    )
    return found.annotate(
        all_blanks=Count("blanks"),
        filled_blanks=Count("blanks", filter=Q(blanks__how__in=rules.FILLED)),
        open_blanks=Count("blanks", filter=Q(blanks__how="")),
    )


def templates(user: User, unit: Organization) -> QuerySet[Template]:
    """The templates of a unit, those in use first, with their newest version and how many reports were made of them. Two queries."""
    found = Template.objects.filter(organization__in=permissions.units(user, "reports.see") & {unit.pk})
    newest = Prefetch("versions", queryset=TemplateVersion.objects.select_related("by"))
    return found.annotate(reports=Count("versions__reports")).prefetch_related(newest)


def template(user: User, pk: int) -> Template:
    found = Template.objects.filter(organization__in=permissions.units(user, "reports.see"))
    return get_object_or_404(found.select_related("organization", "saved_by"), pk=pk)


def template_version(user: User, template_: int, number: int) -> TemplateVersion:
    found = TemplateVersion.objects.filter(template__organization__in=permissions.units(user, "reports.see"))
    return get_object_or_404(found.select_related("template__organization"), template=template_, number=number)


def usable(user: User, unit: Organization) -> QuerySet[TemplateVersion]:
    """The newest version of each template of a unit that is in use."""
    last = TemplateVersion.objects.filter(template=OuterRef("template")).order_by("-number").values("pk")[:1]
    found = TemplateVersion.objects.filter(template__in=templates(user, unit).filter(state="in_use"), pk=Subquery(last))
    return found.select_related("template").order_by("template__title")


def newest(template_: Template) -> TemplateVersion:
    return template_.versions.select_related("by").order_by("-number")[0]


def blank_of(report: Report, pk: int) -> Blank:
    return get_object_or_404(Blank.objects.select_related("report__organization"), report=report, pk=pk)


@dataclass(frozen=True)
class Change:
    """A figure that is another now than when it was taken: 原 38 现 39."""

    blank: Blank
    indicator: Indicator
    old: str
    new: str
    value: Decimal
    facts: int


def changes(
    report: Report, blanks: Iterable[Blank] | None = None, known: dict[str, Indicator] | None = None
) -> list[Change]:
    """The figures of the report that have changed since; a fixed number of queries. Of a finished report too, which does not move."""
    known = known if known is not None else figures.indicators(report.organization)
    blanks = blanks if blanks is not None else report.blanks.all()
    counted = [b for b in blanks if b.is_filled and b.ledger_value is not None and b.indicator in known]
    found = scopes.told(report, counted, known, report.as_of if report.state == "draft" else None)
    return [change for blank in counted if (change := _change(blank, found[blank.order], known[blank.indicator]))]


def changes_since(version: Version) -> list[Change]:
    """The figures of a frozen version that the ledger tells otherwise today, for its own days."""
    report = version.report
    return changes(
        Report(organization=report.organization, start=version.start, end=version.end, state="final"),
        freezing.thawed(version),
    )


def remade(version: Version) -> dict[int, str]:
    """{order: figure} of a version asked again as it was known on its day; the same as the frozen ones as long as nobody touched the ledger."""
    report = version.report
    known = figures.indicators(report.organization)
    counted = [b for b in freezing.thawed(version) if b.ledger_value is not None and b.indicator in known]
    found = scopes.told(version, counted, known, version.known_at)
    return {
        b.order: printing.plain(printing.scaled(value, scopes.measure(b, known[b.indicator]), b.unit or None))
        for b in counted
        if (value := found[b.order].value) is not None
    }


def versions(user: User) -> QuerySet[Version]:
    """What was sent up or made final in the units whose reports `user` may see."""
    return Version.objects.filter(report__organization__in=permissions.units(user, "reports.see"))


def version(user: User, report: int, number: int) -> Version:
    found = versions(user).select_related("report__organization", "report__template", "by")
    return get_object_or_404(found, report=report, number=number)


def remark_of(report: Report, pk: int) -> Remark:
    return get_object_or_404(Remark.objects.select_related("report__organization", "blank"), report=report, pk=pk)


def _change(blank: Blank, figure: scopes.Told, indicator: Indicator) -> Change | None:
    if figure.value is None or figure.value == blank.ledger_value:
        return None
    new = printing.scaled(figure.value, scopes.measure(blank, indicator), blank.unit or None)
    return Change(blank, indicator, blank.real, printing.plain(new), figure.value, figure.facts)


def progress(blanks: Sequence[Blank]) -> tuple[int, int, int]:
    """(filled, all, open)."""
    return sum(b.is_filled for b in blanks), len(blanks), sum(not b.how for b in blanks)
