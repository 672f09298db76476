"""Every address of the house, classed: who may open it, who may send to it, with what. `test_walk` fails on one that is not here."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver

from xieshang.base.accounts.permissions import TABLE
from xieshang.work.activities import sheets as activity_sheets
from xieshang.work.proposals import old_sheets
from xieshang.work.registers import catalogue
from xieshang.work.registers import sheets as register_sheets

from .joined import CLUE
from .world import Things, docx, jpeg, template

EVERYONE, LOGGED_IN = "everyone", "logged in"
Of = Callable[[Things], Any]
OK = (200, 204, 302)


@dataclass(frozen=True)
class Address:
    """One row of the table.

    get, post   who may: a verb of permissions.TABLE (or several, parted by |), LOGGED_IN, EVERYONE, or "" where the method is not answered (405)
    args        the parts of the address, from one unit's things; None: that unit has no such thing
    query       what stands behind the question mark
    data        an example that is accepted when it is sent
    answers     what those who may get; `sent` the same for POST
    one         it shows or moves one record: to strangers it is not there (404)
    html        a page of the house (with frame), not a file or data
    """

    get: str = ""
    post: str = ""
    args: Of | None = None
    query: Of | None = None
    data: Of | None = None
    answers: tuple[int, ...] = OK
    sent: tuple[int, ...] = OK
    html: bool = True
    content_type: str = ""

    @property
    def one(self) -> bool:
        return self.args is not None


def page(get: str, post: str = "", **more: Any) -> Address:
    return Address(get, post, **more)


def write(post: str, args: Of | None, data: Of | None = None, **more: Any) -> Address:
    return Address("", post, args=args, data=data or (lambda t: {}), **more)


def file(get: str, args: Of | None = None, **more: Any) -> Address:
    return Address(get, args=args, html=False, **more)


def _upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


CLIENT = "6f1d3c52-9b5e-4a8e-9a53-0d2b8f5f7a10"
YEAR_FIGURE = {"year": "2022", "indicator": "activities.inspection", "value": "6", "source": "《2022年工作总结》"}
DRAWER = "indicator=activities.collective&org={unit}&from=2026-01-01&to=2026-06-30"
ACTIVITY = {
    "title": "走访企业", "kind": "visit", "carriers": ["member_day"], "collective": "on", "on": "2026-05-06", "half_days": "1",
    "place": "工业园", "client_id": CLIENT,
}  # fmt: skip
GOAL = {"kind": "quantified", "op": "at_least", "value": "5", "unit": "次", "indicator": ""}
PASTED = "{unit}临时工作计划\n\n一、学习\n\n1、组织集中学习不少于2次。\n"


def _entry(things: Things) -> dict[str, Any]:
    return {**catalogue.READY["donations"].example, "seen": things.entry.version, "reason": "核对收据", "client_id": ""}


def _rows(things: Things) -> dict[str, Any]:
    example = {**catalogue.READY["donations"].example, "title": "慰问孤老户"}
    return {"rows": json.dumps([[2, example, []]], ensure_ascii=False), "way": "paste"}


def _made_register() -> dict[str, Any]:
    """自建登记簿: the fields that every register has."""
    return {
        "name": "接待来访", "unit": "件", "rhythm": "none", "rhythm_count": "1", "fields": "2", "measures": "0",
        "f0-title": "日期", "f0-type": "date", "f0-key": "on", "f1-title": "事由", "f1-type": "text", "f1-key": "title",
    }  # fmt: skip


def _typed(things: Things) -> dict[str, Any]:
    return {**ACTIVITY, "title": f"{things.unit.short_name}走访企业"}


def _target(things: Things) -> dict[str, Any]:
    return {"seen": "", "tab": "all"}


SEES = "proposals.see|proposals.see_own"
UNIT_SEES = f"{SEES}|proposals.see_assigned"
TERM = {"title": "解决或采纳", "since": "2027-01-01", "citation": "主席会议"}
RATED = {"visited": "yes", "way": "visit", "attitude": "satisfied", "aim": "to_point", "result": "agree"}
TEXT = {"title": "关于修桥的提案", "situation": "破损", "analysis": "没有养护", "advice": "列入计划", "open_text": "on"}


def _proposal(name: str) -> Of:
    return lambda t: [t.proposals[name].pk] if t.proposals else None


def _public(*names: str) -> Of:
    return lambda t: [t.unit.code, *(t.proposals[name].pk for name in names)] if t.proposals else None


def _selection(things: Things) -> list[int] | None:
    return [things.selection.pk] if things.selection else None


def _at_selection(things: Things) -> dict[str, Any]:
    return {"seen": things.selection and things.selection.version}


def _bringing(things: Things) -> list[int] | None:
    return [things.bringing.pk] if things.bringing else None


def _seen(name: str, **more: Any) -> Of:
    return lambda t: {"seen": t.proposals[name].version, "reason": "主任会议意见", **more} if t.proposals else {}


def _drafted(things: Things) -> dict[str, Any]:
    """As the office writes for a committee, and as a member for himself."""
    own = things.proposals["draft"] if things.proposals else None
    return (
        {**TEXT, "proposer": "committee", "body": own.body_id, "first": own.first_id, "seen": own.version}
        if own
        else TEXT
    )


def _to_assign(name: str) -> Of:
    def data(things: Things) -> dict[str, Any]:
        if not things.proposals:
            return {}
        road = things.proposals["assigned"].assignments.get().unit_id
        return {"seen": things.proposals[name].version, "unit_1": road, "role_1": "sole"}

    return data


def _given(name: str) -> Of:
    return lambda t: [t.assignments[name].pk] if t.assignments else None


def _deed(name: str, **typed: Any) -> Of:
    return lambda t: {"seen": t.assignments[name].version, **typed} if t.assignments else {}


REPLY = {"reply": "已列入计划。", "result": "B", "publicity": "open", "contact": "科长", "telephone": "0000-1"}


def _clue(name: str) -> Of:
    return lambda t: [t.clues[name].pk] if t.clues else None


def _sheet(things: Things) -> list[int] | None:
    return [things.sheet_of_meeting.pk] if things.sheet_of_meeting else None


PK: dict[str, Of] = {
    "activity": lambda t: [t.activity.pk],
    "planned": lambda t: [t.planned.pk],
    "joint": lambda t: t.joint and [t.joint.pk],
    "register": lambda t: [t.register.pk],
    "template": lambda t: [t.template.pk],
    "entry": lambda t: [t.entry.pk],
    "paper": lambda t: [t.paper.pk],
    "reading": lambda t: [t.reading.pk],
    "running": lambda t: [t.running.pk],
    "open": lambda t: [t.open_target.pk],
    "next": lambda t: [t.next_target.pk],
    "target": lambda t: [t.target.pk],
    "revision": lambda t: [t.revision.pk],
    "share": lambda t: [t.share.pk],
    "report": lambda t: [t.report.pk],
    "person": lambda t: [t.person.pk],
    "received": lambda t: t.received and [t.received.pk],
    "approval": lambda t: [t.approval.pk],
    "account": lambda t: t.account and [t.account.pk],
}

TABLE_OF_ADDRESSES: dict[str, Address] = {
    # --- the frame ---
    "home": page(LOGGED_IN),
    "login": page(EVERYONE, EVERYONE, data=lambda t: {"username": "nobody", "password": "wrong"}, sent=(302, 422)),
    "logout": write(EVERYONE, None),
    "set_language": write(EVERYONE, None, lambda t: {"language": "en", "next": "/"}),
    "set_size": write(LOGGED_IN, None, lambda t: {"size": "large", "next": "/"}),
    "account": page(
        LOGGED_IN, LOGGED_IN, data=lambda t: {"phone": "13900000001", "again": "13900000001", "prove_again": "correct horse battery"},
        sent=(302, 422),  # 422 for an account without a person
    ),
    "password_change": page(
        LOGGED_IN, LOGGED_IN,
        data=lambda t: {"old_password": "correct horse battery", "new_password1": "staple-horse-37", "new_password2": "staple-horse-37"},
    ),
    "prove_again": write(LOGGED_IN, None, lambda t: {"prove_again": "correct horse battery", "next": "/"}),
    "forget_device": write(LOGGED_IN, lambda t: [404_404], sent=(404,)),  # one's own only; test_codes walks it
    "me": page(LOGGED_IN),
    "notices": page(LOGGED_IN),
    "notices_read": write(LOGGED_IN, None),
    "undelivered": page("notices.deliver"),
    "telephoned": write("notices.deliver", lambda t: [t.undelivered.pk]),
    # --- what a leader signs ---
    "approvals:list": page("paperwork.see"),
    "approvals:ask": write("paperwork.ask", None, lambda t: {"step": "activities.void", "record": t.activity.pk, "reason": "登重了"}),
    "approvals:one": page("paperwork.see", args=PK["approval"]),
    "approvals:slip": file("paperwork.see", PK["approval"]),
    "approvals:sign": write("paperwork.approve", PK["approval"], lambda t: {"agreed": "no", "opinion": "已经算过", "seen": t.approval.version}),
    "approvals:enter": write(
        "paperwork.enter_approved", PK["approval"],
        lambda t: {
            "agreed": "no", "signer": "", "signed_by": "张国华（领导）", "signed_on": "2026-06-20", "opinion": "已经算过", "seen": t.approval.version,
            "scan": _upload("审批单.jpg", jpeg("#336699")),
        },
    ),
    "approvals:withdraw": write("paperwork.withdraw", PK["approval"], lambda t: {"seen": t.approval.version}),
    "approvals:close": write("paperwork.close", lambda t: [t.refusal.pk]),
    "search": page(LOGGED_IN, query=lambda t: "q=视察"),
    "feedback": page(LOGGED_IN, LOGGED_IN, data=lambda t: {"text": "字可以再大一点"}),
    "work": page(LOGGED_IN),
    "gallery": page(EVERYONE, answers=(404,)),  # only while developing
    # --- figures and files ---
    "figures": page("ledger.see", query=lambda t: "indicator=activities.collective&start=2026-01-01&end=2026-06-30"),
    "figure_drawer": page("ledger.see", query=lambda t: DRAWER.format(unit=t.unit.code)),
    "figure_rows": file("ledger.see", query=lambda t: DRAWER.format(unit=t.unit.code)),
    "figure_card": write("ledger.see", None, lambda t: {"indicator": "activities.held", "org": t.unit.code, "from": "2026-01-01", "to": "2026-06-30"}),
    "drop_card": write("ledger.see", None, lambda t: {"card": "999999"}),
    # --- earlier years ---
    "earlier:list": page("earlier.see"),
    "earlier:new": page("earlier.record", "earlier.record", data=lambda t: {**YEAR_FIGURE, "year": "2019"}),
    "earlier:bring": page("earlier.record", "earlier.record", data=lambda t: {"text": "2018\t视察\t5\t总结"}),
    "earlier:sheet": file("earlier.see"),
    "earlier:one": page("earlier.see", "earlier.correct", args=lambda t: [t.year_figure.pk], data=lambda t: {**YEAR_FIGURE, "reason": "抄错了", "seen": str(t.year_figure.version)}),
    "earlier:void": write("earlier.void", lambda t: [t.year_figure.pk], lambda t: {"reason": "重复", "seen": str(t.year_figure.version)}),
    "file_page": page("activities.see", args=lambda t: [t.photo.pk]),
    "file_picture": file("activities.see", lambda t: [t.photo.pk, 1], answers=(404,)),  # of a PDF; test_files walks it
    "file": file("activities.see", lambda t: [t.photo.pk, t.photo.name]),
    # --- settings ---
    "settings": page(LOGGED_IN),
    "settings_rules": page("settings.see"),
    "settings_rule": page(
        "settings.see", "settings.set", args=lambda t: ["ledger.grace_days"],
        data=lambda t: {"value": "60", "effective_from": "2026-07-01", "citation": "主席会议 2026-06-20"},
    ),
    "settings_calendar": page("calendar.see", "calendar.edit", data=lambda t: {"on": "2026-07-02", "workday": "0", "name": "县庆"}),
    "settings_bodies": page("orgs.see", "orgs.edit", data=lambda t: {"kind": "committee", "name": "提案委员会"}),
    "settings_terms": page(
        "orgs.see", "orgs.edit", data=lambda t: {"what": "term", "term-number": "12", "term-starts_on": "2030-01-01", "term-ends_on": "2034-12-31"}
    ),
    "settings_locks": page("ledger.lock", "ledger.lock", data=lambda t: {"through": "2026-03-31", "grace_until": ""}),
    "settings_accounts": page("accounts.see", "accounts.manage", data=lambda t: {"username": "xinren", "name": "新人"}),
    "settings_account": page("accounts.see", "accounts.manage", args=PK["account"], data=lambda t: {"do": "password"}),
    "settings_handover": page("accounts.hand_over", "accounts.hand_over", data=lambda t: {"user": t.by.pk, "to": t.by.pk}, sent=(422,)),
    "audit": page("audit.see"),
    "audit_ledger": page("ledger.verify", "ledger.verify"),
    "audit_ledger_progress": page("ledger.verify", html=False),
    # --- proposals ---
    "proposals:list": page(UNIT_SEES, answers=(200,)),
    "proposals:new": page("proposals.draft", "proposals.draft", data=lambda t: {**_drafted(t), "seen": "", "secrets_read": "on"}),
    "proposals:draft": write("proposals.draft", None, lambda t: {"client_id": CLIENT, "key": "proposals-new", "payload": '[["title", "修桥"], ["secrets_read", "on"]]'}),
    "proposals:one": page(UNIT_SEES, args=_proposal("assigned")),
    "proposals:edit": page("proposals.write", "proposals.write", args=_proposal("draft"), data=_drafted),
    "proposals:invite": page("proposals.invite", "proposals.invite", args=_proposal("draft"), data=_seen("draft", people=[])),
    "proposals:cosign": write("proposals.cosign", _proposal("draft"), lambda t: {"agrees": "yes"}, sent=(422,)),  # by who was asked; test_member_pages walks it
    "proposals:cosign_for": page("proposals.cosign_for", "proposals.cosign_for", args=_proposal("draft"), data=_seen("draft"), sent=(422,)),  # nobody was asked; test_signing walks it
    "proposals:arrange_signers": write("proposals.arrange_signers", _proposal("draft"), _seen("draft"), sent=(422,)),
    "proposals:unsign": write("proposals.unsign", _proposal("draft"), _seen("draft"), sent=(422,)),
    "proposals:agree_again": write("proposals.agree_again", _proposal("draft"), _seen("draft"), sent=(422,)),
    "proposals:submit": write("proposals.submit", _proposal("draft"), _seen("draft")),
    "proposals:take_back": write("proposals.take_back", _proposal("submitted"), _seen("submitted")),
    "proposals:discard": write("proposals.discard", _proposal("draft"), _seen("draft")),
    "proposals:review": page(
        "proposals.review", "proposals.review", args=_proposal("submitted"), data=_seen("submitted", outcome="file", category="society", system="government")
    ),
    "proposals:send_back": write("proposals.send_back", _proposal("submitted"), _seen("submitted")),
    "proposals:lock": write("proposals.lock", _proposal("submitted"), _seen("submitted")),
    "proposals:secret": page("proposals.purge", args=_proposal("locked")),
    "proposals:purge": write("proposals.purge", _proposal("locked"), _seen("locked")),
    "proposals:release": write("proposals.release", _proposal("locked"), _seen("locked")),
    "proposals:withdraw": write("proposals.withdraw", _proposal("reviewed"), _seen("reviewed")),
    "proposals:hand_over": write("proposals.hand_over", _proposal("new_filed"), _seen("new_filed")),
    "proposals:assign": page("proposals.review", "proposals.review", args=_proposal("assigning"), data=_to_assign("assigning")),
    "proposals:rate": page("proposals.rate", "proposals.rate", args=_proposal("feedback"), data=lambda t: RATED),
    "proposals:rate_for": page(
        "proposals.rate_for", "proposals.rate_for", args=_proposal("feedback"),
        data=lambda t: {**RATED, "person": t.proposals["feedback"].first_id, "scan": _upload("评价.jpg", jpeg())} if t.proposals else {},
    ),
    "proposals:redo": write("proposals.redo", _proposal("unhappy"), _seen("unhappy")),
    "proposals:close": write("proposals.close", _proposal("unhappy"), _seen("unhappy")),
    "proposals:track": write("proposals.track", _proposal("closed"), _seen("closed")),
    "proposals:follow_up": page(
        "proposals.follow_up", "proposals.follow_up", args=_proposal("tracking"), data=_seen("tracking", on="2026-06-30", result="B", words="还在做")
    ),
    "proposals:archive": write("proposals.archive", _proposal("closed"), _seen("closed")),
    "proposals:make_key": write("proposals.make_key", _proposal("assigned"), _seen("assigned", on="2026-06-20")),
    "proposals:publish": page("proposals.publish", "proposals.publish", args=_proposal("closed"), data=_seen("closed", how="full", abstract="")),
    "proposals:unpublish": write("proposals.unpublish", _proposal("published"), _seen("published")),
    "public_proposals:units": page(EVERYONE, answers=(200, 302)),
    "public_proposals:list": page(EVERYONE, args=_public()),
    "public_proposals:one": page(EVERYONE, args=_public("published")),
    "public_proposals:feed": file(EVERYONE, _public()),
    "proposals:catalogue": page("proposals.export", "proposals.export", data=lambda t: {"session": "all"}, sent=(302, 422)),
    "proposals:catalogue_docx": file("proposals.export"),
    "proposals:handed_out": file("proposals.export"),
    "proposals:handed_out_xlsx": file("proposals.export"),
    "proposals:booklet_progress": file("proposals.export", lambda t: t.booklet and [t.booklet.pk]),
    "proposals:booklet": file("proposals.export", lambda t: t.booklet and [t.booklet.pk], answers=(404,)),  # not made yet; test_catalogue makes one
    "proposals:due_rules": page(
        "proposals.see", "proposals.set_due", data=lambda t: {"month": "5", "day": "10", "proposer": "party", "since": "2026-01-01", "citation": "办理规定"}
    ),
    "proposals:stop_due_rule": write("proposals.stop_due", lambda t: t.due_rule and [t.due_rule.pk]),
    "proposals:suspend": write("proposals.suspend", _given("working"), _deed("working", why="policy", from_on="2026-06-30", to_on="2026-07-09", citation="县府办函", words="")),
    "proposals:resume": write("proposals.resume", _given("suspended"), _deed("suspended", reason="")),
    "proposals:sheets": page("proposals.see"),
    "proposals:prepare": page(
        "proposals.prepare", "proposals.prepare", data=lambda t: {"title": "第四次会议", "on": "2026-06-30", "proposals": [t.proposals["reviewed"].pk] if t.proposals else []}
    ),
    "proposals:sheet": page("proposals.see", "proposals.arrange", args=_sheet, data=lambda t: {"seen": t.sheet_of_meeting and t.sheet_of_meeting.version}),
    "proposals:decide": write("proposals.decide", _sheet, lambda t: {"seen": t.sheet_of_meeting and t.sheet_of_meeting.version}),
    "proposals:survey": file(UNIT_SEES, _proposal("assigned")),
    "proposals:form": file(UNIT_SEES, _proposal("assigned")),
    "proposals:ask_package": write("proposals.archive", _proposal("closed"), _seen("closed"), sent=(422,)),  # not archived; test_archive walks it
    "proposals:package": file("proposals.export", _proposal("closed"), answers=(404,)),
    "proposals:check_package": page("proposals.export", "proposals.export", sent=(422,)),
    "proposals:excellent": page(LOGGED_IN, "proposals.start_selection", data=lambda t: {"year": "2024"}),
    "proposals:selection": page("proposals.see|proposals.see_own", args=_selection),
    "proposals:recommend": write("proposals.recommend", _selection, lambda t: {"proposal": t.proposals["closed"].pk, "words": "好"} if t.proposals else {}, sent=(302, 422)),  # a member only what he signed or is published
    "proposals:begin_scoring": write("proposals.begin_scoring", _selection, _at_selection, sent=(422,)),  # no candidate yet; test_excellent walks it
    "proposals:score": write("proposals.score", _selection, sent=(404,)),
    "proposals:close_scoring": write("proposals.close_scoring", _selection, _at_selection, sent=(422,)),
    "proposals:decide_selection": write("proposals.decide_selection", _selection, lambda t: {**_at_selection(t), "on": "2026-06-30"}, sent=(422,)),
    "proposals:key": page("proposals.see"),
    "proposals:prepare_key": page("proposals.prepare_key", "proposals.prepare_key", data=lambda t: {"title": "主席会议", "on": "2026-06-30", "proposals": [t.proposals["assigned"].pk] if t.proposals else []}),
    "proposals:key_list": page("proposals.see", args=lambda t: [t.key_list.pk] if t.key_list else None),
    "proposals:decide_key": write("proposals.decide_key", lambda t: [t.key_list.pk] if t.key_list else None, lambda t: {"seen": t.key_list.version if t.key_list else ""}),
    "proposals:nominate": write("proposals.nominate", _proposal("feedback"), _seen("feedback")),
    "proposals:supervision": page("proposals.see", "proposals.supervise", args=_proposal("key"), data=_seen("key", kind="activity", on="2026-06-30", words="看了现场")),
    "proposals:leads": write("proposals.supervise", _proposal("key"), _seen("key", **{"role-1": "lead", "name-1": "县长"})),
    "proposals:list_xlsx": file("proposals.export"),
    "proposals:years": page("proposals.bring_in", "proposals.bring_in", data=lambda t: {"file": _upload("旧.xlsx", old_sheets.template())}, sent=(422,)),  # the template is empty; test_years sends a filled one
    "proposals:years_template": file("proposals.bring_in"),
    "proposals:name_units": write("proposals.bring_in", None, lambda t: {"unit-物资局": "0"}, sent=(422,)),
    "proposals:years_marked": file("proposals.bring_in", lambda t: [t.sheet.pk], answers=(404,)),  # of who sent it; test_years walks it
    "proposals:bringing": page("proposals.bring_in", args=_bringing),
    "proposals:go_on": write("proposals.bring_in", _bringing),
    "proposals:bridge": page("proposals.bring_in", "proposals.bring_in", sent=(422,)),  # no switch-over day yet
    "proposals:figures": page("proposals.see", query=lambda t: "by=unit&sort=0"),
    "proposals:figures_xlsx": file("proposals.export"),
    "proposals:terms": page("settings.see"),
    "proposals:term_new": page("settings.see", "settings.set", args=lambda t: ["category"], data=lambda t: {**TERM, "title": "城建"}),
    "proposals:term": page("settings.see", "settings.set", args=lambda t: ["class", "A"], data=lambda t: {**TERM, "meaning": "solved"}),
    "proposals:term_stop": write("settings.set", lambda t: ["category", "culture"], lambda t: TERM),
    "proposals:term_adopt": write("settings.set", lambda t: ["class"], lambda t: {**TERM, "scheme": "adopted"}),
    "proposals:board": page("proposals.see_handling"),
    "proposals:board_xlsx": file("proposals.see_handling"),
    "proposals:clues": page("proposals.see_clues|proposals.clue"),
    "proposals:new_clue": page("proposals.clue", "proposals.clue", data=lambda t: {**CLUE, "read": "on"}),
    "proposals:clue": page("proposals.see_clues|proposals.see_reference", args=_clue("listed")),
    "proposals:deal": write("proposals.clue_enlist", _clue("received"), lambda t: {"seen": t.clues and t.clues["received"].version, "do": "refuse", "reason": "已经办了"}),
    "proposals:write_of": write("proposals.see_own", _clue("listed")),
    "proposals:open_ones": page("proposals.see_reference"),
    "proposals:seconding": page("proposals.see_own|proposals.see", args=lambda t: [404_404] if t.clues else None, answers=(404,)),  # test_seconding walks it
    "proposals:open_up": write("proposals.open_up", _proposal("submitted"), _seen("submitted")),
    "proposals:close_up": write("proposals.close_up", _proposal("submitted"), _seen("submitted")),
    "proposals:second": write("proposals.second", _proposal("submitted"), _seen("submitted"), sent=(422,)),  # it is his own; test_seconding does it
    "proposals:unsecond": write("proposals.second", _proposal("submitted"), _seen("submitted"), sent=(422,)),
    "proposals:batches": write("proposals.hand_over", None, lambda t: {"verb": "export", "every": "1"}),
    "proposals:batch": page("proposals.export", args=lambda t: [404_404], answers=(404,)),  # one's own only; test_lists walks it
    "proposals:batch_file": file("proposals.export", lambda t: [404_404], answers=(404,)),
    "saved_keep": write(LOGGED_IN, None, lambda t: {"page": "proposals", "name": "逾期的", "query": "late=on"}),
    "saved_change": write(LOGGED_IN, lambda t: [404_404], sent=(404,)),  # one's own only; test_lists walks it
    "proposals:reference": page("proposals.see_reference"),
    "proposals:publish_clues": write("proposals.clues_publish", None, sent=(422,)),  # it is published; test_clues does it
    "proposals:reference_docx": file("proposals.see_reference"),
    "open_clues:hand_in": page(EVERYONE, EVERYONE, args=lambda t: [t.unit.code] if t.clues else None, sent=(422,)),  # a sum is asked; test_clues answers it
    "open_clues:ask": page(EVERYONE, EVERYONE, args=lambda t: [t.unit.code] if t.clues else None, data=lambda t: {"code": t.clues["listed"].code} if t.clues else {}),
    "proposals:assignment": page("proposals.see_handling", args=_given("sent")),
    "proposals:letter": page(UNIT_SEES, args=_given("delivered")),
    "proposals:letter_docx": file(UNIT_SEES, _given("delivered")),
    "proposals:order": file("proposals.see_handling", _given("new")),
    "proposals:urge": file("proposals.see_handling", _given("new"), answers=(422,)),  # not overdue; test_unit_pages walks it
    "proposals:sign": write("proposals.sign", _given("new"), _deed("new")),
    "proposals:object_to": write("proposals.object", _given("signed"), _deed("signed", reason="不归本单位")),
    "proposals:contact": write("proposals.contact", _given("signed"), _deed("signed", on="2026-06-30", way="visit", who="科长", words="看了桥")),
    "proposals:inside": write("proposals.inside", _given("working"), _deed("working", officer="小李")),
    "proposals:ask_longer": write("proposals.ask_longer", _given("working"), _deed("working", to="2026-11-30", reason="汛期")),
    "proposals:opine": write("proposals.opine", _given("co"), _deed("co", opinion="配合")),
    "proposals:reply": write("proposals.reply", _given("working"), _deed("working", **REPLY)),
    "proposals:approve": write("proposals.approve", _given("drafted"), _deed("drafted", signer="局长")),
    "proposals:send": write("proposals.send", _given("approved"), _deed("approved")),
    "proposals:original": write("proposals.original", _given("drafted"), _deed("drafted"), sent=(422,)),  # no file; test_unit_pages sends one
    "proposals:keep_typed": write(
        "proposals.reply", _given("working"), lambda t: {"client_id": CLIENT, "key": "proposals.reply", "payload": '[["reply", "已列入"]]'}
    ),
    "proposals:uphold": write("proposals.uphold", _given("objected"), _deed("objected", reason="")),
    "proposals:dismiss": write("proposals.dismiss", _given("objected"), _deed("objected", reason="归你们办")),
    "proposals:answer_longer": write("proposals.answer_longer", _given("longer"), _deed("longer", agreed="yes", reason="")),
    "proposals:accept": write("proposals.accept", _given("sent"), _deed("sent", result="B", reason="")),
    "proposals:reject": write("proposals.reject", _given("sent"), _deed("sent", reason="没有写时间")),
    # --- activities ---
    "activities:list": page("activities.see"),
    "activities:new": page("activities.record", "activities.record", data=_typed),
    "activities:one": page("activities.see", args=PK["activity"]),
    "activities:edit": page(
        "activities.correct", "activities.correct", args=PK["activity"],
        data=lambda t: {**_typed(t), "client_id": "", "seen": t.activity.version, "reason": "日期记错了"},
    ),
    "activities:hold": page(
        "activities.hold", "activities.hold", args=PK["planned"], data=lambda t: {**_typed(t), "client_id": "", "seen": t.planned.version},
    ),
    "activities:postpone": write("activities.postpone", PK["planned"], lambda t: {"seen": t.planned.version, "to": "2026-07-08", "reason": "主讲人出差"}),
    "activities:cancel": write("activities.cancel", PK["planned"], lambda t: {"seen": t.planned.version, "reason": "不办了"}),
    "activities:merge": write("activities.merge", lambda t: [t.double.pk], lambda t: {"seen": t.double.version, "into": t.activity.pk}),
    "activities:claim": write("activities.claim", PK["joint"], lambda t: {"seen": t.joint and t.joint.version}),
    "activities:decline": write("activities.decline", PK["joint"], lambda t: {"seen": t.joint and t.joint.version, "reason": "只是列席"}),
    "activities:agree": write("activities.agree", PK["joint"], lambda t: {"seen": t.joint and t.joint.version, "reason": "核对无误"}, sent=(302, 409, 422)),
    "activities:void": write("activities.void", PK["activity"], lambda t: {"seen": t.activity.version, "reason": "登错了"}),
    "activities:folder": page("activities.arrange", args=PK["activity"]),
    "activities:sort": write("activities.arrange", PK["activity"], lambda t: {"file": t.photo.pk, "kind": "checkin"}),
    "activities:add_file": write("activities.arrange", PK["activity"], lambda t: {"kind": "plan", "files": _upload("方案.docx", docx("方案"))}),
    "activities:contents": file("activities.arrange", PK["activity"]),
    "activities:bind": write("activities.arrange", PK["activity"], sent=(302, 409, 422)),
    "activities:progress": page("activities.arrange", args=PK["activity"], html=False),
    "activities:bound": file("activities.arrange", PK["activity"], answers=(200, 404)),
    "activities:sign_in": file("activities.export", PK["activity"]),
    "activities:bulletin": file("activities.export", PK["activity"]),
    "activities:draft": write(
        "activities.record", None, lambda t: {"key": "activities.new", "client_id": CLIENT, "at": "2026-06-30T10:00", "payload": json.dumps([["title", "走访"]])},
        html=False,
    ),
    "activities:counts": write("activities.record", None, _typed, html=False),
    "activities:drop_draft": write(LOGGED_IN, None, lambda t: {"client_id": CLIENT}),
    "activities:upload": write("activities.record", None, lambda t: {"file": _upload("现场.jpg", jpeg("#336699"))}, html=False),
    "activities:export": file("activities.export"),
    "activities:import": page("activities.import", "activities.import", data=lambda t: {"file": _upload("活动.xlsx", activity_sheets.template())}),
    "activities:template": file("activities.import"),
    "activities:import_refused": file("activities.import", lambda t: [t.sheet.pk], answers=(200, 404)),
    # --- registers ---
    "registers:list": page("registers.see"),
    "registers:choose": page("registers.record"),
    "registers:catalogue": page("registers.see", "registers.make", data=lambda t: {"key": "media"}),
    "registers:make": page("registers.make", "registers.make", data=lambda t: _made_register()),
    "registers:one": page("registers.see", args=PK["register"]),
    "registers:edit": page("registers.make", "registers.make", args=PK["register"], data=lambda t: {"fields": "2", "more": "1", "seen": t.register.version}),
    "registers:switch": write("registers.make", PK["register"], lambda t: {"seen": t.register.version}),
    "registers:entry_new": page("registers.record", "registers.record", args=PK["register"], data=lambda t: {**_entry(t), "title": "慰问"}),
    "registers:reports": page("registers.report"),
    "registers:report": page("registers.report", "registers.report", args=PK["register"], data=lambda t: {**_entry(t), "title": "资助学生"}),
    "registers:report_again": page(
        "registers.report", "registers.report", args=lambda t: t.returned and [t.returned.pk],
        data=lambda t: {**_entry(t), "seen": t.returned.version if t.returned else ""},
    ),
    "registers:entry_reveal": write("registers.reveal", PK["entry"]),
    "registers:entry_follow": page(
        "registers.assign", "registers.assign", args=lambda t: [t.followed.pk],
        data=lambda t: {"course": "solved", "settled_on": "2026-06-01", "owner": "住建局", "seen": t.followed.version},
    ),
    "registers:entry_give_up": write("registers.give_up", lambda t: [t.home.pk], lambda t: {"on": "2026-06-01", "seen": t.home.version}),
    "registers:entry_confirm": write("registers.confirm", lambda t: [t.reported.pk], lambda t: {"seen": t.reported.version}),
    "registers:entry_send_back": write(
        "registers.send_back", lambda t: [t.reported.pk], lambda t: {"seen": t.reported.version, "reason": "写清日期"}
    ),
    "registers:draft": write(
        "registers.draft", PK["register"],
        lambda t: {"key": "registers.new", "client_id": CLIENT, "at": "2026-06-30T10:00", "payload": json.dumps([["title", "慰问"]])}, html=False,
    ),
    "registers:drop_draft": write("registers.draft", PK["register"], lambda t: {"client_id": CLIENT}),
    "registers:paste": page("registers.import", "registers.import", args=PK["register"], data=lambda t: {"text": "2026-05-03\t慰问孤老户\t慰问孤老病残"}),
    "registers:import": page(
        "registers.import", "registers.import", args=PK["register"], data=lambda t: {"file": _upload("捐赠.xlsx", register_sheets.template(t.register))}
    ),
    "registers:bring": write("registers.import", PK["register"], _rows),
    "registers:refused": write("registers.import", PK["register"], _rows, html=False),
    "registers:template": file("registers.import", PK["register"]),
    "registers:report_for": page(
        "registers.report_for", "registers.report_for", args=PK["register"],
        data=lambda t: {**_entry(t), "title": "资助学生", "for-person": t.person.pk, "for-how": "phone", "for-asked_on": "2026-06-20"},
    ),
    "registers:export": file("registers.export", PK["register"]),
    "registers:entry": page("registers.see", args=PK["entry"]),
    "registers:entry_edit": page("registers.correct", "registers.correct", args=PK["entry"], data=_entry),
    "registers:entry_void": write("registers.void", PK["entry"], lambda t: {"seen": t.entry.version, "reason": "记重了"}),
    # --- plans ---
    "plans:list": page("plans.see"),
    "plans:import": page("plans.import", "plans.import", data=lambda t: {"pasted": PASTED.format(unit=t.unit.short_name)}),
    "plans:choose": page("plans.import", "plans.import", args=PK["paper"], data=lambda t: {"document": "1", "year": "2025", "source": "own"}),
    "plans:one": page("plans.see", args=PK["running"]),
    "plans:edit": page(
        "plans.edit", "plans.edit", args=PK["running"],
        data=lambda t: {
            "title": "新标题", "source": "own", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
            "seen": t.running.version,
        },
    ),
    "plans:lines": page("plans.progress"),
    "plans:line": write("plans.progress", PK["target"], lambda t: {"text": "已办两次", "on": "2026-06-20", "seen": t.target.version}),
    "plans:settle": page(
        "plans.settle", "plans.settle", args=PK["running"],
        data=lambda t: {"status": "issued", "meeting": "主席会议", "number": "云联发〔2026〕1号", "on": "2026-03-02", "seen": t.running.version},
    ),
    "plans:breakdown": file("plans.export", lambda t: [t.running.pk, "docx"]),
    "plans:summary": page("plans.export", args=PK["running"], query=lambda t: "kind=half"),
    "plans:summary_docx": file("plans.export", PK["running"], query=lambda t: "kind=half"),
    "plans:summary_draft": write("reports.start", PK["running"], lambda t: {"kind": "half"}),
    "plans:bulletin": page("plans.export", query=lambda t: "issue=2&on=2026-06-30"),
    "plans:bulletin_docx": file("plans.export"),
    "plans:bulletin_draft": write("reports.start", None, lambda t: {"issue": "7", "on": "2026-06-30"}),
    "plans:proposal_report": page("plans.export"),
    "plans:proposal_report_docx": file("plans.export"),
    "plans:proposal_report_draft": write("reports.start", None),
    "plans:five_years": page("plans.export", query=lambda t: "last=2026"),
    "plans:five_years_docx": file("plans.export"),
    "plans:five_years_draft": write("reports.start", None, lambda t: {"last": "2026"}),
    "plans:review": page("plans.correct", args=PK["reading"], query=lambda t: f"edit={t.open_target.pk}"),
    "plans:accept_sure": write("plans.accept", PK["reading"]),
    "plans:accept_tasks": write("plans.accept", PK["reading"]),
    "plans:put_in_force": write("plans.put_in_force", PK["reading"], sent=(422,)),  # there are open items
    "plans:close": write("plans.close", PK["running"]),
    "plans:withdraw": write("plans.withdraw", PK["running"], lambda t: {"reason": "导入错了"}),
    "plans:target": page("plans.see", args=PK["target"]),
    "plans:item": page("plans.correct", args=PK["open"], query=lambda t: "edit=1"),
    "plans:accept": write("plans.accept", PK["open"], _target),
    "plans:correct": write("plans.correct", PK["open"], lambda t: GOAL),
    "plans:add": write("plans.add", PK["reading"], lambda t: {"words": t.reading.targets.first().quote}),
    "plans:split": write("plans.split", PK["open"], lambda t: {"parts": "举办讲堂2期\n举办沙龙2期"}),
    "plans:merge": write("plans.merge", PK["next"]),
    "plans:drop": write("plans.drop", PK["open"], _target),
    "plans:restore": write("plans.restore", lambda t: [t.dropped_target.pk]),
    "plans:reopen": write("plans.reopen", lambda t: [t.accepted_target.pk]),
    "plans:change": write("plans.change", PK["target"], lambda t: {**GOAL, "reason": "主席会议调整"}),
    "plans:withdraw_target": write("plans.withdraw_target", PK["target"], lambda t: {"reason": "上级统一安排"}),
    "plans:reinstate": write("plans.reinstate", lambda t: [t.withdrawn_target.pk], lambda t: {"reason": "恢复开展"}),
    "plans:progress": write("plans.progress", PK["target"], lambda t: {"text": "已办两次", "on": "2026-06-20"}),
    "plans:revise": page("plans.start_revision", "plans.import", args=PK["reading"], data=lambda t: {"pasted": PASTED.format(unit=t.unit.short_name)}),
    "plans:revision": page("plans.see", args=PK["revision"], query=lambda t: "tab=all"),
    "plans:pair": write("plans.pair", PK["revision"], lambda t: {"do": "old", "pair": t.revision.pairs.filter(kind="changed").first().pk}),
    "plans:apply_revision": write(
        "plans.apply_revision", PK["revision"], lambda t: {"basis": "主席会议", "number": "3号", "effective_on": "2026-03-20", "seen": t.revision.version}
    ),
    "plans:drop_revision": write("plans.drop_revision", PK["revision"]),
    "plans:received": page("plans.see", args=lambda t: [t.share.plan_id]),
    "plans:handing": page(
        "plans.see", "plans.hand_down", args=PK["target"],
        data=lambda t: {f"give_b{t.share.plan.body_id}": "on", f"value_b{t.share.plan.body_id}": "3", "reason": "主席会议调整"},
    ),
    "plans:confirm": write("plans.accept", PK["share"]),
    "plans:object": write("plans.object", PK["share"], lambda t: {"reason": "人手不够"}),
    "plans:records": page("ledger.see", args=PK["target"]),
    "plans:year_before": page("plans.see", args=PK["running"]),
    "plans:year_before_docx": file("plans.export", PK["running"]),
    "plans:carry": page("plans.carry_out", "plans.carry_out", args=PK["running"], data=lambda t: {"reason": "未完成"}, sent=(422,)),  # no next year's plan
    "plans:carry_back": write("plans.carry_back", PK["target"], lambda t: {"reason": "不结转"}, sent=(422,)),  # it was not carried
    # --- reports ---
    "reports:list": page("reports.see"),
    "reports:new": page(
        "reports.start", "reports.start", data=lambda t: {"file": _upload("去年总结.docx", template(t.unit.short_name)), "period": "half"}
    ),
    "reports:one": page("reports.see", args=PK["report"]),
    "reports:answer": write("reports.answer", lambda t: [t.report.pk, t.blank.pk], lambda t: {"text": "3"}),
    "reports:refresh": write("reports.refresh", PK["report"]),
    "reports:finish": write("reports.finish", PK["report"], lambda t: {"seen": t.report.version}),
    "reports:drop": write("reports.drop", PK["report"], lambda t: {"seen": t.report.version, "reason": "期间选错了"}),
    "reports:send_up": write("reports.send_up", PK["report"], lambda t: {"seen": t.report.version}),
    "reports:remark": write("reports.remark", PK["report"], lambda t: {"remark": "这句再核一核"}),
    "reports:settle": write("reports.settle", lambda t: [t.report.pk, t.remark.pk]),
    "reports:templates": page("reports.see"),
    "reports:template_upload": page("reports.upload", "reports.upload", data=lambda t: {"file": _upload("年终总结.docx", template(t.unit.short_name))}),
    "reports:template": page("reports.see", args=PK["template"]),
    "reports:template_replace": page(
        "reports.replace", "reports.replace", args=PK["template"],
        data=lambda t: {"file": _upload("年终总结.docx", template(t.unit.short_name)), "seen": t.template.version},
    ),
    "reports:template_retire": write("reports.retire", PK["template"], lambda t: {"seen": t.template.version}),
    "reports:template_use_again": write("reports.use_again", lambda t: [t.retired.pk], lambda t: {"seen": t.retired.version}),
    "reports:template_file": file("reports.see", lambda t: [t.template.pk, 1]),
    "reports:template_try": page("reports.see", args=lambda t: [t.template.pk, 1]),
    "reports:template_filled": file("reports.see", lambda t: [t.template.pk, 1]),
    "reports:check": page("reports.see", "reports.see", data=lambda t: {"code": t.frozen.code}),
    "reports:annex_docx": file("reports.see", PK["report"]),
    "reports:annex_xlsx": file("reports.see", PK["report"]),
    "reports:version": page("reports.see", args=lambda t: [t.frozen.report_id, t.frozen.number]),
    "reports:version_copy": file("reports.see", lambda t: [t.frozen.report_id, t.frozen.number, "clean"]),
    "reports:download": file("reports.see", lambda t: [t.report.pk, "check"]),
    # --- submissions: the county has nobody above it ---
    "submissions:list": page("submissions.see"),
    "submissions:new": page(
        "submissions.send", "submissions.send", query=lambda t: "start=2026-04-01&end=2026-04-30",
        data=lambda t: {"start": "2026-04-01", "end": "2026-04-30"}, answers=(200, 422), sent=(302, 422),
    ),
    "submissions:items": page("submissions.choose", "submissions.choose", data=lambda t: {"indicators": ["activities.held"]}),
    "submissions:one": page("submissions.see", args=PK["received"]),
    "submissions:accept": write("submissions.accept", PK["received"], lambda t: {"seen": t.received.version}),
    "submissions:return": write("submissions.return", PK["received"], lambda t: {"seen": t.received.version, "reason": "请补登走访"}),
    # --- people ---
    "people:list": page("people.see"),
    "people:person": page("people.see", args=PK["person"]),
    "people:code": write("accounts.issue_code", PK["person"], lambda t: {"account": t.entering.pk}),
    "people:seat": page("people.see", "people.end", args=lambda t: t.seat and [t.seat.pk], data=lambda t: {"on": "2026-06-30", "reason": "调离"}),
    "people:membership": page("people.see", "people.leave", args=lambda t: [t.membership.pk], data=lambda t: {"on": "2026-06-30", "reason": "调离"}),
    "people:amend": page(
        "paperwork.act_for", "paperwork.act_for", args=PK["person"],
        data=lambda t: {"workplace": "县农业农村局", "for-how": "phone", "for-asked_on": "2026-06-20"},
    ),
    "people:new": page("people.edit", "people.edit", data=lambda t: {"name": "新委员", "started_on": "2026-06-01"}),
}  # fmt: skip

# For programs: by address, since their names are those of functions.
ENTRY = {"on": "2026-05-09", "title": "慰问", "values": {"purpose": "慰问孤老病残"}}
API: dict[str, Address] = {
    "api/": page(EVERYONE, answers=(404,), html=False),
    "api/openapi.json": page(EVERYONE, html=False),
    "api/activities/": page("activities.see", "activities.record", data=_typed, sent=(200, 201), html=False),
    "api/activities/<int:pk>": page("activities.see", args=PK["activity"], html=False),
    "api/registers": page("registers.see", html=False),
    "api/registers/": page("registers.see", html=False),
    "api/registers/<pk>/entries": page(
        "registers.see", "registers.record", args=PK["register"], query=lambda t: "start=2026-01-01&end=2026-12-31", data=lambda t: ENTRY, html=False
    ),
    "api/plans/": page("plans.see", html=False),
    "api/plans/<pk>": page("plans.see", args=PK["running"], html=False),
    "api/submissions/": page("submissions.see", html=False),
    "api/submissions/<int:pk>": page("submissions.see", args=PK["received"], html=False),
    "api/reports/": page("reports.see", html=False),
    "api/reports/<int:pk>": page("reports.see", args=PK["report"], html=False),
    "api/reports/<int:pk>/figures": page("reports.see", args=PK["report"], html=False),
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """An address of the URLconf."""

    key: str
    name: str
    route: str

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/")

    def path(self, args: list[Any]) -> str:
        """The address with its parts filled in, in their order."""
        parts, rest = [], self.route
        for value in args:
            before, _, rest = rest.partition("<")
            parts += [before, str(value)]
            _inside, _, rest = rest.partition(">")
        return "/" + "".join([*parts, rest])


def found() -> list[Found]:
    """Every address of the URLconf, all namespaces."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: Any, spaces: str, route: str) -> Iterator[Found]:
    for one in patterns:
        here = route + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, f"{spaces}{one.namespace}:" if one.namespace else spaces, here)
        elif isinstance(one, URLPattern):
            name = f"{spaces}{one.name or ''}"
            yield Found(here if here.startswith("api/") else name, name, here)


def classed(one: Found) -> Address | None:
    return (API if one.is_api else TABLE_OF_ADDRESSES).get(one.key)


def verbs() -> set[str]:
    """Verbs that the table names and permissions.TABLE does not know."""
    rows = (*TABLE_OF_ADDRESSES.values(), *API.values())
    used = {verb for row in rows for both in (row.get, row.post) for verb in both.split("|")}
    return used - {"", EVERYONE, LOGGED_IN} - set(TABLE)


def holders(verb: str) -> set[str]:
    """The roles that hold a verb of the table, or one of several parted by |."""
    return set().union(*(TABLE[one] for one in verb.split("|")))


def client_id(n: int) -> str:
    return str(UUID(int=n))


__all__ = [
    "API",
    "EVERYONE",
    "LOGGED_IN",
    "TABLE_OF_ADDRESSES",
    "Address",
    "Found",
    "classed",
    "docx",
    "found",
    "holders",
    "verbs",
]
