from xieshang.text.similarity import ratio, share


def test_the_same_work_in_other_words_is_alike():
    assert ratio("组织集体活动", "开展集体活动") > 0.6 > ratio("组织集体活动", "报送社情民意信息")


def test_the_same_text_is_one_and_nothing_is_zero():
    assert ratio("专题调研", "专题调研") == 1
    assert ratio("", "专题调研") == 0
    assert ratio("", "") == 0


def test_a_short_name_may_be_wholly_in_a_long_one():
    assert share("专题调研", "围绕养老服务开展专题调研") == 1
    assert share("专题调研", "提案办理") == 0
