"""Which number of a text counts what: a table of clauses as offices write them."""

import pytest

from xieshang.base import registry
from xieshang.base.ledger.facts import Indicator, average, count, rate, total
from xieshang.base.orgs.models import Level, Organization
from xieshang.measure.tying import own_names, rank, tie, unlike

BULLETIN = count("registers.bulletin", "政协工作简讯", unit="期", words=("政协工作简讯", "工作简讯"))


def known() -> list[Indicator]:
    return [*registry.INDICATORS.values(), BULLETIN]


SURE = [  # the text says, its measure word, what it counts
    ("年内组织集体活动不少于4次", "次", "activities.collective"),  # the noun stands before the number
    ("组织2次专题调研活动", "次", "activities.research"),  # behind it
    ("坚持每年对党员进行一次民主评议", "次", "activities.party_review"),  # around it
    ("党建工作联席会议每季度召开一次", "次", "activities.joint_meeting"),
    ("每季度_____次委员“进社区、进农村、进企业”", "次", "activities.three_into"),
    ("编发《政协工作简讯》x期", "期", "registers.bulletin"),
    ("开展x次活动", "次", "activities.held"),
    ("捐款捐物近x万元", "万元", "gifts.amount"),  # not 捐款, which stands inside it
    ("共捐款x多万元", "万元", "gifts.money"),
    ("到会率达x％", "％", "activities.attendance_rate"),
    ("委员参加 x 人次", "人次", "activities.attended"),
    ("开展民主评议党员x次", "次", "activities.party_review"),  # not 民主评议
    ("民主评议x次", "次", "activities.review"),
]


@pytest.mark.parametrize(("clause", "unit", "code"), SURE)
def test_a_number_is_tied_to_the_indicator_whose_word_is_its_own_noun(clause: str, unit: str, code: str) -> None:
    found = tie(clause, unit, known())

    assert found is not None
    assert found.indicator.code == code


UNSURE = [  # the text says, its measure word, why nobody may tie it
    ("委员参加x人", "人", "人 is not 人次"),
    ("走访x户", "户", "户 is not 次"),
    ("视察、调研x次", "次", "two kinds of work under one number"),
    ("视察等活动x次", "次", "more than 视察"),
    ("读书座谈会x次", "次", "an unknown noun before the word"),
    ("集体活动照片x次", "次", "an unknown noun behind it"),
    ("对x名新委员举办培训班", "名", "the number is of 新委员"),
    ("对x名新委员举办了一次培训班", "次", "who was trained narrows it"),
    ("年内至少进行一次为困难户、孤老户捐款活动", "次", "for whom narrows it"),
    ("捐款捐物x万元用于助学", "万元", "what for narrows it"),
    ("其中捐款x万元", "万元", "a part of something"),
    ("教育界委员参加x人次", "人次", "a part of the members"),
    ("青石镇组织集体活动x次", "次", "another unit"),
    ("市政协组织集体活动x次", "次", "another committee"),
    ("参加一次社会公益活动", "次", "taking part is not holding"),
    ("每名委员提出x条建议", "条", "no indicator"),
    ("对党员开展民主评议x次", "次", "a word beside which 民主评议 is not meant"),
]


@pytest.mark.parametrize(("clause", "unit", "why"), UNSURE)
def test_a_number_whose_noun_is_not_surely_an_indicator_is_never_tied(clause: str, unit: str, why: str) -> None:
    assert tie(clause, unit, known()) is None, why


def test_each_number_of_a_clause_is_tied_to_its_own_noun() -> None:
    clause = "组织x次集体活动和y次民主评议".replace("y", "x")
    first, second = (clause.index("x"), clause.rindex("x"))

    assert tie(clause, "次", known(), at=(first, first + 1)).indicator.code == "activities.collective"  # type: ignore[union-attr]
    assert tie(clause, "次", known(), at=(second, second + 1)).indicator.code == "activities.review"  # type: ignore[union-attr]
    assert tie(clause, "次", known()) is None  # which of the two is asked is not said


def test_the_unit_s_own_name_before_the_verb_changes_nothing() -> None:
    township = Organization(name="青石镇", short_name="青石镇", level=Level.TOWNSHIP)
    community = Organization(name="桂花社区", short_name="桂花社区", level=Level.COMMUNITY)

    assert tie("青石镇组织集体活动x次", "次", known(), own=own_names(township)) is not None
    assert tie("社区党建工作联席会议每季度召开一次", "次", known(), own=own_names(community)) is not None


def test_the_committee_above_is_another_unit_than_the_township() -> None:
    county = Organization(name="云岭县政协", short_name="云岭县", level=Level.COUNTY)
    township = Organization(name="青石镇", short_name="青石镇", level=Level.TOWNSHIP)

    assert tie("县政协组织集体活动x次", "次", known(), own=own_names(county)) is not None
    assert tie("县政协组织集体活动x次", "次", known(), own=own_names(township)) is None


