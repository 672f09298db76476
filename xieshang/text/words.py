"""The verbs of the trade, and the action, object and actor of a clause. Informative: shown to a clerk, who may correct them."""

from __future__ import annotations

import re


def any_of(words: str) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(sorted(set(words.split()), key=lambda word: (-len(word), word)))


VERBS = (
    "开展 收到 组织 召开 举办 举行 形成 完成 提交 报送 上报 撰写 编印 编发 编报 编写 编撰 编辑 出版 印发 发放 发布 发送 刊发 刊登 发表 "
    "走访 慰问 联系 服务 帮扶 结对 资助 捐助 捐赠 救助 帮助 培训 学习 讲授 宣讲 调研 视察 考察 协商 督办 督查 督导 检查 调度 通报 "
    "公示 反馈 答复 办复 办结 办理 交办 立案 征集 收集 反映 推荐 遴选 评选 评出 评议 表彰 考核 考评 建立 健全 完善 建成 建设 建有 "
    "新建 改造 打造 培育 创建 创成 成立 组建 配备 招募 邀请 参加 参与 出席 列席 安排 确定 明确 制定 制订 修订 出台 落实 推进 推动 "
    "促成 促进 引进 引资 筹集 募集 争取 协调 解决 化解 调解 处理 整改 跟踪 监督 听取 审议 研究 分析 讨论 谈心 谈话 约谈 接待 开放 "
    "入户 巡查 排查 摸底 发展 培养 吸收 转正 报告 汇报 述职 领办 领衔 认领 选派 选树 选出 提出 提供 提升 提高 降低 压减 控制 保持 "
    "达到 实现 新增 增加 开发 拥有 签订 签约 搭建 设立 设置 开设 制作 拍摄 播出 推送 更新 上线 启动 部署 动员 总结 归档 验收 评估 "
    "测评 转化 采纳 采用 落地 覆盖 扩大 拓展 深化 深入 加强 强化 优化 规范 创新 探索 支持 鼓励 引导 发动 宣传 普及 推广 书写 固定 "
    "举荐 交流 座谈 研讨 观摩 轮训 授课 讲党课 述评 登记 公开 受理 汇总 梳理 包联 挂钩 联动 聘请 聘任 选聘 增设 增补 承办 主办 "
    "协办 实施 执行 抓好 做好 办好 开好 搞好 用好 管好 保障 确保 沟通 对接 辅导 缴纳 补助 奖励 撰稿 发稿 投稿 下沉 驻点 值班 值守 "
    "巡逻 清理 整治 植树 体检 免费 就业 创业 销售 带动 采购 种植 安装 更换 绘制 设计 策划 编制 起草 送达 交付 支付 拨付 投入 对账 "
    "联办 共办 进行 选准 召集 主持 解释 修改 选举 决定 备案 报备 上墙 竣工 完工 开工 动工 投用 使用 推出 承接 孵化 承诺 兑现 上门 "
    "探访 看望 陪伴 结题 跟进 回访 回头看 评定 认定 命名 授牌 挂牌 申报 申请 创办 联合 牵头 负责 协助 配合 指导 讲评 点评 抽查 "
    "评查 核查 盘点 复盘 巩固 拟定 草拟 审定 约访 接访 下访 压缩 节约 节省 减少 增强 转发 编排 展示 展出 展览 演出 录制 公布 坐班 坐诊 轮值 张榜 报账 清查 会商 碰头 议事 编纂 审查 审计 征求 拿出 提请 送审 定稿 交稿 付印 揭牌 开馆 开班 开课 选定 摸清 摸排 收官 "
    "前往 走进 挂职 轮岗 竞赛 换届 补选 增选 复核 复查 复审 会审 初审 终审 评审 演练 测试 普查 采集 "
    "录入 上传 分解 分发 派发 张贴 悬挂 布置 装修 修缮 修建 修复 翻修 维修 铺设 硬化 疏浚 清淤 拆除 "
    "搬迁 入驻 进驻 收缴 收取 收齐 兑付 印制 印刷 校对 审核 审读 签发 签署 呈报 呈送 递交 转交 移交 "
    "移送 整理 推选 推介 评比 观看 收看 参观 祭扫 缅怀 重温 诵读 精读 研读 自学 补课 主讲 解读 答疑 "
    "访谈 家访 暗访 函询 表扬 颁发 颁奖 授予 改版 扩建 补充 投放 见面 结清 付清 划拨 认购 帮销 代办 "
    "交流发言 发言 摸查 研判 会诊 把脉 集中 碰面 遍访 包抓 包保 包干 领题 破题 结项 开题 中标 招标 签到 "
    "打卡 评优 选优 复工 扫尾 收尾 总装 试行 试点 运行 启用 挂出 贴出 建档 立卡 造册 存档 入库 出库 "
    "转办 分办 批办 催办 查办 销号 清零 见效 落成 奠基 封顶 通车 通水 通电 供暖"
)
SINGLE = "讲 办 报 交 建 打 送 访 写 评 选 设 订 缴 听 看 走 谈 参 上 做 作 用 占 达 开 发"
VERB = re.compile(any_of(VERBS))
ONE = re.compile(any_of(SINGLE))
NOUNS = "报告 总结 汇报 学习 培训 调研 视察 考察 讲授 座谈 研讨 交流 评议 监督 轮训 体检 协商 宣传 发展 创业 就业 接待"  # mostly the object of another verb
WEAK = "加强 深入 促进 推动 推进 确保 保障 组织 参与 参加 服务 支持 工作 发展 学习 联系 创新 规范 免费 就业 创业 培训 调研 宣传 协商"
INTENTION = (
    "开展 组织 加强 强化 完善 建立 健全 推进 推动 做好 抓好 落实 深化 拓展 坚持 围绕 发挥 提升 提高 优化 规范 创新 探索 促进 支持 "
    "引导 严格 办好 搭建 打造 扩大 丰富 改进 充分发挥 切实 认真 扎实 积极 进一步 全面 继续 努力 密切 严肃 注重 突出 聚焦 服务 广泛 "
    "制定 修订 抓 讲好 精心 关注 参加 举办 召开 加大 增强 巩固 持续 统筹 协助 配合 压实 把好 营造 凝聚 弘扬 培育 建设 推行 更新 "
    "提供"
)
INTENT = re.compile(any_of(INTENTION))

