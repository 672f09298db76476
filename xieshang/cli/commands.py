"""One function for each command. Django is set up only by those that need it."""

import argparse
import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xieshang import __version__
from xieshang.documents.errors import DocumentError

from .words import _, language

Args = argparse.Namespace


class Mistake(Exception):
    """Something a person can put right, as one sentence."""


def personal() -> tuple[type[Exception], ...]:
    """The exceptions that are sentences for the person at the keyboard."""
    from xieshang.base.errors import Refused

    return (Mistake, DocumentError, Refused)


def sentence(error: Exception) -> str:
    """One line for standard error."""
    why, do = getattr(error, "why", ""), getattr(error, "do", "")
    text = _("%(why)s。%(do)s") % {"why": why, "do": do} if why and do else str(why or error)
    return " ".join(text.split())


def django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xieshang.web.settings")
    import django as framework
    from django.utils import translation

    from xieshang.base import clock

    try:
        clock.now()
    except ValueError:
        raise Mistake(
            _("XIESHANG_NOW“%(xieshang_now)s”不是时间，请写成 2026-06-30T10:00:00 这样")
            % {"xieshang_now": os.environ["XIESHANG_NOW"]}
        ) from None
    try:
        framework.setup()
    except OSError as error:
        raise Mistake(
            _("数据目录“%(folder)s”不能用：%(strerror)s，请检查 XIESHANG_DATA")
            % {"folder": os.environ.get("XIESHANG_DATA", "var"), "strerror": error.strerror}
        ) from None
    translation.activate(language())


def of_database(error: Exception) -> str:
    """What a person can do about an error of the database; empty when it is ours."""
    text = str(error)
    if any(words in text for words in ("no such table", "no such column", "does not exist")):
        return _("数据库还没有建好，请先运行 xieshang demo 或 xieshang serve")
    if "unable to open" in text or "readonly" in text:
        return _("数据库文件打不开或不能写，请检查 XIESHANG_DATA 的权限")
    if any(
        words in text.lower()
        for words in ("connection refused", "connection failed", "could not connect", "couldn't get a connection")
    ):
        return _("连不上数据库，请检查 DATABASE_URL 和数据库服务")
    return ""


