"""What the gallery page needs so that it can stand alone: data written in the template, and a form with its errors."""

import json
from typing import Any

from django import forms, template
from django.core.paginator import Page, Paginator

register = template.Library()


class _Given(template.Node):
    def __init__(self, name: str, nodes: template.NodeList) -> None:
        self.name, self.nodes = name, nodes

    def render(self, context: template.Context) -> str:
        context[self.name] = json.loads(self.nodes.render(context))
        return ""


@register.tag
def given(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """`{% given rows %}[{"label": "一季度"}]{% endgiven %}`: JSON in the template becomes a variable."""
    name = token.split_contents()[1]
    nodes = parser.parse(("endgiven",))
    parser.delete_first_token()
    return _Given(name, nodes)


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="活动名称", help_text="写成一句话，会原样出现在报告里。")
    on = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}))
    part = forms.ChoiceField(label="时段", choices=[("am", "上午"), ("pm", "下午"), ("day", "全天")], required=False)
    kind = forms.ChoiceField(
        label="活动种类",
        choices=[
            ("inspect", "视察"),
            ("research", "调研"),
            ("study", "学习"),
            ("welfare", "公益"),
            ("consult", "协商"),
        ],
        widget=forms.RadioSelect,
    )
    carriers = forms.MultipleChoiceField(
        label="同时算作（活动载体）",
        choices=[("day", "委员活动日"), ("home", "进社区"), ("near", "委员在身边")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="同一统计项里只计一次。",
    )
    heads = forms.IntegerField(label="群众人数", required=False, min_value=0)
    result = forms.CharField(label="结果一句话", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    once = forms.BooleanField(label="与 6 月 18 日的那次是同一次活动", required=False)


class FilterForm(forms.Form):
    """Filters of a list."""

    part = forms.ChoiceField(label="时间", choices=[("", "全年"), ("h1", "上半年"), ("q3", "三季度")], required=False)
    body = forms.ChoiceField(
        label="机构", choices=[("", "全部机构"), ("a", "经济科技委"), ("b", "青石镇联络室")], required=False
    )


@register.simple_tag
def sample_form(kind: str = "fresh") -> forms.Form:
    """A form: “fresh”, “wrong” (bound, with errors) or “filter”."""
    if kind == "filter":
        return FilterForm()
    if kind == "wrong":
        form = SampleForm(
            {"title": "", "on": "2026-02-30", "kind": "", "heads": "-3", "result": "提出建议 3 条"}, auto_id="wrong_%s"
        )
        form.add_error(None, "同日同地已有一次“走访茶叶合作社”，11 人中 9 人相同。是同一次就打勾，不是就再改一下名称。")
        return form
    return SampleForm(
        initial={"title": "视察镇中心小学扩建工程", "on": "2026-03-12", "kind": "inspect", "carriers": ["day", "home"]}
    )


@register.simple_tag
def sample_page(number: int = 3, total: int = 462) -> Page[Any]:
    """A page of a long list."""
    return Paginator(range(total), 40).page(number)
