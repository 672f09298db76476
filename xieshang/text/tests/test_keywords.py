"""What a text is about, told by counting."""

from xieshang.text.keywords import Others

OTHERS = Others(
    [
        "关于加强农村公路养护的提案\n把农村公路养护经费列入年度预算",
        "关于完善公路养护站的提案\n每个乡镇建立公路养护站",
        "关于办好老年食堂的提案\n给予老年食堂运营补贴",
        "关于中小学午餐的提案\n由县教育局牵头办好学校食堂",
    ]
)
OWN = "关于整修乡村公路的提案\n乡村公路坑洼多，雨季积水。\n公路养护没有专人。\n天气很好。\n把乡村公路养护列入预算。"


def test_its_own_terms_come_first_and_whole() -> None:
    terms = OTHERS.terms(OWN)
    assert terms[0] == "乡村公路"
    assert "村公" not in terms


def test_the_sentences_that_hold_them_are_shown_in_their_order() -> None:
    told = OTHERS.told_by(OWN, 2)
    assert told == sorted(told, key=OWN.index)
    assert "天气很好。" not in told


def test_the_nearest_are_told_with_the_words_that_spoke() -> None:
    near = OTHERS.nearest(OWN)
    assert {one.at for one in near} <= {0, 1}
    assert near[0].at == 0
    assert set(near[0].words) <= {"农村", "村公", "公路", "路养", "养护", "列入", "预算"}
    assert OTHERS.nearest("") == []
    assert Others([]).nearest(OWN) == []