FILLER = re.compile(
    r"不(?:得|能)?(?:少|低|小|下)于|不(?:得|能)?(?:超过|多于|高于)|至少|最少|最多|力争|争取|确保|达到|达(?!标)|控制在|保持在|约|近|一般|要|应当|应(?=当|做|达|不)|须|再|拟|共|各|均为|为|了|"
    r"全年|年内|今年|每年|每季度|每半年|每两个月|每个?月|每周|每天|人均|以上|以内|左右|第[一二三四]季度"
)
NOUN_TAIL = re.compile(
    "率|度|面(?!向|对)|会(?!议)|单位|点|组|总[量数]|中心|员|者|报告|制度|机制|课题|成果|班|信息"
)  # 立案率, 协商会: no verb
STRIP = "的各约近为达占在了将要并及和与再拟共须应，、"
ACTOR = re.compile(
    r"(?P<actor>(?:每名|每位|每个|各|由)?[^，。；：、\d]{0,14}?(?:委员会|专委会|委员|党组|党支部|支部|工委|办公室|专委|小组|活动组|成员|单位|部门|党员|干部|工作者|网格员|联络室|志愿者|社区|街道|书记|机关|常委会|主席会议|工作室|每组))"
    r"(?=每|全年|年内|要|应|须|至少|人均|不得|\d|一季度|上半年|围绕|组织|开展|负责)"
)


def verb(clause: str, before: int | None = None) -> re.Match[str] | None:
    """The verb of the clause: the last strong one before the number, else the first of all."""
    found = [m for m in VERB.finditer(clause) if not NOUN_TAIL.match(clause, m.end())]
    if not found:
        return None
    if before is None:
        return found[0]
    ahead = [m for m in found if m.end() <= before]
    strong = [m for m in ahead if m[0] not in WEAK and m[0] not in NOUNS]
    plain = [m for m in ahead if m[0] not in NOUNS]
    return (strong or plain or ahead or found)[-1 if strong else 0]


def has_verb(clause: str) -> bool:
    return bool(VERB.search(clause) or ONE.search(clause))


def action_and_object(clause: str, number: tuple[int, int] | None) -> tuple[str | None, str | None]:
    """What is done to what. `number` is the place of the quantity in the clause."""
    found = verb(clause, number[0] if number else None)
    action = found[0] if found else None
    if number is None:
        return action, _tidy(clause[found.end() :] if found else clause)
    begin = found.end() if found and found.end() <= number[0] else 0
    ahead, after = _tidy(clause[begin : number[0]]), _tidy(clause[number[1] :])
    subject = _tidy(clause[: found.start()]) if found else None
    return action, next(
        (words for words in (ahead, after, subject) if words and len(words) >= 2), ahead or after or action
    )


def _tidy(piece: str) -> str | None:
    plain = FILLER.sub("", piece).strip(STRIP).strip("（(）)“”" if piece.count("“") != piece.count("”") else "")
    return plain[:40] or None


def actor(clause: str) -> str | None:
    found = ACTOR.match(clause)
    return found["actor"].removeprefix("由") if found else None
