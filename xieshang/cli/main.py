"""`xieshang`: the command line. It parses, calls the pages' own actions, and prints; exit 0 done, 2 a person can put it right, 1 our fault."""

import argparse
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from xieshang.documents.samples import SAMPLES

from . import commands
from .words import N_, _

EXAMPLES = {
    "serve": "xieshang serve --port 8000",
    "worker": "xieshang worker --once",
    "demo": "XIESHANG_DEMO_PASSWORD=… xieshang demo",
    "doctor": "xieshang doctor --json",
    "plan read": "xieshang plan read 计划.txt --json",
    "plan import": "xieshang plan import 计划.docx --org qingshi --year 2026 --document 2 --accept-sure",
    "plan corrections": "xieshang plan corrections --org qingshi -o 改动.json",
    "plan show": "xieshang plan show --org qingshi --year 2026 --on 2026-06-30 --json",
    "plan write": "xieshang plan write bulletin --org yunling --year 2026 -o 通报.docx",
    "activities import": "xieshang activities import 活动.xlsx --org qingshi --check",
    "activities template": "xieshang activities template -o 活动.xlsx",
    "proposals package check": "xieshang proposals package check 归档.zip --json",
    "report fill": "xieshang report fill 去年的总结.docx --org yunling --year 2026 -o 今年的总结.docx",
    "document sample": "xieshang document sample report -o 报告.docx",
    "report check": "xieshang report check 退回的总结.docx --json",
    "figure": "xieshang figure 今年走访企业 --org yunling --by month",
    "figures": "xieshang figures --json",
    "ledger list": "xieshang ledger list --org qingshi --kind activities.held --from 2026-01-01 --to 2026-06-30",
    "ledger verify": "xieshang ledger verify",
    "ledger rebuild": "xieshang ledger rebuild --reason 数据修复",
}


PAPERS = ("bulletin", "half", "year", "five_years")


class Parser(argparse.ArgumentParser):
    """Says in one line what it could not understand, and where the help is."""

    def error(self, message: str) -> NoReturn:
        for pattern, words in SAID:
            if found := re.search(pattern, message):
                message = _(words).format(*found.groups())
                break
        self.exit(2, _("%(message)s；用法见 %(prog)s --help\n") % {"message": message, "prog": self.prog})


SAID = (
    (r"the following arguments are required: (.*)", N_("还缺 {0}")),
    (
        r"argument --by: invalid choice: '?([^']*)'? ",
        N_("--by 不能是“{0}”，可以是 body、sector、party、person 或 month"),
    ),
    (
        r"argument KIND: invalid choice: '?([^']*)'? \(choose from '?bulletin'?, '?half",
        N_("没有“{0}”这种文稿，可以是 bulletin、half、year、five_years"),
    ),
    (
        r"argument KIND: invalid choice: '?([^']*)'? ",
        N_(
            "没有“{0}”这种公文，可以是 report、notice、letter、minutes、special_report、bulletin、opinion、proposal、joint_report、sign_in、name_list、breakdown"
        ),
    ),
    (r"invalid choice: '?([^']*)'? ", N_("没有“{0}”这个命令")),
    (r"argument (\S+): invalid int value: '(.*)'", N_("{0} 要写整数，“{1}”不是")),
    (r"argument (\S+): expected one argument", N_("{0} 后面要写一个值")),
    (r"unrecognized arguments: (.*)", N_("不认识“{0}”")),
    (r"ambiguous option: (\S+)", N_("“{0}”写得太短，请写全")),
)


