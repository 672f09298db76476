"""What careful reading of more of the genre taught: one rule a row, in sentences written for the project."""

import pytest

from xieshang.text.reading import read

from .test_targets import targets_of


def said(text):
    (document,) = read(text).documents
    return document


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("例会一般不超过半天。", [("例会一般不超过半天", {"op": "at_most", "value": 0.5, "unit": "天"})]),
        ("在市级媒体发稿8篇（条）以上。", [("在市级媒体发稿8篇（条）以上", {"op": "at_least", "value": 8, "unit": "篇"})]),
        (
            "每位委员接待群众不少于3次，收集意见建议4条以上。",  # 收集意见 is a verb with its object, no noun
            [
                ("每位委员接待群众不少于3次", {"op": "at_least", "value": 3, "unit": "次", "per": "member"}),
                ("收集意见建议4条以上", {"op": "at_least", "value": 4, "unit": "条", "per": "member"}),
            ],
        ),
        (
            "每名委员至少提交1件提案或3条信息。",  # 至少 holds for both
            [
                ("每名委员至少提交1件提案或3条信息", {"op": "at_least", "value": 1, "unit": "件", "per": "member"}),
                ("每名委员至少提交1件提案或3条信息", {"op": "at_least", "value": 3, "unit": "条", "per": "member"}),
            ],
        ),
        ("对无故缺席三次以上的委员，由小组提醒。", []),
        ("对年度得分排名后3位的委员进行约谈。", []),
        ("党员委员与党外委员1对1以上结对。", []),
        ("按照“每月一课、每季一考”的要求，组织委员学习6次。", [("组织委员学习6次", {"op": "exactly", "value": 6, "unit": "次"})]),
        ("办结率由60%提升到80%以上。", [("办结率由60%提升到80%以上", {"op": "at_least", "value": 80, "unit": "%"})]),
        ("五年累计征集提案900件以上。", [("五年累计征集提案900件以上", {"op": "at_least", "value": 900, "unit": "件", "period": "term"})]),
        ("召开全体会议1次（2月份）。", [("召开全体会议1次（2月份）", {"op": "exactly", "value": 1, "unit": "次", "deadline": "02-28"})]),
        (
            "4月底前完成选题，8月底前完成初稿，每个专委会提交1篇。",  # the newest date holds on
            [
                ("4月底前完成选题", {"deadline": "04-30"}),
                ("8月底前完成初稿", {"deadline": "08-31"}),
                ("每个专委会提交1篇", {"op": "exactly", "value": 1, "unit": "篇", "per": "group", "deadline": "08-31"}),
            ],
        ),
        (
            "每名委员提出建议1条以上，召开评议会一次。",  # nobody calls a meeting alone
            [
                ("每名委员提出建议1条以上", {"op": "at_least", "value": 1, "unit": "条", "per": "member"}),
                ("召开评议会一次", {"op": "exactly", "value": 1, "unit": "次"}),
            ],
        ),
        ("每支服务队每季度至少活动1次。", [("每支服务队每季度至少活动1次", {"op": "at_least", "value": 1, "unit": "次", "period": "quarter", "per": "group"})]),
        ("审批时限压缩到一个半月以内。", [("审批时限压缩到一个半月以内", {"op": "at_most", "value": 1.5, "unit": "月"})]),
        ("每名社员旷课最多三回。", [("每名社员旷课最多三回", {"op": "at_most", "value": 3, "unit": "回", "per": "person"})]),
        ("视频点击量突破6万。", [("视频点击量突破6万", {"op": "at_least", "value": 60000})]),
        ("9月底前上线提案系统3.0版。", [("9月底前上线提案系统3.0版", {"deadline": "09-30"})]),  # no quantity
        ("定稿不迟于11月12日。", [("定稿不迟于11月12日", {"deadline": "11-12"})]),  # a deadline may end its clause
        ("紧盯河道、塘坝、沟渠三个领域开展视察。", []),  # the number counts the words before it
        ("突出强基、提质两个重点。", []),
        ("一条主线、三个载体、四支队伍。", []),
        ("今年着重办好四件事：一是走访企业9家；二是编印简报6期。", [
            ("走访企业9家", {"op": "exactly", "value": 9, "unit": "家"}),
            ("编印简报6期", {"op": "exactly", "value": 6, "unit": "期"}),
        ]),
        ("现对上半年调研作如下安排。", []),
        ("满意率未达80%的小组不予推荐。", []),  # a condition
        ("全镇现辖11个村、3个社区，全年走访企业9家。", []),  # standing numbers
        ("每月逢集日的次日公布账目。", [("每月逢集日的次日公布账目", {"op": "exactly", "value": 1, "period": "month"})]),
        ("理事每年向会员大会述职。", [("理事每年向会员大会述职", {"op": "exactly", "value": 1, "period": "year"})]),
        ("半年召开一次恳谈会。", [("半年召开一次恳谈会", {"op": "exactly", "value": 1, "unit": "次", "period": "half_year"})]),
        ("年中、年末各通报一次。", [("年中、年末各通报一次", {"op": "exactly", "value": 1, "unit": "次", "period": "half_year"})]),
        (
            "每名网格员包联30户，每天巡查不少于两趟，每周记台账1份。",  # whoever it is for does it daily
            [
                ("每名网格员包联30户", {"op": "exactly", "value": 30, "unit": "户", "per": "person"}),
                ("每天巡查不少于两趟", {"op": "at_least", "value": 2, "unit": "趟", "period": "day", "per": "person"}),
                ("每周记台账1份", {"op": "exactly", "value": 1, "unit": "份", "period": "week", "per": "person"}),
            ],
        ),
        (
            "每个乡镇来两名代表，司机不超过1名。",  # what belongs to each of them
            [
                ("每个乡镇来两名代表", {"op": "exactly", "value": 2, "unit": "名", "per": "community"}),
                ("司机不超过1名", {"op": "at_most", "value": 1, "unit": "名", "per": "community"}),
            ],
        ),
        (
            "每季度走访不少于一次，一次至少看四个点。",  # each time, which is no quantity
            [
                ("每季度走访不少于一次", {"op": "at_least", "value": 1, "unit": "次", "period": "quarter"}),
                ("一次至少看四个点", {"op": "at_least", "value": 4, "unit": "个"}),
            ],
        ),
        (
            "委员人均撰稿2篇，同一作者入选最多1篇。",
            [
                ("委员人均撰稿2篇", {"op": "exactly", "value": 2, "unit": "篇", "per": "member"}),
                ("同一作者入选最多1篇", {"op": "at_most", "value": 1, "unit": "篇"}),
            ],
        ),
        ("每个代表团发言不超过2人。", [("每个代表团发言不超过2人", {"op": "at_most", "value": 2, "unit": "人", "per": "group"})]),
        ("副主席每人领衔课题2项。", [("副主席每人领衔课题2项", {"op": "exactly", "value": 2, "unit": "项", "per": "member"})]),
        ("每200户配备楼长2名。", [("每200户配备楼长2名", {"op": "exactly", "value": 2, "unit": "名"})]),  # for so many one
        ("半月一碰头、十天一通报。", []),
        (
            "骨干培训不少于2天或16学时。",
            [
                ("骨干培训不少于2天或16学时", {"op": "at_least", "value": 2, "unit": "天"}),
                ("骨干培训不少于2天或16学时", {"op": "at_least", "value": 16, "unit": "学时"}),
            ],
        ),
        ("请于9月8日18时前将回执传回。", [("请于9月8日18时前将回执传回", {"deadline": "09-08"})]),
        ("上半年和下半年各视察1次。", [("上半年和下半年各视察1次", {"op": "exactly", "value": 1, "unit": "次", "period": "half_year"})]),
        ("每月首个周日为义诊日。", []),
        ("每个委员驿站每月开放2次。", [("每个委员驿站每月开放2次", {"op": "exactly", "value": 2, "unit": "次", "period": "month", "per": "group"})]),
        (
            "每个支部建立读书角1处，每名理事联系会员5人，每月登门不少于2次。",
            [
                ("每个支部建立读书角1处", {"op": "exactly", "value": 1, "unit": "处", "per": "group"}),
                ("每名理事联系会员5人", {"op": "exactly", "value": 5, "unit": "人", "per": "person"}),
                ("每月登门不少于2次", {"op": "at_least", "value": 2, "unit": "次", "period": "month", "per": "person"}),
            ],
        ),
        ("旷课3次视为退出。", []),
        ("成立编写组，下设4个编写小组。", []),
        ("全体理事（81名）。", []),
        ("形成专报一份，打造一支队伍。", [("形成专报一份", {"op": "exactly", "value": 1, "unit": "份"})]),  # after its noun, no article
        (
            "每名理事至少联系1家会员、2户商铺、1名新人。",  # the bound before the verb is for all
            [
                ("每名理事至少联系1家会员", {"op": "at_least", "value": 1, "unit": "家", "per": "person"}),
                ("2户商铺", {"op": "at_least", "value": 2, "unit": "户", "per": "person"}),
                ("1名新人", {"op": "at_least", "value": 1, "unit": "名", "per": "person"}),
            ],
        ),
        ("坚持一月一主题、一季一研讨。", []),
        ("全年人均读书6本。", [("全年人均读书6本", {"op": "exactly", "value": 6, "unit": "本", "per": "member"})]),
        (
            "参观每年组织两次，考察每两年组织一次。",
            [
                ("参观每年组织两次", {"op": "exactly", "value": 2, "unit": "次", "period": "year"}),
                ("考察每两年组织一次", {"op": "exactly", "value": 1, "unit": "次"}),
            ],
        ),
        (
            "年底前各支部开展夜访1轮。",  # 各 begins the subject, and the date holds
            [("年底前各支部开展夜访1轮", {"op": "exactly", "value": 1, "unit": "轮", "per": "group", "deadline": "12-31"})],
        ),
        ("各镇（街道）联络组每年活动3次。", [("各镇（街道）联络组每年活动3次", {"op": "exactly", "value": 3, "unit": "次", "period": "year", "per": "group"})]),
        ("2月、5月、8月召开推进会。", [("2月、5月、8月召开推进会", {"deadline": "08-31"})]),
        ("辖区现有楼院21个、商铺300余家。", []),
        ("提案须有五名以上委员附议。", []),
        ("本方案一式三份。", []),
        ("订阅人数由年初的200人增加到260人。", [("订阅人数由年初的200人增加到260人", {"op": "exactly", "value": 260, "unit": "人"})]),
        ("组织视察2次 责任科室：提案科", [("组织视察2次", {"op": "exactly", "value": 2, "unit": "次"})]),
        ("4月拿出初稿，6月送审。", [("4月拿出初稿", {"deadline": "04-30"}), ("6月送审", {"deadline": "06-30"})]),
        ("评选优秀课题6项、热心读者若干名。", [("评选优秀课题6项", {"op": "exactly", "value": 6, "unit": "项"})]),
    ],
)  # fmt: skip
def test_a_clause_means_what_a_careful_clerk_reads(sentence, wanted):
    assert targets_of(sentence) == wanted


