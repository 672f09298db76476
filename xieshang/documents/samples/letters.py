"""通知 without seal and 函 in letter form."""

from datetime import date

from xieshang.documents.gongwen import (
    Addressee,
    Attachments,
    Colophon,
    Heading,
    LetterHead,
    Paragraph,
    RedHead,
    Remark,
    Signature,
    Title,
    write,
)

OFFICE = "政协云溪县委员会办公室"


def notice() -> bytes:
    """The notice of a plenary session's date and what to bring."""
    parts = (
        Title("关于召开政协云溪县第十四届\n委员会常务委员会第十八次会议的通知"),
        Addressee("各常务委员，各专门委员会，各乡镇（街道）政协联络组"),
        Paragraph("经主席会议研究，定于近期召开政协云溪县第十四届委员会常务委员会第十八次会议。现将有关事项通知如下。"),
        Heading(1, "会议时间"),
        Paragraph("2026年6月25日（星期四）上午9:00，会期半天。"),
        Heading(1, "会议地点"),
        Paragraph("县政协三楼常委会议室。"),
        Heading(1, "会议内容"),
        Paragraph("围绕“培育特色农产品加工业”专题协商议政，听取县政府有关情况通报；审议有关人事事项。"),
        Heading(1, "有关要求"),
        Paragraph("请出席人员安排好工作，按时参会。因故不能出席的，请于6月22日前书面请假。"),
        Paragraph("请准备发言的委员于6月18日前将发言材料（1500字以内）报县政协办公室。"),
        Attachments(("会议议程", "参会人员名单")),
        Signature(OFFICE, date(2026, 6, 12)),
        Remark("联系人：周晓云，电话：0000-5550123"),
    )
    colophon = Colophon((("抄送", "县委办公室，县政府办公室"),), OFFICE, date(2026, 6, 12))
    return write(
        parts, kind="notice", head=RedHead(f"{OFFICE}文件", "云政协办〔2026〕11号", marks=("特急",)), colophon=colophon
    )


def letter() -> bytes:
    """A letter that asks an office for papers before an inspection."""
    parts = (
        Title("关于商请提供农村养老服务\n有关情况的函"),
        Addressee("县民政局"),
        Paragraph(
            "根据县政协2026年度协商工作计划，县政协社会法制委员会将于7月上旬组织委员，就“完善农村养老服务体系”开展专题视察。现商请贵局提供以下材料："
        ),
        Paragraph("1.全县农村养老服务设施分布和运行情况；"),
        Paragraph("2.近三年有关资金安排、存在困难和下一步打算。"),
        Paragraph("请于6月26日前送县政协社会法制委员会。特此函达。"),
        Signature(OFFICE, date(2026, 6, 15), seal=True),
        Remark("联系人：何桂兰，电话：0000-5550145"),
    )
    head = LetterHead(OFFICE, "云政协办函〔2026〕8号")
    return write(parts, kind="letter", head=head, colophon=Colophon((("抄送", "县政府办公室"),)))
