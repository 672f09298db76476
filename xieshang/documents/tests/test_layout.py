"""Reading order of printed pages, from boxes laid out by hand."""

import pytest

from xieshang.documents.layout import Page, Run, text_of
from xieshang.documents.ruled import Rule, rules_of, with_tables

HIGH, SIZE = 842.0, 12.0


def line(words, left, top):
    return Run(words, left, left + SIZE * len(words), HIGH - top - SIZE, HIGH - top)


def page(number, *runs):
    return Page(number, HIGH, runs)


def lines(*pages):
    return text_of(pages)[0].split("\n")


def body(number, first=100):
    """Twenty lines, the first of them indented."""
    return (
        [line("文" * 28, 124, first)]
        + [line("文" * 30, 100, first + 20 * n) for n in range(1, 20)]
        + [line("一二三四五六七八"[number - 1] + "页完。", 100, first + 400)]
    )


def test_left_and_right_pages_may_have_heads_and_numbers_of_their_own():
    pages = []
    for number in range(1, 9):
        left = number % 2
        head = line("县政协" if left else "工作要点", 100 if left else 400, 40)
        foot = line(f"— {number} —", 100 if left else 430, 790)
        pages.append(page(number, *([] if number == 1 else [head]), *body(number), foot))

    found = "\n".join(lines(*pages))
    assert "县政协" not in found and "工作要点" not in found and "—" not in found
    assert all(f"{number}页完。" in found for number in "一二三四五六七八")


@pytest.mark.parametrize("words", ["1", "-1-", "— 12 —", "第3页", "第 3 页 共 12 页", "3/12", "iv"])
def test_a_page_number_is_none_of_the_text(words):
    assert lines(page(1, *body(1), line(words, 280, 800)))[-1].endswith("文一页完。")


@pytest.mark.parametrize("words", ["12件", "2026年1月5日", "（此件公开发布）"])
def test_a_last_line_that_is_no_page_number_stays(words):
    assert words in lines(page(1, *body(1), line(words, 280, 800)))[-1]


def test_what_recurs_in_the_text_itself_stays():
    assert (
        "\n".join(
            lines(*(page(n, *body(n), line(f"第{n}段：组织视察。", 100, 560 + 40 * n)) for n in (1, 2, 3)))
        ).count("组织视察")
        == 3
    )


def test_the_head_of_a_table_that_is_printed_on_each_page_stands_once():
    head = [line(words, left, 60) for words, left in (("序号", 100), ("任务", 200), ("单位", 400))]
    found = lines(
        *(page(n, *head, *[line(f"{n}{k}", 100 + 100 * k, 90) for k in range(3)], *body(n, 120)) for n in (1, 2, 3))
    )

    assert found.count("序号\t任务\t单位") == 1 and "10\t11\t12" in found and "30\t31\t32" in found


def test_a_table_that_goes_on_over_the_page_has_one_head_wherever_it_began():
    def row(*words, top):
        return [line(word, left, top) for word, left in zip(words, (100, 200, 400), strict=True)]

    first = page(1, *body(1), *row("序号", "任务", "单位", top=600), *row("1", "视察", "甲", top=620))
    second = page(2, *row("序号", "任务", "单位", top=60), *row("2", "调研", "乙", top=80))

    assert lines(first, second)[-3:] == ["序号\t任务\t单位", "1\t视察\t甲", "2\t调研\t乙"]


def columns(top, number, *, shift=0.0):
    return [line("左" * 18, 80, top + 20 * n) for n in range(number)] + [
        line("右" * 18, 330, top + shift + 20 * n) for n in range(number)
    ]


def test_columns_are_read_one_after_the_other_between_what_spans_them():
    found = "".join(lines(page(1, line("标题" * 12, 120, 60), *columns(100, 8), line("尾" * 36, 80, 300))))

    assert (
        found.index("标题")
        < found.index("左")
        < found.rindex("左")
        < found.index("右")
        < found.rindex("右")
        < found.index("尾")
    )


def test_columns_whose_lines_stand_at_different_heights_are_columns_all_the_same():
    found = "".join(lines(page(1, *columns(100, 8, shift=7.0))))

    assert found == "左" * 144 + "右" * 144


def test_three_columns_are_three():
    runs = [
        line(sign * 12, left, 100 + 20 * n) for sign, left in (("左", 60), ("中", 230), ("右", 400)) for n in range(7)
    ]

    assert "".join(lines(page(1, *runs))) == "左" * 84 + "中" * 84 + "右" * 84


def test_a_table_without_rules_is_read_row_by_row():
    runs = [
        one
        for n in range(9)
        for one in (
            line(f"{n}", 80, 100 + 20 * n),
            line("组织视察", 150, 100 + 20 * n),
            line("提案委", 400, 100 + 20 * n),
        )
    ]

    assert lines(page(1, *runs))[:2] == ["0\t组织视察\t提案委", "1\t组织视察\t提案委"]


def test_a_paragraph_goes_on_over_a_page_and_an_indented_line_begins_one():
    first = page(1, line("文" * 28, 124, 100), line("文" * 30, 100, 120))
    second = page(2, line("完。", 100, 100), line("新" * 28, 124, 120), line("段。", 100, 140))

    assert lines(first, second) == ["\u3000\u3000" + "文" * 58 + "完。", "\u3000\u3000" + "新" * 28 + "段。"]


def test_an_item_that_begins_with_a_number_is_never_joined_to_a_finished_sentence():
    full = line("文" * 29 + "。", 100, 100)

    assert lines(page(1, full, line("2.组织视察。", 100, 120), line("文" * 30, 100, 140))) == [
        full.text,
        "2.组织视察。",
        "文" * 30,
    ]


def test_a_frame_around_one_text_is_no_table():
    frame = rules_of([(90.0, 700.0, 300.0, 760.0)])
    words = line("框内的话", 100, 100)

    assert with_tables([words], *frame) == [words]


def test_cells_drawn_as_frames_of_their_own_are_a_table():
    frames = [(x, y, x + 100, y + 30) for x in (100.0, 200.0) for y in (700.0, 730.0)]
    words = [
        line("甲", 105, HIGH - 755),
        line("乙", 205, HIGH - 755),
        line("丙", 105, HIGH - 725),
        line("丁", 205, HIGH - 725),
    ]

    assert [run.text for run in with_tables(words, *rules_of(frames))] == ["甲\t乙", "丙\t丁"]


def test_two_tables_on_a_page_are_two():
    def ruled(low):
        across = [Rule(low + 30 * n, 100, 300) for n in range(3)]
        return across, [Rule(x, low, low + 60) for x in (100, 200, 300)]

    (a, b), (c, d) = ruled(600), ruled(300)
    words = [line("上", 105, HIGH - 655), line("下", 205, HIGH - 355)]

    assert [run.text for run in with_tables(words, a + c, b + d)] == ["上\t", "\t下"]