def parser() -> Parser:
    """The whole command line, each command with its example in `--help`."""
    top = Parser(prog="xieshang", description=_("协商：计划成目标，工作记一次，报告自己写。"))
    sub = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    groups: dict[str, argparse._SubParsersAction[Parser]] = {"": sub}

    def within(group: str) -> "argparse._SubParsersAction[Parser]":
        if group not in groups:
            above, _space, word = group.rpartition(" ")
            parent = within(above).add_parser(word, help=_(GROUPS[group]))
            groups[group] = parent.add_subparsers(dest=f"{word}_command", required=True, metavar="COMMAND")
        return groups[group]

    def add(name: str, help_: str) -> Parser:
        group, _space, verb = name.rpartition(" ")
        made = within(group).add_parser(
            verb, help=help_, description=help_, epilog=_("例如：%(example)s") % {"example": EXAMPLES[name]}
        )
        made.set_defaults(run=getattr(commands, name.replace(" ", "_")))
        return made

    one = add("serve", _("启动网站：迁移数据库、准备静态文件、看护后台任务"))
    one.add_argument("--host", default="127.0.0.1")
    one.add_argument("--port", type=int, default=None, help=_("默认取 PORT，否则 8000"))
    one.add_argument("--demo", action="store_true", help=_("数据库为空时先建演示县，并显示演示账号"))
    one = add("worker", _("后台任务：封存审计、汇总数据明细"))
    one.add_argument("--once", action="store_true", help=_("做一遍就退出"))
    add("demo", _("在空的数据目录里建演示县；已有数据时不改动"))
    one = add("doctor", _("检查安装：版本、数据库、单位、问题"))
    one.add_argument("--json", action="store_true")

    one = add("plan read", _("读一份计划，列出识别出的任务（不需要数据库）"))
    one.add_argument("file", help=_("Word、WPS、有文字的 PDF、Excel 表格或文本"))
    one.add_argument("--json", action="store_true")
    one = add("plan import", _("导入计划"))
    one.add_argument("file", help=_("Word、WPS、有文字的 PDF、Excel 表格或文本"))
    _unit_and_year(one)
    one.add_argument("--document", type=int, metavar="N", help=_("文件里的第几份文稿，从 1 数起"))
    one.add_argument("--accept-sure", action="store_true", help=_("确认有把握的，其余留待逐项核对"))
    one.add_argument("--revise", action="store_true", help=_("同一份文稿已导入过，作为修订稿再导入"))
    one.add_argument("--json", action="store_true")
    one = add("plan corrections", _("导出核对计划时的改动：原句、怎么读的、改成什么，不含姓名"))
    one.add_argument("--org", required=True, metavar="C")
    one.add_argument("-o", "--output", required=True, metavar="FILE.json")
    one = add("plan show", _("一个单位一年的全部任务和进度"))
    _unit_and_year(one)
    one.add_argument("--on", metavar="DATE", help=_("截至哪一天，默认今天"))
    one.add_argument("--json", action="store_true")

    one = add("plan write", _("由计划起草：工作进展通报、半年小结、年终总结、五年回顾"))
    one.add_argument("kind", metavar="KIND", choices=PAPERS, help=", ".join(PAPERS))
    _unit_and_year(one)
    one.add_argument("-o", "--output", required=True, metavar="OUT.docx")
    one.add_argument("--on", metavar="DATE", help=_("截至哪一天，默认今天"))
    one.add_argument("--plan", type=int, metavar="ID", help=_("小结和总结是哪一份计划的，默认自定的那一份"))
    one.add_argument("--issue", type=int, metavar="N", help=_("通报的期号，默认接着上一期"))
    one.add_argument("--clean", action="store_true", help=_("清稿：不带批注"))

    one = add("activities import", _("从 .xlsx 导入活动：先整份检查，有一行不对就都不写"))
    one.add_argument("file")
    one.add_argument("--org", required=True, metavar="C")
    one.add_argument("--check", action="store_true", help=_("只检查，不写入"))
    one = add("activities template", _("活动导入表样"))
    one.add_argument("-o", "--output", required=True, metavar="FILE.xlsx")

    one = add("proposals package check", _("核对归档包是否完整：逐件比对 SHA-256（不需要数据库）"))
    one.add_argument("file")
    one.add_argument("--json", action="store_true")

    one = add("report fill", _("把去年的总结作为模板，填上数据明细里有的数"))
    one.add_argument("file")
    _unit_and_year(one)
    one.add_argument("-o", "--output", required=True, metavar="OUT.docx")
    one.add_argument("--from", dest="start", metavar="DATE", help=_("统计起日，默认年初"))
    one.add_argument("--to", dest="end", metavar="DATE", help=_("统计止日，默认年末"))
    one.add_argument("--as-of", metavar="DATE", help=_("截至哪一刻已知的数"))
    one.add_argument("--clean", action="store_true", help=_("清稿：不带批注"))
    one.add_argument("--last-year", action="store_true", help=_("文件是去年的定稿：数换成空处，年份往后推"))
    one.add_argument("--json", action="store_true")

    one = add("report check", _("核对退回来的报告：哪些数不再是留底的数，哪些从来不在数据明细里"))
    one.add_argument("file")
    one.add_argument("--code", default="", metavar="XXXX-XXXX", help=_("核对码；文件里印着的不用写"))
    one.add_argument("--json", action="store_true")

    one = add("document sample", _("写一份公文样例（内容虚构）：版式按 GB/T 9704-2012"))
    one.add_argument("kind", metavar="KIND", choices=tuple(SAMPLES), help=", ".join(SAMPLES))
    one.add_argument("-o", "--output", required=True, metavar="F.docx")

    one = add("figure", _("查数：一个统计项在一段时间里的数、明细和一句可以复制的话"))
    one.add_argument("indicator", metavar="INDICATOR|WORDS", help=_("统计项代码，或一句话：今年走访企业"))
    one.add_argument("--org", required=True, metavar="C", help=_("单位代码（xieshang doctor 可查）"))
    one.add_argument("--from", dest="start", metavar="DATE", help=_("起日，默认年初"))
    one.add_argument("--to", dest="end", metavar="DATE", help=_("止日，默认今天"))
    one.add_argument("--by", choices=("body", "sector", "party", "person", "month"), help=_("分列"))
    one.add_argument("--as-of", metavar="DATE", help=_("截至哪一刻已知的数"))
    one.add_argument("--json", action="store_true")
    one = add("figures", _("列出统计项"))
    one.add_argument("--org", metavar="C", help=_("只列一个单位的"))
    one.add_argument("--json", action="store_true")

    one = add("ledger list", _("列出数据明细"))
    one.add_argument("--org", metavar="C")
    one.add_argument("--kind", metavar="KIND")
    one.add_argument("--from", dest="start", metavar="DATE")
    one.add_argument("--to", dest="end", metavar="DATE")
    one.add_argument("--json", action="store_true")
    one = add("ledger verify", _("核对：重放全部记录，与数据明细逐条比对，并检查审计链"))
    one.add_argument("--json", action="store_true")
    one = add("ledger rebuild", _("把与记录不符的差额补正（只增不删）"))
    one.add_argument("--reason", required=True)
    return top


GROUPS = {
    "plan": N_("计划"),
    "activities": N_("活动"),
    "proposals": N_("提案"),
    "proposals package": N_("归档包"),
    "report": N_("报告编制"),
    "document": N_("公文"),
    "ledger": N_("数据明细"),
}


def _unit_and_year(one: Parser) -> None:
    one.add_argument("--org", required=True, metavar="C", help=_("单位代码（xieshang doctor 可查）"))
    one.add_argument("--year", required=True, type=int, metavar="Y")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    args = parser().parse_args(argv)
    try:
        return int(args.run(args) or 0)
    except commands.personal() as error:
        print(commands.sentence(error), file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if type(error).__module__.startswith(("django.db", "psycopg")) and (said := commands.of_database(error)):
            print(said, file=sys.stderr)
            return 2
        raise


if __name__ == "__main__":
    sys.exit(main())
