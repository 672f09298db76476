"""What comes out in issues: 纪要, 专报, 简报, 社情民意信息."""

from datetime import date

from xieshang.documents.gongwen import Addressee, Colophon, Heading, IssueHead, Paragraph, People, Title, write

OFFICE = "政协云溪县委员会办公室"


def minutes() -> bytes:
    """The minutes of a meeting of the chair, with who was there."""
    parts = (
        Title("政协云溪县第十四届委员会\n第三十二次主席会议纪要"),
        Paragraph(
            "2026年6月18日上午，县政协主席张国华在县政协二楼会议室主持召开十四届三十二次主席会议，研究专题议政、提案督办等工作。现将会议议定事项纪要如下："
        ),
        Heading(1, "关于十四届十八次常委会会议筹备工作"),
        Paragraph(
            "会议听取了办公室关于会议筹备情况的汇报，原则同意会议方案。会议定于6月25日召开，由经济委员会牵头，于6月22日前完成协商材料印制和发言审核。"
        ),
        Heading(1, "关于重点提案督办工作"),
        Paragraph(
            "会议听取了提案委员会关于上半年提案办理情况的汇报。会议要求，对尚未办复的21件提案逐件与承办单位沟通，7月10日前完成一次集中督办；《关于加快补齐农村养老服务短板的提案》由李敏副主席领衔督办。"
        ),
        Heading(1, "关于委员履职档案"),
        Paragraph("会议决定，自7月起按月核对委员履职记录，由委员联络委员会负责，每季度向主席会议报告一次。"),
        People("出席", ("张国华", "李　敏", "王建国", "陈志远", "刘　芳")),
        People("请假", ("赵文斌",)),
        People("列席", ("周晓云", "何桂兰", "孙立新", "吴海燕", "郑长河", "马　骏", "林秋月")),
    )
    head = IssueHead("政协云溪县委员会主席会议纪要", "第32次", OFFICE, "2026年6月19日")
    colophon = Colophon((("分送", "主席、副主席、秘书长，各专门委员会，办公室各科室"),), OFFICE, date(2026, 6, 19))
    return write(parts, kind="minutes", head=head, colophon=colophon)


def special_report() -> bytes:
    """What a consultation advises, to those who decide, with room for their instructions."""
    parts = (
        Title("关于培育特色农产品加工业的建议"),
        Addressee("县委、县政府"),
        Paragraph(
            "2026年6月，县政协组织经济、农业界委员组成调研组，深入7个乡镇、26家企业和合作社，围绕培育特色农产品加工业开展调研，并召开专题协商会听取县直有关部门意见。委员们认为，我县油茶、食用菌、蜜柚种植已有规模，但加工转化率仅为41.6%，精深加工短板明显。现将主要意见建议报告如下。"
        ),
        Heading(1, "统筹布局加工园区"),
        Paragraph(
            "依托城东产业园建设农产品加工集中区，统一建设冷链仓储、检验检测和污水处理设施，引导分散加工点逐步入园，2027年底前入园企业达到30家。"
        ),
        Heading(1, "支持企业技术改造"),
        Paragraph(
            "设立农产品加工技改补助，对新购生产设备投资100万元以上的企业按不高于8%给予补助；由县农业农村局牵头，组织企业与科研院所对接，每年实施技术合作项目5个以上。"
        ),
        Heading(1, "打响区域公用品牌"),
        Paragraph("统一标准、统一标识、统一检测，完善质量追溯，扶持10家合作社取得绿色食品认证，办好秋季产销对接会。"),
    )
    head = IssueHead(
        "政协专报", "第5期（总第128期）", OFFICE, "2026年6月26日", marks=("内部资料", "注意保存"), remarks="领导批示"
    )
    colophon = Colophon(
        (("报", "县委书记、副书记，县长、常务副县长"), ("送", "县农业农村局、县工信局、县财政局")),
        OFFICE,
        date(2026, 6, 26),
    )
    return write(parts, kind="special_report", head=head, colophon=colophon)


def bulletin() -> bytes:
    """A bulletin on one event."""
    parts = (
        Title("县政协组织委员视察城区停车设施建设"),
        Paragraph(
            "6月17日，县政协副主席李敏带领城建、经济界委员28人，视察城区停车设施建设情况。县住建局、县城管局、县交警大队负责同志参加视察。"
        ),
        Paragraph(
            "委员们先后来到人民路立体停车场、县医院地下停车场和老城区3处便民停车点，实地察看车位设置、收费管理和智能引导系统运行情况，听取建设进展汇报。今年以来，城区新增公共停车位860个，完成年度计划的71.7%。"
        ),
        Paragraph(
            "座谈会上，委员们建议：一是盘活闲置地块，年底前再建成便民停车点5处；二是推动机关单位停车场节假日和夜间向社会开放；三是加快停车信息联网，方便群众查询车位；四是规范学校、医院周边临时停车管理，做到疏堵结合。"
        ),
        Paragraph("李敏指出，停车问题关系群众日常出行，承办单位要逐条研究委员意见，9月底前向县政协反馈办理情况。"),
    )
    head = IssueHead("政协简报", "第21期", OFFICE, "2026年6月18日")
    colophon = Colophon(
        (("报", "市政协办公室，县委、县政府领导"), ("发", "县政协委员，各乡镇（街道）政协联络组")),
        OFFICE,
        date(2026, 6, 18),
    )
    return write(parts, kind="bulletin", head=head, colophon=colophon)


def opinion() -> bytes:
    """One piece of information on what people think and need."""
    parts = (
        Title("农村客运班线减少\n群众赶集就医出行不便"),
        Paragraph(
            "县政协委员、青石镇卫生院院长何桂兰反映：近两年我县先后停运农村客运班线9条，涉及5个乡镇、37个行政村，老人、学生出行受到较大影响。"
        ),
        Heading(1, "主要情况"),
        Paragraph(
            "据对青石、白云两镇群众走访，停运线路沿线60岁以上老人4200余人，到镇卫生院就医需步行3公里以上的村有11个；学生周末返校只能由家长接送或乘坐非营运车辆，存在安全隐患。"
        ),
        Heading(1, "原因分析"),
        Paragraph(
            "客源分散、单程载客不足，经营者连年亏损；运营补贴标准偏低，且不区分线路长短；班次固定，与赶集、上学时间不衔接。"
        ),
        Heading(1, "意见建议"),
        Paragraph("一是推行预约响应式客运，由村级服务点代群众约车，逢集日、周末加开班次。"),
        Paragraph("二是完善运营补贴办法，按里程和服务人次核定，对偏远线路适当倾斜。"),
        Paragraph("三是推动客运与邮政、快递融合，增加线路收入，保障长期运营。"),
    )
    head = IssueHead("社情民意", "第19期（总第246期）", OFFICE, "2026年6月22日")
    colophon = Colophon(
        (("报", "市政协研究室，县委、县政府主要领导"), ("送", "县交通运输局")), OFFICE, date(2026, 6, 22)
    )
    return write(parts, kind="opinion", head=head, colophon=colophon)
