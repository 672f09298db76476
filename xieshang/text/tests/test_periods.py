import pytest

from xieshang.text.periods import deadline, per, period

PERIODS = [
    ("每年召开一次", "year"),
    ("年均开发岗位", "year"),
    ("一年一次的述职", "year"),
    ("每半年报告一次", "half_year"),
    ("每季度召开一次", "quarter"),
    ("每季末公示一次", "quarter"),
    ("每两个月一次", "two_months"),
    ("每2个月一次", "two_months"),
    ("双月开展活动", "two_months"),
    ("每个月一次", "month"),
    ("每月底通报", "month"),
    ("每周一召开例会", "week"),
    ("每天不少于1小时", "day"),
    ("每届不少于2件", "term"),
    ("届内至少领办1件", "term"),
    ("每次全体会议期间通报", "session"),
    ("全年不少于6次", None),  # once in the plan's own period
    ("年内组织2次", None),
    ("每次会议不超过2个议题", None),
]
PERS = [
    ("人均提交提案1件", "member"),
    ("每名委员联系群众5户", "member"),
    ("每位政协委员撰写信息", "member"),
    ("每名常委领衔1项", "member"),
    ("每名党员参加志愿服务", "person"),
    ("每位机关干部下沉一线", "person"),
    ("支委每人联系3户", "person"),
    ("每人发言不超过8分钟", "person"),
    ("每个企业吸纳2人", "unit"),
    ("每个专委会组织调研", "group"),
    ("每个界别小组开展活动", "group"),
    ("各联络室每季度接待一次", "group"),
    ("各支部组织学习", "group"),
    ("每个社区建有1个议事厅", "community"),
    ("各村（社区）每月开展协商", "community"),
    ("每个镇建有1个广场", "community"),
    ("各界人士参加", None),
    ("各级政协组织", None),
    ("各不少于4次", None),
    ("每个议题成立1个调研组", None),
    ("每季度对党员进行一次考察", None),  # 每季度 is no 每名党员
]
DEADLINES = [  # text, (date, a limit?)
    ("6月底前完成整改", ("06-30", True)),
    ("2月底前印发", ("02-28", True)),
    ("11月30日前上报", ("11-30", True)),
    ("于12月20日之前召开", ("12-20", True)),
    ("十月底前提交报告", ("10-31", True)),
    ("2026年6月底前建成", ("2026-06-30", True)),
    ("二〇二六年三月底前建成", ("2026-03-31", True)),
    ("到2027年建成", ("2027-12-31", True)),
    ("2028年前建成", ("2028-12-31", True)),
    ("上半年举办培训", ("06-30", False)),
    ("下半年举办培训", ("12-31", False)),
    ("一季度完成交办", ("03-31", False)),
    ("第三季度开展评估", ("09-30", False)),
    ("二季度末前组织评议", ("06-30", True)),
    ("年底前出版", ("12-31", True)),
    ("5月召开会议", ("05-31", False)),
    ("6月下旬召开会议", ("06-30", False)),
    ("9月中旬前提交", ("09-20", True)),
    ("7月至9月开展巡查", ("09-30", False)),
    ("次年1月10日前完成", ("01-10", True)),
    ("__月底前召开", (None, True)),  # a blank month
    ("x月x日前报送", (None, True)),
    ("每年11月30日前提交", ("11-30", True)),
]
NO_DEADLINE = [
    "每月20日开展活动",
    "自2026年1月1日起施行",
    "截至10月底",
    "上半年工作情况",
    "三个月内办复",
    "2025－2027年新增岗位",
    "一年内完成",
    "全年组织4次",
    "去年5月以来",
]


@pytest.mark.parametrize("text, name", PERIODS)
def test_how_often(text, name):
    found = period(text)
    assert (found.name if found else None) == name


@pytest.mark.parametrize("text, name", PERS)
def test_for_each_of_what(text, name):
    assert per(text) == name


@pytest.mark.parametrize("text, expected", DEADLINES)
def test_until_when(text, expected):
    found = deadline(text)
    assert found is not None
    assert (found.date, found.by) == expected


@pytest.mark.parametrize("text", NO_DEADLINE)
def test_what_is_no_deadline(text):
    assert deadline(text) is None
