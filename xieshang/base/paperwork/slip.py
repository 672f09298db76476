"""审批单: what a leader signs who does not log in. One sheet: what is asked for, of which record, room for his word, name and day."""

from datetime import datetime

from django.utils.translation import override

from xieshang.base import clock
from xieshang.documents.gongwen import Paragraph, Part, Table, Title, write

from .models import Approval
from .steps import STEPS, Values

ROOM = "\n" * 3  # lines left blank for what is written by hand


def slip(approval: Approval, values: Values, *, at: datetime) -> bytes:
    """The slip as .docx, in Chinese whatever the reader's language: it is signed on paper."""
    with override("zh-hans"):
        return write(_parts(approval, values), kind="notice", comments=False, at=at.replace(tzinfo=None))


def _parts(approval: Approval, values: Values) -> list[Part]:
    step = STEPS[approval.step]
    asked = approval.created_at.astimezone(clock.SHANGHAI)
    rows = [
        ["编号", str(approval.pk)],
        ["单位", approval.organization.name],
        ["事项", str(step.title)],
        ["内容", approval.title],
        *([label, text] for label, text in step.lines(approval, values) if text),
        *([["送签理由", approval.why]] if approval.why else []),
        ["经办人", f"{approval.created_by or ''}　{asked.year}年{asked.month}月{asked.day}日"],
        ["审批意见", "□ 同意　　□ 不同意" + ROOM],
        ["签名", ROOM[1:]],
        ["签批日期", "　　　　年　　月　　日"],
    ]
    return [
        Title("审　批　单"),
        Table(["项目", "内容"], rows, widths=[1, 4]),
        Paragraph("签字后请交经办人扫描或拍照，在系统“签批”里按编号代录；签批日期以纸上为准，录入日期另记。"),
    ]
