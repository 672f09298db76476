"""What we say when we must say no: what happened, why, what to do. One object for page, htmx, API and command line."""

from typing import Any

from . import words


class Refused(Exception):
    """A rule or a permission says no; nothing was written.

    code    stable, for programs: `not_allowed`, `no_ground`, `locked_period` …
    why     one sentence for the person: what stands in the way, with its source where there is one
    do      one sentence: what they can do now
    status  the HTTP status of the page that says it
    """

    status = 422

    def __init__(self, code: str, *, why: str, do: str = "", field: str = "") -> None:
        super().__init__(words.sentences(why, do))
        self.code, self.why, self.do, self.field = code, why, do, field

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "why": str(self.why), "do": str(self.do), "field": self.field}


class NotAllowed(Refused):
    """The person holds no grant for this verb here."""

    status = 403


class Stale(Refused):
    """Somebody saved the record after it was opened; both versions are shown and nothing is overwritten."""

    status = 409

    def __init__(
        self, *, theirs: dict[str, Any], yours: dict[str, Any], who: str, when: str, why: str, do: str
    ) -> None:
        super().__init__("stale", why=why, do=do)
        self.theirs, self.yours, self.who, self.when = theirs, yours, who, when
