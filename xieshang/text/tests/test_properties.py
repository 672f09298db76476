"""What holds for any text at all."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xieshang.text.amounts import amounts
from xieshang.text.blanks import blanks
from xieshang.text.reading import read
from xieshang.text.similarity import ratio, share

WORDS = (  # noqa: SIM905
    "每季度 每名委员 各支部 组织 召开 提交 提案 调研报告 不少于 至少 以上 左右 x ___ ** □ “” （ ） 3 十二 2—3 85% 三分之一 次 件 万元 个 "
    "， 。 ； ： 、 一、 （一） 1、 第一条 ① 6月底前 到2027年 上半年 20xx年 工作计划 制度 \n \n\n \t 　 已 拟 去年 的"
).split(" ")
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=80).map("".join))


def squeeze(text):
    return re.sub(r"[\s\u3000\ufeff]+", "", text)


def items(document):
    return [*document.targets, *document.tasks, *document.facts]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_whatever_is_quoted_stands_in_the_text_where_it_is_said_to_stand(text):
    for document in read(text).documents:
        for item in items(document):
            assert squeeze(text[item.start : item.end]) == item.quote != ""
        for blank in document.blanks:
            assert squeeze(text[blank.start : blank.end]) == blank.mark != ""
            assert blank.before + blank.mark + blank.after in squeeze(text)
        for heading in document.outline:
            assert squeeze(text[heading.start : heading.end]) == heading.marker + heading.title


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_documents_and_sections_are_in_order_and_in_range(text):
    documents = read(text).documents
    edges = [edge for document in documents for edge in (document.start, document.end)]
    assert edges == sorted(edges) and all(0 <= edge <= len(text) for edge in edges)
    for document in documents:
        for target in document.targets:
            assert document.start <= target.start < target.end <= document.end
            assert target.section is None or document.outline[target.section].start <= target.start
            assert 0 <= target.sure <= 1


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_the_small_functions_take_any_text(a, b):
    assert 0 <= ratio(a, b) <= 1 and 0 <= share(a, b) <= 1
    assert all(a[found.start : found.end] for found in [*amounts(a), *blanks(a)])


RUBBISH = [
    "x",
    "1、",
    "（",
    "“",
    "1",
    "每",
    "第",
    "一、\n",
    "，",
    "___ ",
    "1次，",
    "12%、",
    "《",
    "每月",
    "\n",
    "\t",
    "是\n",
    "1月",
    "（1",
    "和1次",
]


@pytest.mark.parametrize("piece", RUBBISH)
def test_rubbish_costs_no_more_than_its_length(piece):
    read(piece * (150_000 // len(piece)))  # a quadratic step would not come back
