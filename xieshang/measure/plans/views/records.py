"""The records that count in a task, where its plan wants each record in one task only."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from xieshang.base import clock, registry
from xieshang.base.accounts import permissions
from xieshang.base.requests import Asked

from .. import measuring, queries


@login_required
def records(request: Asked, pk: int) -> HttpResponse:
    """The rows under the figure; of a plan that shares nothing out its drawer."""
    target = queries.target(request.user, pk)
    permissions.require(request.user, "ledger.see", target.organization)
    on = clock.today()
    [row] = measuring.measure([target], on)
    if not row.shared_out:
        return redirect(row.url or target.get_absolute_url())
    given = measuring.given(target, on)
    titles = registry.titles({record for record, _fact in given})
    rows = [
        {"title": titles.get(record, record), "url": registry.url(record), "fact": fact}
        for record, fact in reversed(given)
    ]
    return render(request, "plans/records.html", {"target": target, "row": row, "rows": rows, "today": on})