def test_a_heading_that_names_a_half_year_and_an_opening_under_somebody_s_lead_are_no_targets():
    document = said(
        "青溪社区2024年上半年总结及下半年打算\n\n上半年，社区在镇党委的坚强领导下，各项工作取得进展。\n一、上半年工作\n走访居民80户。\n二、下半年打算\n举办讲堂4期。\n"
    )

    assert [t.quote for t in document.targets] == ["举办讲堂4期"]
    assert [f.quote for f in document.facts] == ["走访居民80户"]


def test_numbered_items_below_a_heading_without_a_number_are_of_its_time():
    document = said(
        "政协某县委员会工作报告\n\n过去一年工作回顾\n一年来，共组织视察12次。\n今后一年工作安排\n（一）组织视察15次。\n（二）征集提案100件。\n"
    )

    assert [t.quote for t in document.targets] == ["组织视察15次", "征集提案100件"]
    assert [f.quote for f in document.facts] == ["共组织视察12次"]


def test_the_parts_of_a_title_are_headings_of_the_same_document():
    document = said(
        "2024年总结和2025年思路\n——某街道工委\n\n2024年总结\n一年来，走访企业20家。\n\n2025年思路\n一、走访企业30家。\n"
    )

    assert document.title == "2024年总结和2025年思路"
    assert ([f.quote for f in document.facts], [t.quote for t in document.targets]) == (
        ["走访企业20家"],
        ["走访企业30家"],
    )


