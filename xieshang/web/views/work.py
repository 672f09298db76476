"""工作: the kinds of work as cards, with what is open in each."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xieshang.base import clock, registry


@login_required
def work(request: HttpRequest) -> HttpResponse:
    desk = request.desk  # type: ignore[attr-defined]
    cards = [
        card
        for one in registry.CARDS
        if (card := one(request.user, desk.unit, desk.starts_on, min(desk.ends_on, clock.today())))
    ]
    return render(request, "home/work.html", {"cards": cards})
