"""The verbs of the audit in words: what a person reads where the trail says `activities.correct`."""

from django.utils.translation import gettext_lazy as _

from xieshang.base import registry
from xieshang.work.proposals import telling as proposals

VERBS = {
    "accounts.log_in": _("登录"), "accounts.make": _("建账号"), "accounts.password": _("改密码"), "accounts.close": _("停用账号"),
    "accounts.issue_code": _("发登录码"), "accounts.code_dead": _("登录码作废"), "accounts.remember": _("记住手机"), "accounts.forget": _("移除手机"),
    "accounts.hand_over": _("交接"), "plans.hand_over": _("交接任务"), "reports.hand_over": _("交接报告"),
    "accounts.grant": _("授权"), "accounts.revoke": _("收回授权"), "orgs.add": _("增加单位"), "orgs.add_body": _("增加机构"),
    "orgs.end_body": _("撤销机构"), "orgs.add_term": _("登记届次"), "orgs.add_session": _("登记全会"), "orgs.move_session": _("改全会日期"), "people.add": _("登记人员"),
    "people.amend": _("更正个人信息"), "people.change_phone": _("改手机号"), "people.seat": _("任委员"), "people.end": _("免去委员资格"), "people.join": _("任职"), "people.leave": _("离任"),
    "calendar.set_day": _("调整工作日"), "settings.set": _("改规则"), "ledger.lock": _("锁定时期"), "ledger.rebuild": _("补正数据明细"),
    "ledger.verify": _("核对数据明细"), "ledger.ask_check": _("要求核对数据明细"), "web.feedback": _("提意见"), "paperwork.ask": _("送签"), "paperwork.approve": _("同意"), "paperwork.refuse": _("不同意"),
    "paperwork.enter_approved": _("代录签批：同意"), "paperwork.enter_refused": _("代录签批：不同意"), "paperwork.withdraw": _("撤回送签"), "paperwork.close": _("知悉未同意"),
    "notices.telephone": _("电话通知"), "notices.not_telephoned": _("撤销电话通知"), "activities.record": _("登记活动"), "activities.correct": _("更正活动"),
    "activities.plan": _("排定活动"), "activities.hold": _("登记为已开展"), "activities.postpone": _("活动延期"), "activities.cancel": _("取消活动"),
    "activities.merge": _("认作同一次活动"), "activities.claim": _("认领联办活动"), "activities.decline": _("不认领联办活动"), "activities.agree": _("同意更改联办活动的数字"),
    "activities.void": _("作废活动"), "activities.arrange": _("整理案卷"), "activities.faces": _("标明面部照片"), "activities.import": _("导入活动"), "registers.record": _("登记"), "registers.correct": _("更正"),
    "registers.void": _("作废"), "registers.carry_over": _("转出"), "registers.report_for": _("代报"), "registers.report": _("上报"), "registers.amend": _("补充"), "registers.confirm": _("核实"),
    "registers.send_back": _("退回"), "registers.resubmit": _("再报"), "registers.give_up": _("撤销"), "registers.assign": _("交办"),
    "registers.solve": _("办结：已解决"), "registers.shelve": _("办结：暂难解决"), "registers.take_up": _("重新办理"), "registers.reveal": _("看了不外露的内容"),
    "registers.draft": _("存登记草稿"), "registers.make": _("建登记簿"), "registers.edit": _("改登记簿"), "registers.close": _("停用登记簿"),
    "registers.reopen": _("重新启用登记簿"), "registers.import": _("导入登记"), "plans.import": _("导入计划"), "plans.revise": _("导入修订稿"),
    "plans.edit": _("改计划"), "plans.settle": _("登记文稿状态"), "plans.put_in_force": _("启用计划"), "plans.close": _("结束计划"), "plans.withdraw": _("撤回计划"),
    "plans.read": _("识别任务"), "plans.accept": _("确认任务"), "plans.correct": _("修改任务"), "plans.reread": _("重新识别"), "plans.split": _("拆分任务"), "plans.add": _("补上任务"),
    "plans.merge": _("合并任务"), "plans.drop": _("不作任务"), "plans.restore": _("恢复任务"), "plans.reopen": _("退回核对"), "plans.change": _("调整任务"),
    "plans.start_revision": _("开始修订"), "plans.pair": _("配对修订稿"), "plans.apply_revision": _("采用修订稿"), "plans.drop_revision": _("不用修订稿"),
    "plans.carry_out": _("结转任务"), "plans.carry_in": _("收进结转的任务"), "plans.carry_back": _("取消结转"), "plans.hand_down": _("分解任务"),
    "plans.reshare": _("改分解"), "plans.take_back": _("收回分解"), "plans.receive": _("收到上级分解"), "plans.receive_target": _("收到分解的任务"),
    "plans.object": _("对分解提出异议"), "plans.withdraw_target": _("调出任务"), "plans.reinstate": _("调回任务"), "plans.progress": _("填写进展"), "reports.start": _("起草报告"),
    "reports.answer": _("填写报告"), "reports.refresh": _("更新报告的数"), "reports.finish": _("报告定稿"), "reports.drop": _("作废报告"),
    "reports.send_up": _("报告送审"), "reports.remark": _("提审改意见"), "reports.settle": _("处理审改意见"),
    "reports.upload": _("上传报告模板"), "reports.replace": _("换报告模板"), "reports.retire": _("停用报告模板"), "reports.use_again": _("重新启用报告模板"),
    "ledger.keep_card": _("存看板卡片"), "ledger.drop_card": _("移走看板卡片"),
    "earlier.record": _("补录历年数据"), "earlier.correct": _("更正历年数据"), "earlier.void": _("作废历年数据"),
    "saved.keep": _("存下常用筛选"), "saved.rename": _("常用筛选改名"), "saved.default": _("设为默认筛选"), "saved.drop": _("删除常用筛选"),
    **proposals.VERBS,
    "submissions.send": _("报送"), "submissions.accept": _("接收报送"), "submissions.return": _("退回报送"), "submissions.choose": _("选报送的统计项"),
}  # fmt: skip


def said(verb: str) -> str:
    """The words for a verb; a verb that nobody named is shown as it is."""
    return str(VERBS.get(verb, verb))


THINGS = {
    "accounts.user": _("账号"),
    "orgs.organization": _("单位"),
    "orgs.body": _("机构"),
    "orgs.term": _("届次"),
    "orgs.session": _("全体会议"),
    "people.person": _("人员"),
}


def thing(record: str) -> str:
    """“plans.target:194” → “任务 194”: what it is, and its number; never its title, which not everyone who reads the audit may see."""
    name, _colon, number = record.partition(":")
    kind = THINGS.get(name) or (registry.KINDS[name].title if name in registry.KINDS else name)
    return f"{kind} {number}".strip()
