"""工作: the kinds of work as cards, with what is open in each."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from xieshang.base import registry
from xieshang.web.requests import Request


@login_required
def work(request: Request) -> HttpResponse:
    desk = request.desk
    cards = [card for one in registry.CARDS if (card := one(request.user, desk.unit, desk.starts_on, desk.until))]
    return render(request, "home/work.html", {"cards": cards})
