"""What can be wrong with a file, in one table, so that page, command and API say the same sentence."""

from collections.abc import Callable, Mapping


def gettext_noop(words: str) -> str:
    """Marks words for the catalogue; this room knows no Django."""
    return words


_ = gettext_noop
translate: Callable[[str], str] = gettext_noop  # the web room sets it to the reader's language

# code: (why, what to do). {names} are filled from `DocumentError.params`.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "empty": (_("这个文件是空的"), _("请确认文件已保存好内容，再重新选择")),
    "too_large": (_("文件超过了 {limit} MB 的上限"), _("请去掉文件里的大图片，或拆成几个文件后再上传")),
    "binary": (_("这个文件不是纯文本，里面多是程序数据"), _("请用 Word 或 WPS 打开原文件，另存为 .docx 后再上传")),
    "encrypted": (_("这个文件设有打开密码，读不出内容"), _("请在 Word 或 WPS 中取消密码保护，保存后再上传")),
    "broken": (_("这个文件已损坏或没有传完整"), _("请用 Word 或 WPS 打开检查，另存为新的 .docx 后再上传")),
    "no_package": (_("这不是归档包，或者已经损坏"), _("请重新下载，或从备份里取一份再核对")),
    "misnamed": (_("文件名以 {suffix} 结尾，内容却是{really}"), _("请用原来的程序打开，另存为 {wanted} 后再上传")),
    "unsupported": (_("还不能读取 {suffix} 文件"), _("请另存为 {wanted} 后再上传")),
    "zip_bomb": (_("文件解压后大得不正常，为安全起见没有打开"), _("请用 Word 或 WPS 另存为新的文件后再上传")),
    "unsafe": (_("文件里含有不安全的外部定义，为安全起见没有打开"), _("请用 Word 或 WPS 另存为新的文件后再上传")),
    "macros": (_("文件里带有宏程序，为安全起见没有打开"), _("请另存为不带宏的 .docx 或 .xlsx 后再上传")),
    "remote": (_("文件要从网络上取模板或内容，为安全起见没有打开"), _("请把正文复制到一个新的文件里，保存后再上传")),
    "nested": (_("文件里的表格或层次套得太深，为安全起见没有打开"), _("请把正文复制到一个新的文件里，保存后再上传")),
    "ofd": (
        _("OFD 是版式文件，读不出可用的文字"),
        _("请用 OFD 阅读器或 WPS 打开，导出或复制成 .docx 后再上传；盖章的原件可以作附件留存"),
    ),
    "scan": (
        _("这个 {suffix} 是扫描件或图片，里面没有文字"),
        _("请上传同一份文件的 Word 原稿；只有扫描件的，用 WPS“图片转文字”识别、核对后存成 .docx"),
    ),
    "garbled": (
        _("这个 PDF 的文字没有编码，读出来是乱码"),
        _("请上传同一份文件的 Word 原稿；没有原稿的，用 WPS“图片转文字”识别、核对后存成 .docx"),
    ),
    "no_office_old": (
        _("服务器上没有安装 LibreOffice，读不了 {suffix} 文件"),
        _("请用 Word 或 WPS 另存为 .docx 后再上传，或请系统管理员安装 libreoffice-writer"),
    ),
    "old_unread": (
        _("{suffix} 文件没有读出来，可能设了密码或已经损坏"),
        _("请用 Word 或 WPS 打开，取消密码，另存为 .docx 后再上传"),
    ),
    "no_text": (_("文件里没有文字，可能是扫描的图片"), _("请上传可以选中文字的 .docx 或 .txt 文件")),
    "too_many_rows": (_("表格超过了 {rows} 行或 {columns} 列"), _("请删去多余的空行空列，或分成几个文件后再导入")),
    "encoding": (_("认不出这个文本文件的编码"), _("请用记事本打开，另存时把编码选为 UTF-8，再上传")),
    "no_office": (
        _("服务器上没有安装 LibreOffice，不能生成 PDF"),
        _("请先下载 .docx，或请系统管理员安装 libreoffice-writer"),
    ),
    "too_many_pages": (_("这个文件超过了 {pages} 页"), _("请拆成几个文件后再上传")),
    "office_failed": (_("LibreOffice 没有能够转换这个文件"), _("请先下载 .docx；如果反复出现，请告诉系统管理员")),
}

# What a misnamed file really is: values of params["really"], to be translated like the sentences.
KINDS: Mapping[str, str] = {
    "doc": _("旧版 Office 文档（.doc、.xls 一类）"),
    "old_doc": _("旧版 Word 或 WPS 文字"),
    "old_sheet": _("旧版 Excel 或 WPS 表格"),
    "docx": _(" Word 文档（.docx）"),
    "sheet": _("电子表格"),
    "slides": _("演示文稿"),
    "odf": _(" OpenDocument 文档"),
    "pdf": _(" PDF 文件"),
    "zip": _("压缩包"),
    "image": _("图片文件"),
    "rtf": _(" RTF 文档"),
    "text": _("纯文本"),
}


class DocumentError(Exception):
    """A file we cannot use, told to the person who brought it.

    code    one of `SENTENCES`
    params  what the sentence is filled with: numbers, suffixes, a name from `KINDS`
    why do  the two sentences in the language of who asked, without full stop
    """

    def __init__(self, code: str, **params: str | int) -> None:
        why, do = SENTENCES[code]
        self.code = code
        self.params: dict[str, str | int] = params
        said = {
            n: translate(one) if isinstance(one, str) and one in KINDS.values() else one for n, one in params.items()
        }
        self.why = translate(why).format(**said)
        self.do = translate(do).format(**said)
        super().__init__(f"{self.why}。{self.do}。")