def test_of_two_indicators_with_the_same_word_and_measure_neither_is_sure() -> None:
    twin = count("registers.own", "集体活动簿", unit="次", words=("集体活动",))

    guesses = rank("组织集体活动x次", "次", [*known(), twin])

    assert [g.indicator.code for g in guesses[:2]] == ["activities.collective", "registers.own"]
    assert not any(g.sure for g in guesses)


def test_the_noun_that_the_reader_found_must_agree() -> None:
    assert tie("组织2次专题调研活动", "次", known(), object="专题调研活动") is not None
    assert tie("组织2次专题调研活动", "次", known(), object="专题调研报告") is None


def test_without_a_measure_word_only_the_exact_noun_is_sure() -> None:
    assert tie("开展好双月政协委员活动日", None, known(), object="政协委员活动日") is not None
    assert tie("开展好双月政协委员活动日", None, known()) is None


def test_work_of_the_party_is_left_out_where_it_is_not_the_unit_s_own() -> None:
    assert tie("召开主题党日x次", "次", known()) is not None
    assert rank("召开主题党日x次", "次", known(), inside=False) == []


def test_a_guess_says_by_which_words_it_was_known() -> None:
    assert tie("组织集体活动x次", "次", known()).why == "依据“集体活动”“次”"  # type: ignore[union-attr]
    assert rank("走访x户", "户", known())[0].why == "含“走访”，但量词“户”不合"


@pytest.mark.parametrize(
    ("code", "unit", "may"),
    [
        ("gifts.amount", "元", True),
        ("gifts.amount", "万元", True),  # declared
        ("gifts.amount", "户", False),
        ("activities.held", "场", True),  # declared
        ("activities.attended", "人", False),  # 人次 is no 人
        ("activities.participants", "户", False),
        ("activities.attendance_rate", "％", True),
        ("registers.bulletin", "次", False),
    ],
)
def test_a_measure_word_that_is_not_declared_is_refused_with_a_sentence(code: str, unit: str, may: bool) -> None:
    refused = unlike(next(one for one in known() if one.code == code), unit)

    assert (refused is None) is may
    assert refused is None or f"原文写的是“{unit}”，两者不能互换" in refused.why


PROPOSALS = (
    count("proposals.submitted", "提交提案", unit="件", words=("提交提案", "提案"), never=("人均", "每名", "立案")),
    count("proposals.filed", "立案提案", unit="件", words=("立案",)),
    rate("proposals.filing_rate", "立案率", part="proposals.filed", whole="proposals.submitted", words=("立案率",)),
    average("proposals.each", "人均提案", part="proposals.submitted", whole="people.in_office", unit="件", words=("人均提案",)),
    total("visits.households", "走访群众", unit="户", words=("走访群众",)),
    count("visits.made", "走访", unit="次", words=("走访",)),
)  # fmt: skip


@pytest.mark.parametrize("clause", ["人均提交提案x件", "每名委员提交提案x件", "提交提案人均x件"])
def test_what_each_member_does_is_an_average_unless_who_asks_divides(clause: str) -> None:
    average_of, whole = (rank(clause, "件", PROPOSALS, divided=divided)[0] for divided in (False, True))
    assert (average_of.indicator.code, average_of.sure) == ("proposals.each", True)
    assert (whole.indicator.code, whole.sure) == ("proposals.submitted", True)


@pytest.mark.parametrize(
    ("clause", "unit", "before", "code"),
    [
        ("占立案总数的x%", "%", "", "proposals.filing_rate"),  # a rate by what it is a part of
        ("走访服务对象x户", "户", "", "visits.households"),  # the measure word decides
        ("全年总量达到x件", "件", "县政协共收到提案，", "proposals.submitted"),  # the noun stood before
    ],
)
def test_what_the_words_only_hint_at_is_offered_and_never_sure(clause: str, unit: str, before: str, code: str) -> None:
    guesses = rank(clause, unit, PROPOSALS, before=before)
    assert guesses[0].indicator.code == code
    assert not any(guess.sure for guess in guesses)


@pytest.mark.parametrize(
    ("before", "code", "sure"),
    [
        ("9月底前再举办“委员讲堂”1期，", "registers.lectures.heads", False),
        ("上半年举办履职培训班1期，", "registers.trainings.heads", True),
        ("上半年举办委员讲堂1期。", "registers.trainings.heads", True),  # the sentence before is another matter
        ("组织视察2次，", "registers.trainings.heads", True),  # nobody counts the heads of 视察 alone
    ],
)
def test_those_who_came_are_counted_with_what_the_sentence_spoke_of_last(before: str, code: str, sure: bool) -> None:
    made = [
        count("registers.lectures.entries", "政协讲堂", unit="期", words=("委员讲堂",)),
        total("registers.lectures.heads", "讲堂听讲", unit="人次", measures=("人",), words=("听讲委员",)),
        count("registers.trainings.entries", "委员培训班", unit="期", words=("履职培训班",)),
        total("registers.trainings.heads", "培训人次", unit="人次", measures=("人",), words=("参训委员",)),
    ]

    first = rank("参训委员力争达到70人以上", "人", [*known(), *made], before=before)[0]

    assert (first.indicator.code, first.sure) == (code, sure)
