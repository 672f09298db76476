"""What is typed about an activity, parsed: the one form of page and API, and the filters of the list."""

import re
from collections import Counter
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
from xieshang.base.requests import as_number, as_uuid
from xieshang.base.words import sentences

from . import queries, rules
from .actions import FIELDS, Parts
from .models import Activity, Presence
from .typed import Typed, leader, lines, two

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
FOLDED = {
    "joint": ("role", "co_organizers", "units"),
    "present": ("leaders", "experts", "officials", "other_guests"),
    "days": ("until", "counted_times", "times_reason", "sites"),
}
LISTS = ("carriers", "co_organizers", "units")  # fields of which several values are sent


class Row(NamedTuple):
    """A line of the list of people."""

    person: Person
    how: str
    note: str
    bodies: str
    same: bool  # somebody else on the list has the same name
    capacities: list[tuple[int, str]]  # bodies for which he may come, where they are several
    capacity: int  # the one that was chosen


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


def _number(label: Any, *, least: int = 0, most: int = 1_000_000, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, required=False, help_text=help_text, widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("这里要填整数。"), "min_value": _("这里的数太小，请检查。"), "max_value": _("这里的数太大，请检查。"),
        },
    )  # fmt: skip


class RecordForm(forms.Form):
    """登记、更正活动. Presence stands beside the fields: `group` (bodies invited whole), `who_<id>`, `note_<id>`, `as_<id>` (for which body)."""

    # fmt: off
    state = forms.ChoiceField(
        label=_("开展了吗"), choices=[(code, rules.STATES[code]) for code in (rules.HELD, rules.PLANNED)], widget=forms.RadioSelect, required=False,
        initial=rules.HELD, error_messages={"invalid_choice": _("请选已开展或拟开展。")},
    )
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
    until = forms.DateField(
        label=_("最后一天"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), help_text=_("开了不止一天才填。"),
        error_messages={"invalid": _("认不出这个日期，请写成 2026-03-12。")},
    )
    role = forms.ChoiceField(
        label=_("参与方式"), choices=rules.ROLES, widget=forms.RadioSelect, required=False, initial=rules.HOST,
        help_text=_("参加上级或别的单位的活动选“参加”，计入“参加上级活动”。"), error_messages={"invalid_choice": _("请从列出的参与方式里选。")},
    )
    co_organizers = forms.TypedMultipleChoiceField(
        label=_("联办机构"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("与承办机构一起办的本单位机构，各记一次，合计不重复。"), error_messages={"invalid_choice": _("这个机构不在本单位，请重新选。")},
    )
    units = forms.TypedMultipleChoiceField(
        label=_("联办单位"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("登记后请对方认领；认领了，也计入对方。"), error_messages={"invalid_choice": _("这个单位不在上下级里，请重新选。")},
    )
    counted_times = _number(_("计几次"), least=1, most=60, help_text=_("开几天、去几处，都默认计 1 次。"))
    times_reason = forms.CharField(
        label=_("为什么不计 1 次"), max_length=200, required=False, error_messages={"max_length": _("理由不超过 200 个字。")},
    )
    sites = forms.CharField(
        label=_("去了几处"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("一行一处：地点，再写看了什么。"),
    )
    leaders = forms.CharField(
        label=_("出席领导（不是委员）"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("一行一位：姓名，再写职务。"),
    )
    people = forms.Field(label=_("谁来了"), required=False)
    guests = _number(_("群众人数"), help_text=_("只记人数，不记姓名。"))
    experts = _number(_("专家人数"))
    officials = _number(_("部门人员人数"))
    other_guests = _number(_("其他人数"))
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
        holding: bool = False,
    ) -> None:
        """`typed` was sent and is checked; `start` is only shown (a draft, the last activity, the record itself). `on`: the day the list of people is of.

        holding  what was planned is being recorded as held
        """
        self.unit, self.activity, self.holding = unit, activity, holding
        self.not_same: list[int] = []  # of which the clerk says that this is another one
        self.late = False  # the day lies in a locked period: a reason, and the head of the office
        self.given: Typed = typed if typed is not None else start or {}
        super().__init__(_query(typed) if typed is not None else None, initial=self._first(on))
        self.roster = queries.roster(unit, self._day(on))
        self._invite_known()
        self._offer_bodies(unit)
        if activity is not None:
            del self.fields["state"]
        self.fields["reason"].required = self.verb == "correct" and not self.coming
        if self.fields["reason"].required:
            self.fields["reason"].help_text = _("为什么要改；原来的数会更正，理由留在经过里。")
        self._offer_length((self.given.get("half_days") or [""])[0])

    def _offer_bodies(self, unit: Organization) -> None:
        bodies = queries.organizers(unit)
        offered = [(body.pk, body.name) for body in bodies]
        self.fields["organizer"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["organizer"].choices = [("", _("（不分机构）")), *offered]  # type: ignore[attr-defined]
        self.fields["co_organizers"].choices = offered  # type: ignore[attr-defined]
        self.fields["units"].choices = [(one.pk, one.short_name) for one in queries.joinable(unit)]  # type: ignore[attr-defined]

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
            name: list(values) if name in LISTS else values[0] for name, values in self.given.items() if values
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
    def coming(self) -> bool:
        """It is still to come: people are invited, and nobody has come yet."""
        if self.activity is not None:
            return not self.holding and self.activity.state in rules.TO_COME
        return (self.given.get("state") or [""])[0] == rules.PLANNED

    @property
    def verb(self) -> str:
        """What sending the form does."""
        if self.activity is not None:
            return "hold" if self.holding else "correct"
        return "plan" if self.coming else "record"

    @property
    def parts(self) -> Parts:
        """What stands beside the record, cleaned."""
        found = self.cleaned_data
        return Parts(
            found["co_organizers"], found["units"], found["leaders"], found["sites"],
            {pk: chosen for pk in self.presence if (chosen := self._capacity(pk))},
        )  # fmt: skip

    def _capacity(self, person: int) -> int:
        chosen = as_number((self.given.get(f"as_{person}") or [""])[0])
        return chosen if chosen in self.roster.bodies_of(person) else 0

    @property
    def notes(self) -> dict[int, str]:
        return {pk: note for pk in self.presence if (note := (self.given.get(f"note_{pk}") or [""])[0].strip()[:60])}

    @property
    def rows(self) -> list[Row]:
        of: dict[int, list[tuple[int, str]]] = {}
        for body, members in self.roster.bodies:
            for pk in members:
                of.setdefault(pk, []).append((body.pk, body.name))
        names = Counter(person.name for person in self.roster.people.values())
        rows = []
        for pk, person in self.roster.people.items():
            how = self.presence.get(pk) or (self.given.get(f"who_{pk}") or [""])[0]
            note = (self.given.get(f"note_{pk}") or [""])[0]
            mine = of.get(pk, [])
            told = "、".join(name for _body, name in mine)
            several = mine if len(mine) > 1 else []
            rows.append(Row(person, how, note, told, names[person.name] > 1, several, self._capacity(pk)))
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
    def face_ids(self) -> list[int]:
        """Photos marked 含困难群众面部."""
        return [int(pk) for pk in self.given.get("files_faces", ()) if pk.isdigit()]

    @property
    def shows(self) -> dict[str, bool]:
        """Which of the folded parts hold something, or an error, and are shown open."""
        return {
            part: any(self[name].value() not in ("", None, [], 1, rules.HOST) or name in self.errors for name in names)
            for part, names in FOLDED.items()
        }

    @property
    def client_id(self) -> UUID | None:
        return as_uuid((self.given.get("client_id") or [""])[0])

    @property
    def wants_reason(self) -> bool:
        return (
            self.fields["reason"].required
            or self.late
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

    def clean_leaders(self) -> list[tuple[str, str]]:
        """(name, post) of each line; a name written behind its post is found as well."""
        found = [leader(line) for line in lines(self.cleaned_data["leaders"])]
        if bad := next((name for name, post in found if len(name) > 20 or len(post) > 60), None):
            raise forms.ValidationError(
                _("“%(text)s”太长。一行只写一位：姓名，空一格，再写职务。") % {"text": bad[:20]}
            )
        return found

    def clean_sites(self) -> list[tuple[str, str]]:
        """(place, what) of each line."""
        found = [two(line) for line in lines(self.cleaned_data["sites"])]
        if bad := next((place for place, what in found if len(place) > 60 or len(what) > 120), None):
            raise forms.ValidationError(
                _("“%(text)s”太长。一行只写一处：地点，空一格，再写看了什么。") % {"text": bad[:20]}
            )
        return found

    def columns(self) -> dict[str, Any]:
        """The cleaned columns of the record."""
        found = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        for name in (*rules.GUESTS, "money", "goods_value"):
            found[name] = found.get(name) or (0 if name in rules.GUESTS else Decimal(0))
        return {**found, "role": found.get("role") or rules.HOST, "counted_times": found.get("counted_times") or 1}

    def refuse(self, refused: Refused) -> None:
        """Show a refusal at its field."""
        field = {"date": "on", "files": "papers"}.get(refused.field, refused.field)
        self.add_error(field if field in self.fields else None, said(refused))


def said(refused: Refused) -> str:
    return sentences(refused.why, refused.do)


def _query(typed: Typed) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, values in typed.items():
        made.setlist(name, [str(value) for value in values])
    return made
