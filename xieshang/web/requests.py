"""What a view of a logged-in person is given: the request with its account and its desk."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from xieshang.base.accounts.models import User

from .middleware import DeskState


class Request(HttpRequest):
    """Behind `login_required` and the Desk middleware. `waits`: how many things wait, where the page has counted them."""

    user: User
    desk: DeskState
    htmx: HtmxDetails
    waits: int
