"""What is listed in a catalogue or a booklet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Organization, Session
from xieshang.base.requests import as_number

from . import rules
from .catalogue import Asked


class CatalogueForm(forms.Form):
    """Which plenary, which kind, arranged by what."""

    session = forms.ChoiceField(label=_("届次"), required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=[("", _("全部")), *rules.KINDS], required=False)
    by = forms.ChoiceField(
        label=_("按什么排"), choices=(("category", _("类别")), ("unit", _("承办单位"))), required=False
    )
    consented = forms.BooleanField(label=_("只收提案者同意公开的"), required=False)

    def __init__(self, *args: Any, unit: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sessions = list(Session.objects.filter(term__organization=unit).select_related("term").order_by("-opens_on"))
        chosen: Any = self.fields["session"]
        chosen.choices = [*((str(one.pk), _("%(term)d 届 %(n)d 次会议") % {"term": one.term.number, "n": one.number}) for one in sessions), ("all", _("全部届次"))]  # fmt: skip
        self.newest = sessions[0].pk if sessions else None
        self.initial = {"session": str(self.newest), "by": "category"}

    @property
    def asked(self) -> Asked:
        """The newest plenary where none is chosen; a choice that is not offered is none."""
        if not self.is_bound:
            return Asked(session=self.newest)
        self.is_valid()
        typed = self.cleaned_data
        session = typed.get("session", "")
        return Asked(None if session == "all" else as_number(session) or self.newest, typed.get("kind", ""), typed.get("by") or "category", bool(typed.get("consented")))  # fmt: skip

    @property
    def query(self) -> dict[str, str]:
        """The same as it stands in an address."""
        asked = self.asked
        said = {"session": str(asked.session or "all"), "kind": asked.kind, "by": asked.by}
        return said | ({"consented": "on"} if asked.consented else {})