def test_whom_a_notice_is_addressed_to_is_not_who_each_of_its_tasks_is_for():
    document = said(
        "关于开展走访活动的通知\n\n各专委会、各界别组、各联络处：\n现通知如下。\n一、要求\n1.收集的意见不少于20条。\n"
    )

    assert [(t.value, t.per) for t in document.targets] == [(20, None)]


def test_in_a_table_parted_by_spaces_only_a_cell_with_a_verb_and_a_figure_is_a_target():
    document = said(
        "某镇2025年活动计划表\n\n月份 活动内容 参加人员 责任人\n3月 开展植树活动，植树150株 委员15人 王某\n6月 走访企业6家 副主任 张某\n\n备注：到会率不低于80%。\n"
    )

    assert [t.quote for t in document.targets] == ["植树150株", "走访企业6家", "到会率不低于80%"]


def test_what_something_is_done_with_may_stand_before_what_was_done():
    document = said("某委2024年工作总结\n\n一年来，依托“委员客厅”接待群众600人次，依托8个驿站开展服务30场。\n")

    assert [(f.value, f.unit) for f in document.facts] == [(600, "人次"), (30, "场")]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("安装护栏近四百米，上微课五堂。", [(400, "米"), (5, "堂")]),
        ("结成师徒1,260对，清运垃圾30余车。", [(1260, "对"), (30, "车")]),
        ("书屋全年开放310天。", [(310, "天")]),
        ("举办庆祝建会七十周年活动4项。", [(4, "项")]),
        ("惠及群众上千人。", [(1000, "人")]),
        ("队伍从最初的8人壮大到52人。", [(52, "人")]),
        ("推文最高阅读量3.4万。", [(34000, None)]),
        ("门户网站4.0版上线。", []),
    ],
)
def test_what_was_done_is_counted_as_offices_count(sentence, wanted):
    document = said(f"某县政协2024年工作总结\n\n一、主要工作\n\n{sentence}\n")

    assert [(f.value, f.unit) for f in document.facts] == wanted


