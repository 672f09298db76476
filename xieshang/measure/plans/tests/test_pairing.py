"""配对: which item of a new document stands for which of the old one. Words in, pairs out."""

from hypothesis import given
from hypothesis import strategies as st

from xieshang.measure.plans.pairing import Item, Match, match

ITEMS = st.lists(
    st.builds(
        Item,
        st.text("组织开展调研视察协商活动不少于4次三进编发简讯", min_size=1, max_size=14),
        st.sampled_from(["", "不少于 4 次", "6 次"]),
        st.sampled_from(["", "次"]),
        st.sampled_from(["", "activities.collective", "activities.visit"]),
        st.sampled_from(["", "深入调研"]),
    ),
    max_size=9,
)


def item(words: str, goal: str = "", unit: str = "", indicator: str = "", heading: str = "") -> Item:
    return Item(words, goal, unit, indicator, heading)


COLLECTIVE = item("年内组织集体活动不少于4次", "不少于 4 次", "次", "activities.collective")
RESEARCH = item("组织2次专题调研活动", "2 次", "次", "activities.research")
RULES = item("完善委员意见建议的办理和反馈制度")


@given(ITEMS)
def test_a_document_paired_with_itself_has_only_what_did_not_change(items: list[Item]) -> None:
    for one in match(items, items):
        assert one.new is not None and len(one.olds) == 1
        assert items[one.olds[0]].words == items[one.new].words


@given(ITEMS, ITEMS)
def test_every_item_of_both_documents_stands_in_exactly_one_pair(old: list[Item], new: list[Item]) -> None:
    found = match(old, new)
    assert sorted(k for one in found for k in one.olds) == list(range(len(old)))
    assert [one.new for one in found if one.new is not None] == list(range(len(new)))
    assert all(one.olds or one.new is not None for one in found)


def test_another_number_is_a_change_of_the_same_item() -> None:
    six = item("年内组织集体活动不少于6次", "不少于 6 次", "次", "activities.collective")
    assert match([RESEARCH, COLLECTIVE], [six, RESEARCH]) == [Match([1], 0), Match([0], 1)]


def test_what_has_gone_stands_where_it_stood() -> None:
    assert match([RESEARCH, COLLECTIVE, RULES], [RESEARCH, RULES]) == [Match([0], 0), Match([1], None), Match([2], 1)]


def test_other_words_for_what_the_same_indicator_counts_are_a_question() -> None:
    other = item("全年开展全组集中活动6次以上", "不少于 6 次", "次", "activities.collective")
    assert match([COLLECTIVE], [other]) == [Match([0], 0, sure=False)]


def test_what_another_indicator_counts_is_never_surely_the_same() -> None:
    visit = item("组织2次专题视察活动", "2 次", "次", "activities.inspection")
    assert not any(one.sure and one.olds and one.new is not None for one in match([RESEARCH], [visit]))


def test_two_items_taken_up_in_one_are_a_question() -> None:
    one, two = item("完善学习制度"), item("完善意见建议反馈制度")
    both = item("完善学习制度、完善意见建议反馈制度")
    assert match([one, two], [both]) == [Match([0, 1], 0, sure=False)]


def test_what_was_taken_out_before_only_knows_its_own_words_again() -> None:
    gone = Item("年内组织集体活动不少于4次", "不少于 4 次", "次", "activities.collective", standing=False)
    six = item("年内组织集体活动不少于6次", "不少于 6 次", "次", "activities.collective")
    assert match([gone], [six]) == [Match([], 0)]
    assert match([gone], [COLLECTIVE]) == [Match([0], 0)]
