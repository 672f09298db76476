"""What is typed about an activity, parsed: the one form of page and API, and the filters of the list."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.people.models import Person
from xieshang.base.requests import as_uuid

from . import queries, rules
from .actions import FIELDS
from .models import Activity, Presence

Typed = Mapping[str, Sequence[str]]
HALF_DAYS = (
    (1, _("半天")),
    (2, _("一天")),
    (3, _("一天半")),
    (4, _("两天")),
    (5, _("两天半")),
    (6, _("三天")),
    (8, _("四天")),
    (10, _("五天")),
)
ALL = "all"
WHO = re.compile(r"who_(\d{1,18})")


class Row(NamedTuple):
    """A line of the list of people."""

    person: Person
    how: str
    note: str
    bodies: str
    same: bool  # somebody else on the list has the same name


class Group(NamedTuple):
    """A body whose people are invited with one tick."""

    value: str
    name: str
    members: list[int]
    ticked: bool


def _money(label: Any) -> forms.DecimalField:
    bad = _("金额要填以元计的数，如 3000 或 3000.50。")
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "invalid": bad,
            "max_digits": bad,
            "max_decimal_places": bad,
            "max_whole_digits": bad,
            "min_value": _("金额不能小于 0。"),
        },
    )


class RecordForm(forms.Form):
    """登记、更正活动. Presence stands beside the fields: `group` (bodies invited whole), `who_<id>`, `note_<id>`."""

    # fmt: off
    title = forms.CharField(
        label=_("活动名称"), max_length=120, help_text=_("写成一句话，会原样出现在报告里。"),
        error_messages={"required": _("还没有写活动名称。"), "max_length": _("活动名称不超过 120 个字。")},
    )
    kind = forms.ChoiceField(
        label=_("活动种类"), choices=rules.KINDS, widget=forms.RadioSelect,
        error_messages={"required": _("还没有选活动种类。"), "invalid_choice": _("没有这个活动种类，请从列出的里面选。")},
    )
    carriers = forms.MultipleChoiceField(
        label=_("同时算作（活动载体）"), choices=[(code, title) for code, title, _group in rules.CARRIERS], widget=forms.CheckboxSelectMultiple,
        required=False, help_text=_("可多选；同一统计项里只计一次。"), error_messages={"invalid_choice": _("没有这个活动载体，请从列出的里面选。")},
    )
    collective = forms.BooleanField(label=_("集体活动：由本单位或机构组织、面向全体或全组"), required=False, initial=True)
    on = forms.DateField(
        label=_("日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("还没有填日期。"), "invalid": _("认不出这个日期，请写成 2026-03-12。")},
    )
    half_days = forms.TypedChoiceField(
        label=_("时长"), choices=HALF_DAYS, coerce=int, initial=1,
        error_messages={"required": _("还没有选时长。"), "invalid_choice": _("时长请从列出的里面选。")},
    )
    place = forms.CharField(
        label=_("地点"), max_length=120, required=False, widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
        error_messages={"max_length": _("地点不超过 120 个字。")},
    )
    organizer = forms.ModelChoiceField(
        label=_("承办机构"), queryset=Body.objects.none(), required=False, empty_label=_("（不分机构）"),
        error_messages={"invalid_choice": _("这个机构不在本单位，请重新选。")},
    )
    people = forms.Field(label=_("谁来了"), required=False)
    guests = forms.IntegerField(
        label=_("群众、专家等人数"), min_value=0, max_value=1_000_000, required=False, help_text=_("只记人数，不记姓名。"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("群众、专家等人数要填整数。"), "min_value": _("群众、专家等人数不能小于 0。"), "max_value": _("群众、专家等人数太大，请检查。")},
    )
    outcome = forms.CharField(
        label=_("结果一句话"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("结果不超过 2000 个字，长的材料请作为文件上传。")},
    )
    money = _money(_("捐款（元）"))
    goods_value = _money(_("捐物折款（元）"))
    goods = forms.CharField(label=_("捐了什么物"), max_length=200, required=False, error_messages={"max_length": _("捐物说明不超过 200 个字。")})
    papers = forms.Field(label=_("照片和文件"), required=False)
    reason = forms.CharField(
        label=_("理由"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("还没有写理由，以后看的人需要知道为什么。"), "max_length": _("理由不超过 500 个字。")},
    )
    again = forms.BooleanField(label=_("不是同一次，另算一次"), required=False)
    # fmt: on

    def __init__(
        self,
        typed: Typed | None = None,
        *,
        unit: Organization,
        on: date,
        activity: Activity | None = None,
        start: Typed | None = None,
    ) -> None:
        """`typed` was sent and is checked; `start` is only shown (a draft, the last activity, the record itself). `on`: the day the list of people is of."""
        self.unit, self.activity = unit, activity
        self.given: Typed = typed if typed is not None else start or {}
        super().__init__(_query(typed) if typed is not None else None, initial=self._first(on))
        self.roster = queries.roster(unit, self._day(on))
        self._invite_known()
        self.fields["organizer"].queryset = queries.organizers(unit)  # type: ignore[attr-defined]
        self.fields["reason"].required = activity is not None
        if activity:
            self.fields["reason"].help_text = _("为什么要改；原来的数会更正，理由留在经过里。")
        self._offer_length((self.given.get("half_days") or [""])[0])

    def _offer_length(self, given: str) -> None:
        """A length that is not among the usual ones, of a program or of the record itself, is offered as well."""
        if (
            given.isascii()
            and given.isdigit()
            and len(given) < 3
            and 1 <= int(given) <= 60
            and int(given) not in dict(HALF_DAYS)
        ):
            self.fields["half_days"].choices = [*HALF_DAYS, (int(given), _("%(n)s 个半天") % {"n": int(given)})]  # type: ignore[attr-defined]

    def _first(self, on: date) -> dict[str, Any]:
        if not self.given:
            return {"on": on}
        first: dict[str, Any] = {
            name: list(values) if name == "carriers" else values[0] for name, values in self.given.items() if values
        }
        return {"carriers": [], "on": on, **first, "collective": bool(self.given.get("collective"))}

    def _day(self, on: date) -> date:
        try:
            return date.fromisoformat((self.given.get("on") or [""])[0])
        except ValueError:
            return on

    def _invite_known(self) -> None:
        """People on the sent list who belong to the unit but not on that day stay on it; strangers are named as an error later."""
        sent = {
            int(match[1])
            for name, how in self.given.items()
            if (match := WHO.fullmatch(name)) and how and how[0] in Presence.values
        }
        extra = sent - set(self.roster.people)
        if extra and self.activity:
            found = [one.person for one in queries.came(self.activity) if one.person_id in extra]
            self.roster.add(found)
            extra -= {person.pk for person in found}
        if extra:
            found = list(queries.known_people(self.unit, extra))
            self.roster.add(found)
        self.strangers = extra - set(self.roster.people)

    # --- the list of people ---

    @cached_property
    def presence(self) -> dict[int, str]:
        """Person → how he came: what stands beside the name, else 实到 when his whole body was ticked."""
        ticked = set(self.given.get("group", ()))
        whole = {pk for body, members in self.roster.bodies if str(body.pk) in ticked for pk in members}
        if ALL in ticked:
            whole |= set(self.roster.people)
        found = {}
        for pk in self.roster.people:
            how = (self.given.get(f"who_{pk}") or [""])[0]
            if how in Presence.values:
                found[pk] = how
            elif not how and pk in whole:
                found[pk] = Presence.ATTENDED.value
        return found

    @property
    def notes(self) -> dict[int, str]:
        return {pk: note for pk in self.presence if (note := (self.given.get(f"note_{pk}") or [""])[0].strip()[:60])}

    @property
    def rows(self) -> list[Row]:
        of: dict[int, list[str]] = {}
        for body, members in self.roster.bodies:
            for pk in members:
                of.setdefault(pk, []).append(body.name)
        names = Counter(person.name for person in self.roster.people.values())
        rows = []
        for pk, person in self.roster.people.items():
            how = self.presence.get(pk) or (self.given.get(f"who_{pk}") or [""])[0]
            note = (self.given.get(f"note_{pk}") or [""])[0]
            rows.append(Row(person, how, note, "、".join(of.get(pk, [])), names[person.name] > 1))
        return rows

    @property
    def groups(self) -> list[Group]:
        ticked = set(self.given.get("group", ()))
        found = [
            Group(str(body.pk), body.name, members, str(body.pk) in ticked) for body, members in self.roster.bodies
        ]
        everyone = list(self.roster.people)
        if len(found) > 1 and everyone:
            found.insert(0, Group(ALL, str(_("全体")), everyone, ALL in ticked))
        return found

    @property
    def numbers(self) -> dict[str, int]:
        hows = list(self.presence.values())
        return {"n": len(hows), **{how: hows.count(how) for how in Presence.values}}

    @property
    def file_ids(self) -> list[int]:
        return [int(pk) for pk in self.given.get("files_id", ()) if pk.isdigit()]

    @property
    def client_id(self) -> UUID | None:
        return as_uuid((self.given.get("client_id") or [""])[0])

    @property
    def wants_reason(self) -> bool:
        return (
            self.activity is not None
            or bool(self.given.get("reason", [""])[0])
            or (self.is_bound and "reason" in self.errors)
        )

    # --- checking ---

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.strangers:
            self.add_error(
                "people",
                _("名单里有 %(n)s 个人不在本单位的委员和机构名单里。请重新选人。") % {"n": len(self.strangers)},
            )
        return cleaned

    def columns(self) -> dict[str, Any]:
        """The cleaned columns of the record."""
        found = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        for name in ("guests", "money", "goods_value"):
            found[name] = found.get(name) or (0 if name == "guests" else Decimal(0))
        return found

    def refuse(self, refused: Refused) -> None:
        """Show a refusal at its field."""
        field = {"date": "on", "files": "papers"}.get(refused.field, refused.field)
        self.add_error(field if field in self.fields else None, said(refused))


def said(refused: Refused) -> str:
    return f"{refused.why}。{refused.do}。" if refused.do else f"{refused.why}。"


def _query(typed: Typed) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, values in typed.items():
        made.setlist(name, [str(value) for value in values])
    return made


def typed_of(activity: Activity, *, copy: bool = False) -> dict[str, list[str]]:
    """A record as it would be typed. A copy (复制上次) leaves out what is of that day alone: date, who stayed away, outcome, gifts."""
    typed = {
        "title": [activity.title], "kind": [activity.kind], "carriers": list(activity.carriers), "collective": ["on"] if activity.collective else [],
        "half_days": [str(activity.half_days)], "place": [activity.place], "organizer": [str(activity.organizer_id or "")],
    }  # fmt: skip
    attendances = list(queries.came(activity))
    if copy:
        return {**typed, **{f"who_{one.person_id}": ["attended"] for one in attendances}}
    for one in attendances:
        typed[f"who_{one.person_id}"] = [one.presence]
        typed[f"note_{one.person_id}"] = [one.note]
    given = {
        "on": activity.on.isoformat(),
        "guests": activity.guests or "",
        "outcome": activity.outcome,
        "goods": activity.goods,
    }
    amounts = {"money": activity.money, "goods_value": activity.goods_value}
    return {
        **typed,
        **{k: [str(v)] for k, v in given.items()},
        **{k: [f"{v:.2f}" if v else ""] for k, v in amounts.items()},
    }


class FilterForm(forms.Form):
    """The filters of the list; they stand in the address: from, to, kind, body, q."""

    def __init__(self, data: Any, *, unit: Organization, start: date, end: date) -> None:
        given = data.copy()
        given.setdefault("from", start.isoformat())
        given.setdefault("to", end.isoformat())
        super().__init__(given)
        day = {"type": "date"}
        self.fields["from"] = forms.DateField(
            label=_("从"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs=day)
        )
        self.fields["to"] = forms.DateField(
            label=_("到"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs=day)
        )
        self.fields["kind"] = forms.ChoiceField(
            label=_("种类"), required=False, choices=[("", _("全部种类")), *rules.KINDS]
        )
        self.fields["body"] = forms.ModelChoiceField(
            label=_("承办机构"), required=False, queryset=queries.organizers(unit), empty_label=_("全部机构")
        )
        self.default = (start, end)

    def narrowed(self) -> dict[str, Any]:
        """What `queries.listed` is asked; what cannot be read falls back to the whole, and its field says so."""
        self.is_valid()
        found = self.cleaned_data
        body = found.get("body")
        return {
            "start": found.get("from") or self.default[0], "end": found.get("to") or self.default[1], "kind": found.get("kind", ""),
            "body": body.pk if body else None, "words": self.data.get("q", "").strip()[:60], "void": self.data.get("state") == "void",
        }  # fmt: skip

    @property
    def narrows(self) -> bool:
        return bool(
            {"kind", "body", "q", "from", "to", "state"}
            & {name for name, value in self.data.items() if value and name not in ("from", "to")}
        ) or any(self.data.get(name) != day.isoformat() for name, day in zip(("from", "to"), self.default, strict=True))