def test_headings_in_plain_speech_say_what_was_done_and_what_is_to_be_done():
    document = said(
        "某委履职情况和明年打算\n\n一、这一年做了哪些事\n走访企业12家。\n二、明年打算怎么做\n走访企业15家。\n"
    )

    assert ([f.value for f in document.facts], [t.value for t in document.targets]) == ([12], [15])


def test_a_plan_by_name_that_introduces_what_was_achieved_tells_of_the_past():
    document = said(
        "某支部工作计划篇三\n\n去年，支部各项工作取得了较好成绩：\n（一）召开党员大会6次。\n（二）走访老党员20户。\n"
    )

    assert ([f.value for f in document.facts], document.targets) == ([6, 20], ())


def test_in_a_speech_what_must_be_and_what_recurs_is_to_be_done():
    document = said(
        "在推进会上的讲话\n\n同志们：\n一、担子要再压实。\n年底前把路修通，办公室每月调度一次。\n二、几句心里话。\n请各组每半年交流一次。大家走了不少路，看了30个点。\n"
    )

    assert [t.quote for t in document.targets] == ["年底前把路修通", "办公室每月调度一次", "请各组每半年交流一次"]


def test_articles_that_count_on_from_heading_to_heading_stand_below_each():
    document = said(
        "某村议事规定\n\n一、总则\n第1条 为规范议事，制定本规定。\n第2条 议事公开。\n二、会议\n第3条 每月议事一次。\n三、附则\n第4条 自发布之日起施行。\n"
    )

    assert [(h.marker, h.level) for h in document.outline] == [
        ("一、", 1), ("第1条", 2), ("第2条", 2), ("二、", 1), ("第3条", 2), ("三、", 1), ("第4条", 2),
    ]  # fmt: skip