def show(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def content(path: str) -> tuple[bytes, str]:
    """(content, name) of a file. Raises Mistake when it cannot be read."""
    file = Path(path)
    try:
        return file.read_bytes(), file.name
    except FileNotFoundError:
        raise Mistake(_("找不到文件“%(path)s”，请检查路径") % {"path": path}) from None
    except IsADirectoryError:
        raise Mistake(_("“%(path)s”是文件夹，请给出一个文件") % {"path": path}) from None
    except OSError as error:
        raise Mistake(_("打不开文件“%(path)s”：%(strerror)s") % {"path": path, "strerror": error.strerror}) from None


def write(path: str, data: bytes) -> None:
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise Mistake(
            _("不能写到“%(path)s”：%(strerror)s，请换一个位置") % {"path": path, "strerror": error.strerror}
        ) from None


def check_output(path: str) -> None:
    """Said before the work is done, not after it."""
    file = Path(path)
    if file.is_dir():
        raise Mistake(_("不能写到“%(path)s”：那是文件夹，请写上文件名") % {"path": path})
    if not file.parent.is_dir():
        raise Mistake(_("不能写到“%(path)s”：没有文件夹“%(parent)s”，请先建好") % {"path": path, "parent": file.parent})
    if not os.access(file if file.exists() else file.parent, os.W_OK):
        raise Mistake(_("不能写到“%(path)s”：没有权限，请换一个位置") % {"path": path})


def moment(text: str | None) -> datetime | None:
    """A day means its end."""
    from xieshang.base import clock

    if not text:
        return None
    try:
        return clock.parse(f"{day(text)}T23:59:59" if len(text) <= 10 else text)
    except ValueError:
        raise Mistake(
            _("“%(text)s”不是日期或时间，请写成 2026-06-30 或 2026-06-30T18:00 这样") % {"text": text}
        ) from None


def period(start: date | None, end: date | None) -> None:
    if start and end and start > end:
        raise Mistake(_("起日晚于止日，请改好 --from 和 --to"))


def day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Mistake(_("“%(text)s”不是日期，请写成 2026-06-30 这样") % {"text": text}) from None


def year_of(args: Args) -> int:
    if not 1990 <= args.year <= 2100:
        raise Mistake(_("年度“%(year)s”不对，请写成四位数的年份") % {"year": args.year})
    return int(args.year)


def unit(code: str) -> Any:
    """The unit of a code."""
    from xieshang.base.orgs.queries import by_code

    found = by_code(code)
    if found is None:
        raise Mistake(_("没有代码为“%(code)s”的单位，xieshang doctor 可以列出全部单位") % {"code": code})
    return found


def settle() -> None:
    """After a write: seal the audit and fold the ledger, as the worker would."""
    from xieshang.base import clock
    from xieshang.base.audit import sealing
    from xieshang.base.ledger import rollup

    sealing.seal_all(clock.now())
    rollup.fold_all()


# --- running -------------------------------------------------------------------------------------------------------------


def serve(args: Args) -> int:
    from . import running

    return running.serve(args)


def worker(args: Args) -> int:
    from . import running

    return running.worker(once=args.once)


def demo(args: Args) -> int:
    from . import running

    return running.demo()


def doctor(args: Args) -> int:
    """Exit 0 whenever it could report."""
    from . import running

    found = running.examine()
    if args.json:
        show(found)
        return 0
    print(_("协商 %(version)s · %(database)s") % {"version": __version__, "database": found["database"]})
    for one in found["orgs"]:
        print(f"  {one['code']:<12} {one['name']}（{one['level']}）")
    for problem in found["problems"]:
        print(f"! {problem}")
    return 0


# --- plans ---------------------------------------------------------------------------------------------------------------


def plan_read(args: Args) -> int:
    from xieshang.documents.reading import read_document
    from xieshang.text.reading import read

    reading = read(read_document(*content(args.file)).text)
    if args.json:
        show(reading.as_json())
        return 0
    for number, document in enumerate(reading.documents, 1):
        print(
            _("%(number)s. %(title)s：%(n)s 项量化任务，%(tasks)s 项定性任务")
            % {
                "number": number,
                "title": document.title or _("（无标题）"),
                "n": len(document.targets),
                "tasks": len(document.tasks),
            }
        )
        for target in document.targets:
            print(f"   · {target.quote}")
    return 0


def plan_import(args: Args) -> int:
    django()
    from xieshang.base import clock
    from xieshang.measure.plans import cli

    data, name = content(args.file)
    made = cli.bring_in(
        unit(args.org),
        year_of(args),
        data,
        name,
        document=args.document,
        accept_sure=args.accept_sure,
        revise=args.revise,
        now=clock.now(),
    )
    settle()
    if args.json:
        show(made)
        return 0
    print(
        _("已导入“%(title)s”：确认 %(n)s 项，待核对 %(open)s 项")
        % {"title": made["title"], "n": len(made["accepted"]), "open": len(made["open"])}
    )
    for mark, items in (("✓", made["accepted"]), ("?", made["open"])):
        for one in items:
            print(f"  {mark} {one['quote']}" + (f" → {one['indicator']}" if one.get("indicator") else ""))
    for pair in made.get("unsure", ()):
        print(
            _("  ! 拿不准是不是同一项，原任务不动，新的另列待核对：%(old)s ／ %(new)s")
            % {"old": "; ".join(pair["old"]), "new": pair["new"]}
        )
    return 0


def plan_corrections(args: Args) -> int:
    django()
    from xieshang.measure.plans import corrections

    check_output(args.output)
    found = corrections.cases(unit(args.org))
    write(args.output, json.dumps({"cases": found}, ensure_ascii=False, indent=1).encode())
    print(_("%(n)s 处改动，已写到 %(output)s") % {"n": len(found), "output": args.output})
    return 0


def plan_show(args: Args) -> int:
    django()
    from xieshang.base import clock
    from xieshang.measure.plans import cli

    found = cli.show(unit(args.org), year_of(args), day(args.on) or clock.today())
    if args.json:
        show(found)
        return 0
    from xieshang.measure.plans import rules

    plans = {one["title"]: one for one in found["plans"]}
    shown = ""
    for one in found["targets"]:
        if one["plan"] != shown:
            shown, plan = one["plan"], plans[one["plan"]]
            source, status = rules.said(rules.SOURCES, plan["source"]), rules.said(rules.STATUSES, plan["status"])
            print(
                _("《%(shown)s》 %(source)s · %(status)s · %(from)s 至 %(to)s")
                % {"shown": shown, "source": source, "status": status, "from": plan["from"], "to": plan["to"]}
            )
        goal = one["goal"]["value"] if one["goal"] else None
        print(
            f"{one['state']:<11} {one['actual'] if one['actual'] is not None else '—'}/{goal if goal is not None else '—'}  {one['quote']}"
        )
    return 0


def plan_write(args: Args) -> int:
    django()
    from . import papers

    check_output(args.output)
    name, data = papers.made(args, unit(args.org), year_of(args), day(args.on))
    write(args.output, data)
    print(_("“%(name)s”已写到 %(output)s") % {"name": name, "output": args.output})
    return 0


# --- activities ----------------------------------------------------------------------------------------------------------


def activities_import(args: Args) -> int:
    django()
    from xieshang.base import clock
    from xieshang.work.activities import sheets

    organization = unit(args.org)
    data, name = content(args.file)
    checked = sheets.read(data, name, organization, clock.today())
    if checked.problems:
        beside = Path(args.file).with_name(_("%(stem)s-错误.xlsx") % {"stem": Path(args.file).stem})
        write(str(beside), sheets.error_file(data, name, checked.problems))
        row, _column, first = checked.problems[0]
        raise Mistake(
            _("有 %(n)s 处不对，什么都没有写入；第 %(row)s 行：%(first)s。逐行原因见“%(name)s”")
            % {"n": len(checked.problems), "row": row, "first": first, "name": beside.name}
        )
    if args.check:
        print(_("检查通过：%(n)s 次活动，没有写入") % {"n": len(checked.rows)})
        return 0
    made = sheets.bring_in(checked, organization, by=None, now=clock.now())
    settle()
    print(_("已登记 %(made)s 次活动") % {"made": len(made)})
    return 0


def activities_template(args: Args) -> int:
    django()
    from xieshang.work.activities import sheets

    check_output(args.output)
    write(args.output, sheets.template())
    print(_("已写到 %(output)s") % {"output": args.output})
    return 0


# --- reports -------------------------------------------------------------------------------------------------------------


def proposals_package_check(args: Args) -> int:
    from .packages import check

    return check(args)


def report_fill(args: Args) -> int:
    django()
    from xieshang.measure.reports import commanding, lastyear

    organization, year = unit(args.org), year_of(args)
    start, end = day(args.start) or date(year, 1, 1), day(args.end) or date(year, 12, 31)
    period(start, end)
    as_of = moment(args.as_of)
    data, name = content(args.file)
    if not name.lower().endswith(".docx"):
        raise Mistake(_("模板“%(name)s”不是 .docx，请用 Word 或 WPS 另存为 .docx 再填") % {"name": name})
    check_output(args.output)
    data = lastyear.emptied(data, start.year).data if args.last_year else data
    filled = commanding.fill(data, organization, start, end, as_of=as_of, clean=args.clean)
    write(args.output, filled.document)
    if args.json:
        show(filled.as_json())
        return 0
    print(
        _("%(blanks)s 处空，填了 %(filled)s 处，留下 %(n)s 处待定；已写到 %(output)s")
        % {"blanks": filled.blanks, "filled": filled.filled, "n": len(filled.left), "output": args.output}
    )
    return 0


def report_check(args: Args) -> int:
    data, name = content(args.file)
    django()
    from . import reports

    return reports.check(data, name, args)


# --- figures -------------------------------------------------------------------------------------------------------------


def figure(args: Args) -> int:
    django()
    from . import figures

    found = figures.answer(args, unit(args.org))
    if args.json:
        show(found)
        return 0
    print("\n".join([found["sentence"], *found["notes"]]))
    for one in found["parts"]:
        print(f"  {one['name']}  {one['value'] if one['value'] is not None else '—'} {one['unit']}")
    return 0


def figures(args: Args) -> int:
    django()
    from . import figures

    found = figures.listed(unit(args.org) if args.org else None)
    if args.json:
        show(found)
        return 0
    for one in found:
        print(f"{one['indicator']:<32} {one['name']}（{one['unit']}）")
    return 0


# --- ledger --------------------------------------------------------------------------------------------------------------


def ledger_list(args: Args) -> int:
    django()
    from xieshang.base.ledger.models import PostedFact

    found = PostedFact.objects.select_related("organization").order_by("id")
    if args.org:
        found = found.filter(organization=unit(args.org))
    if args.kind:
        found = found.filter(kind=args.kind)
    start, end = day(args.start), day(args.end)
    period(start, end)
    if start:
        found = found.filter(on__gte=start)
    if end:
        found = found.filter(on__lte=end)
    for fact in found.iterator():
        row = {
            "id": fact.pk, "org": fact.organization.code, "kind": fact.kind, "on": fact.on.isoformat(), "posted_at": fact.posted_at.isoformat(),
            "quantity": float(fact.quantity), "measure": fact.measure, "person": fact.person_id, "body": fact.body_id, "sector": fact.sector_id,
            "carrier": fact.carrier, "category": fact.category, "outlet": fact.outlet, "record": fact.record, "version": fact.version,
            "reverses": fact.reverses_id, "reason": fact.reason,
        }  # fmt: skip
        print(
            json.dumps(row, ensure_ascii=False)
            if args.json
            else f"{row['on']} {row['kind']:<28} {fact.quantity:>12} {fact.measure} {fact.record}"
        )
    return 0


def document_sample(args: Args) -> int:
    from xieshang.documents.samples import sample

    check_output(args.output)
    write(args.output, sample(args.kind))
    print(_("已写到 %(output)s") % {"output": args.output})
    return 0


def ledger_verify(args: Args) -> int:
    django()
    from xieshang.base.ledger.verify import verify

    report = verify()
    if args.json:
        show(report.__dict__)
    else:
        for text in report.acknowledged:
            print(_("已声明：%(text)s") % {"text": text})
        for text in report.problems:
            print(text)
    if report.problems:
        raise Mistake(
            _("核对不符：%(n)s 处，第一处：%(first)s") % {"n": len(report.problems), "first": report.problems[0]}
        )
    if not args.json:
        print(
            _("核对一致：%(records)s 条记录，%(facts)s 条数据明细，%(entries)s 条审计")
            % {"records": report.records, "facts": report.facts, "entries": report.entries}
        )
    return 0


def ledger_rebuild(args: Args) -> int:
    django()
    from xieshang.base import clock
    from xieshang.base.ledger.verify import rebuild

    if not args.reason.strip():
        raise Mistake(_("还没有写理由，请用 --reason 写明"))
    reversed_, posted = rebuild(reason=args.reason, now=clock.now())
    settle()
    print(_("更正 %(reversed)s 条，补计 %(posted)s 条") % {"reversed": reversed_, "posted": posted})
    return 0
