"""What is said of a proposal before it is sent, and what is not said of a good one."""

import pytest

from xieshang.text.checking import count, remarks

GOOD = {
    "title": "关于加强农村公路养护的提案",
    "situation": "全县有农村公路一千二百公里，去年报修三百处。",
    "analysis": "养护经费没有固定来源，责任没有落实到村。",
    "advice": "一、由县交通运输局牵头，把养护经费列入年度预算。\n二、每村落实一名护路员，按季检查。",
}


def codes(most: int = 1500, level: str = "county", **changed: str) -> list[str]:
    return [one.code for one in remarks(**{**GOOD, **changed}, most=most, level=level)]


def test_of_a_good_proposal_nothing_is_said() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("no_advice", {"advice": " "}),
        ("thin", {"advice": "请有关部门重视这个问题。"}),
        ("vague", {"advice": "进一步加强领导，高度重视农村公路工作，切实提高思想认识。加大宣传力度，营造良好氛围，形成工作合力，常抓不懈。"}),
        ("several", {"title": "关于修建滨河步道和增设夜间公交的提案"}),
        ("several", {"advice": GOOD["advice"] + "另外，建议把图书馆的开放时间延长。"}),
        ("personal", {"situation": "本人的宅基地2019年被占，补偿一直没有落实。"}),
        ("personal", {"advice": "请县人社局解决我女儿的编制问题，列入今年计划。"}),
        ("accuses", {"situation": "某镇镇长王大力在2023年工程中以权谋私，群众有3次反映。"}),
        ("lawsuit", {"situation": "该纠纷2024年已进入诉讼程序，法院已受理。"}),
        ("product", {"advice": "建议全县中小学统一采购“清源牌”净水器，由县教育局列入预算。"}),
        ("product", {"advice": "我公司的产品质量好，建议由县住建局列入采购目录并推广使用。"}),
        ("level", {"advice": "建议国务院修订个人所得税法，提高起征点到8000元，减轻工薪阶层负担，并尽快公布实施时间表。"}),
        ("level", {"advice": "建议省教育厅调整高考加分办法，并在2026年前公布，由各市教育局负责落实到每所学校。"}),
        ("secret", {"situation": "据一份机密文件记载，有3处。"}),
        ("dispute", {"situation": "2024年以来业主多次上访，无人答复。"}),
        ("title", {"title": "农村公路的事"}),
        ("no_figure", {"situation": "路况不好，群众意见大。"}),
    ],
)  # fmt: skip
def test_each_is_said_with_the_words_that_spoke(code: str, changed: dict[str, str]) -> None:
    assert code in codes(**changed)
    said = next(one for one in remarks(**{**GOOD, **changed}, most=1500) if one.code == code)
    assert said.words == "" or said.words.split("／")[0] in "\n".join({**GOOD, **changed}.values())


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "关于完善养老服务、推进养老事业发展的提案"},
        {"title": "关于加强校车管理和安全的建议"},
        {"analysis": "诉讼服务中心建设滞后，公益诉讼线索移送少，机密性无关；设立举报电话的制度没有落实。"},
        {"situation": "我县有3家企业的产品通过检验，被告知整改；县法院附近停车难。"},
        {"situation": "我走访了12个村，县委书记多次调研。"},
        {"advice": "由县司法局设立2个法律援助点，把诉讼与调解衔接起来，按季检查。"},
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_not_said(changed: dict[str, str]) -> None:
    assert codes(**changed) == []


def test_what_a_province_may_do_is_said_below_it_only() -> None:
    advice = "建议省教育厅在2026年调整评价办法，由各市教育局负责落实，列入年度考核。"
    assert "level" in codes(advice=advice)
    assert "level" not in codes(advice=advice, level="province")


def test_length_is_counted_without_spaces() -> None:
    assert count("一 二\n三") == 3
    assert codes(most=50) == ["long"]
