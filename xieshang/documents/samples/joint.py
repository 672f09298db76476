"""联合行文: a report of three who issue it together, to those above all of them."""

from datetime import date

from xieshang.documents.gongwen import (
    Addressee,
    Attachments,
    Colophon,
    Heading,
    JointHead,
    JointSignature,
    Paragraph,
    Remark,
    Title,
    write,
)

UNITS = ("政协云溪县委员会办公室", "云溪县民政局", "云溪县卫生健康局")


def joint_report() -> bytes:
    """Names, signers and seals of all three in the same order; number and 版记 are those of the one who leads."""
    parts = (
        Title("关于农村养老服务民主监督\n整改落实情况的联合报告"),
        Addressee("县委、县政府"),
        Paragraph(
            "根据县委批准的2026年度协商工作计划，县政协办公室会同县民政局、县卫生健康局，于4月至6月对全县农村养老服务开展专项民主监督，并逐项推动整改。现将有关情况报告如下。"
        ),
        Heading(1, "监督开展情况"),
        Paragraph(
            "组织委员46人次，分3组走进9个乡镇、31个村，实地察看农村敬老院6所、互助养老点25个，访问老人和家属218人，发现问题32个，提出建议19条，均已书面送承办单位。"
        ),
        Heading(1, "整改落实情况"),
        Heading(2, "设施方面"),
        Paragraph(
            "6所敬老院的消防设施已全部更换，新增护理型床位84张；25个互助养老点中，有21个已配齐助餐、助浴设备，其余4个因房屋改造计划9月底前完成。"
        ),
        Heading(2, "服务方面"),
        Paragraph(
            "乡镇卫生院与敬老院全部签订医养合作协议，每月巡诊2次；为失能老人建立健康档案412份，签约家庭医生397份。"
        ),
        Heading(2, "监管方面"),
        Paragraph(
            "县民政局、县卫生健康局建立联合检查制度，每季度检查1次；收费项目和标准已在6所敬老院全部公示。群众反映的13件具体问题中，已办结11件，其余2件正在办理。"
        ),
        Heading(1, "存在的主要问题"),
        Paragraph(
            "一是护理人员不足，全县持证护理员仅58人，与需要相差较大；二是互助养老点运行经费主要靠村级自筹，4个点开放时间没有保证；三是失能老人集中照护床位少，部分老人仍在等候。"
        ),
        Heading(1, "下一步打算"),
        Paragraph(
            "由县民政局牵头，年底前培训护理员60人；把互助养老点运行补助列入2027年预算建议；在城东敬老院改建失能照护区，增加床位40张。"
        ),
        Paragraph(
            "对尚未完成的7个问题逐一明确责任人和时限，由县政协社会法制委员会在10月开展一次“回头看”，结果专题报告。"
        ),
        Attachments(("整改落实情况一览表",)),
        JointSignature(UNITS, date(2026, 6, 29), seal=True),
        Remark("联系人：何桂兰，电话：0000-5550145"),
    )
    head = JointHead(UNITS, "云政协办〔2026〕14号", signers=("周晓云", "孙立新", "吴海燕"))
    colophon = Colophon((("抄送", "县人大常委会办公室，县财政局"),), UNITS[0], date(2026, 6, 29))
    return write(parts, kind="joint_report", head=head, colophon=colophon)
