"""A bound on what one address may ask for without a log-in. Kept in memory only, under a hash: no address is written anywhere."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from . import clock


def over(request: HttpRequest, name: str, most: int, seconds: int = 60) -> bool:
    """Has this address asked more than so often within the seconds at hand? Asking counts. 0 is no bound."""
    if not most:
        return False
    span = int(clock.now().timestamp()) // seconds
    who = salted_hmac(f"xieshang.bounded.{name}.{span}", request.META.get("REMOTE_ADDR", "")).hexdigest()
    cache.add(key := f"bounded:{who}", 0, seconds)
    try:
        return bool(cache.incr(key) > most)
    except ValueError:  # it was dropped between the two
        return False