def test_a_lost_full_stop_before_a_blank_line_ends_the_document():
    first, second = read(
        "支部工作计划篇一\n\n1、走访老党员9户，送去温暖和关怀，听取他们的意见□\n\n支部工作计划篇二\n\n1、上党课4次。\n"
    ).documents

    assert (first.title, second.title) == ("支部工作计划篇一", "支部工作计划篇二")


@pytest.mark.parametrize(
    ("sentence", "mark", "kind"),
    [
        ("联系人：崔***，电话另告。", "***", "name"),
        ("组长周**、吕**到会。", "**", "name"),
        ("经理事长□□签字后入账。", "□□", "redacted"),
        ("经村会计主任□□□签字后入账。", "□□□", "name"),
        ("办好“□□讲堂”。", "□□", "name"),
        ("其中xx家庭受到表彰。", "xx", "name"),
        ("出版《**春秋》。", "**", "name"),
        ("（20年5月）\n\n***\n\n各位代表：\n现在报告工作。", "***", "name"),
        ("书记___讲话。", "___", "name"),
        ("收到锦旗x面，办讲座x讲。", "x", "count"),
        ("送出x门课程。", "x", "count"),
        ("xx面积较大。", "xx", "name"),
        ("每次x—x人参加。", "x", "count"),
        ("打印xx.x万元的账单。", "xx", "amount"),
    ],
)
def test_a_sign_in_the_place_of_a_name_is_a_name(sentence, mark, kind):
    blank = said(f"某社区工作总结\n\n{sentence}\n").blanks[0]

    assert (blank.mark, blank.kind) == (mark, kind)


def test_pieces_counted_in_front_of_their_titles_are_documents():
    first, second = read(
        "第一篇：联络组工作总结\n\n一、开展情况\n召开会议4次。\n\n第二篇：联络组工作计划\n\n一、工作目标\n召开会议5次。\n"
    ).documents

    assert (first.title, second.title) == ("第一篇：联络组工作总结", "第二篇：联络组工作计划")
    assert ([f.value for f in first.facts], [t.value for t in second.targets]) == ([4], [5])


def test_what_a_closing_speech_says_of_the_meeting_is_done_and_the_next_paragraph_is_not():
    document = said("在闭幕会上的讲话\n\n会议期间，委员们提交提案90件，大会发言12人次。\n每名委员要联系群众5户。\n")

    assert ([f.value for f in document.facts], [t.value for t in document.targets]) == ([90, 12], [5])


def test_a_bulletin_tells_what_was_done_and_its_outlook_what_is_to_be_done():
    document = said(
        "工作简报\n第3期\n\n【动态】日前，提案科对6件提案开展督办，已办结2件。\n\n【下月安排】\n组织视察2次。\n"
    )

    assert ([f.value for f in document.facts], [t.value for t in document.targets]) == ([6, 2], [2])


def test_in_a_speech_what_has_come_about_is_told_without_a_word_of_the_past():
    document = said("在座谈会上的发言\n\n各位领导：\n我们组走访企业14家，提出建议9条。希望给我们组织培训3次。\n")

    assert ([f.value for f in document.facts], document.targets) == ([14, 9], ())


@pytest.mark.parametrize("opening", ["今后五年的工作建议\n", "过去的工作到此为止。\n\n未来五年，重点抓好以下工作：\n"])
def test_a_line_that_looks_ahead_holds_for_the_items_below_it(opening):
    document = said(
        f"某会常务委员会工作报告\n\n过去五年的工作\n五年来，召开全会5次。\n\n{opening}（一）每年办班2期。\n"
    )

    assert ([f.value for f in document.facts], [(t.value, t.period) for t in document.targets]) == ([5], [(2, "year")])
