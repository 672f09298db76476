"""会签 beyond asking and answering: the order, an answer entered for a member, taking a signature back."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.paperwork.forms import BehalfForm
from xieshang.base.people.models import Person
from xieshang.base.requests import Asked, as_number, refused, seen

from .. import actions, queries
from ..models import Proposal, Signature
from . import verb


class AnswerForm(forms.Form):
    """Whose answer it is, and what he said."""

    person = forms.ModelChoiceField(label=gettext_lazy("谁的答复"), queryset=Person.objects.none())
    agrees = forms.ChoiceField(
        label=gettext_lazy("会签"), widget=forms.RadioSelect, choices=[("yes", gettext_lazy("同意会签")), ("no", gettext_lazy("谢绝"))],
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("附言"), max_length=200, required=False)

    def __init__(self, *args: object, proposal: Proposal, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        asked = proposal.signatures.filter(state=Signature.ASKED).exclude(person=proposal.first_id)
        self.fields["person"].queryset = Person.objects.filter(pk__in=asked.values("person"))  # type: ignore[attr-defined]


@login_required
def cosign_for(request: Asked, pk: int) -> HttpResponse:
    """代办会签: what a member said by telephone, face to face or on paper."""
    proposal = queries.one(request.user, pk)
    permissions.require(request.user, "proposals.cosign_for", proposal.organization)
    form = AnswerForm(request.POST or None, proposal=proposal)
    behalf = BehalfForm(request.POST or None, request.FILES or None, today=clock.today())
    if request.method == "POST" and form.is_valid() & behalf.is_valid():
        typed = form.cleaned_data
        try:
            actions.cosign_for(
                proposal, typed["person"], agrees=typed["agrees"] == "yes", note=typed["note"], **behalf.asking(), by=request.user, now=clock.now(),
            )  # fmt: skip
            messages.success(request, _("已代%(who)s答复会签，会标明“代办”。") % {"who": typed["person"]})
            return redirect(proposal) if queries.shown(request.user, pk) else redirect("proposals:list")
        except Refused as error:
            refused(behalf if error.field == "scan" else form, error)
    status = 422 if form.errors or behalf.errors else 200
    return render(request, "proposals/cosign_for.html", {"proposal": proposal, "form": form, "behalf": behalf}, status=status)  # fmt: skip


@verb
def arrange_signers(request: Asked, proposal: Proposal, given: dict[str, object]) -> str:
    """调整次序: one step up or down."""
    person = Person.objects.filter(pk=as_number(request.POST.get("person"))).first()
    if person is None:
        raise Refused("not_asked", why=_("没有选是谁"), do=_("请刷新页面再试"))
    actions.arrange_signers(
        proposal, person, up=request.POST.get("to") == "up", by=request.user, now=clock.now(), seen=seen(request)
    )
    return _("会签次序已调整。")


@verb
def unsign(request: Asked, proposal: Proposal, given: dict[str, object]) -> str:
    """撤回会签."""
    actions.unsign(proposal, by=request.user, now=clock.now(), note=request.POST.get("note", ""))
    return _("已撤回对“%(title)s”的会签。")


@verb
def agree_again(request: Asked, proposal: Proposal, given: dict[str, object]) -> str:
    """看过改动，继续会签."""
    actions.agree_again(proposal, by=request.user, now=clock.now())
    return _("已确认，继续会签“%(title)s”。")
