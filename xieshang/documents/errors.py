"""What can be wrong with a file, in one table, so that page, command and API say the same sentence."""

from collections.abc import Mapping

# code: (why, what to do). Plain Chinese; the web room translates. {names} are filled from `DocumentError.params`.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "empty": ("这个文件是空的", "请确认文件已保存好内容，再重新选择"),
    "too_large": ("文件超过了 {limit} MB 的上限", "请去掉文件里的大图片，或拆成几个文件后再上传"),
    "binary": ("这个文件不是纯文本，里面多是程序数据", "请用 Word 或 WPS 打开原文件，另存为 .docx 后再上传"),
    "encrypted": ("这个文件设有打开密码，读不出内容", "请在 Word 或 WPS 中取消密码保护，保存后再上传"),
    "broken": ("这个文件已损坏或没有传完整", "请用 Word 或 WPS 打开检查，另存为新的 .docx 后再上传"),
    "misnamed": ("文件名以 {suffix} 结尾，内容却是{really}", "请用原来的程序打开，另存为 {wanted} 后再上传"),
    "unsupported": ("还不能读取 {suffix} 文件", "请另存为 {wanted} 后再上传"),
    "zip_bomb": ("文件解压后大得不正常，为安全起见没有打开", "请用 Word 或 WPS 另存为新的文件后再上传"),
    "unsafe": ("文件里含有不安全的外部定义，为安全起见没有打开", "请用 Word 或 WPS 另存为新的文件后再上传"),
    "macros": ("文件里带有宏程序，为安全起见没有打开", "请另存为不带宏的 .docx 或 .xlsx 后再上传"),
    "remote": ("文件要从网络上取模板或内容，为安全起见没有打开", "请把正文复制到一个新的文件里，保存后再上传"),
    "nested": ("文件里的表格或层次套得太深，为安全起见没有打开", "请把正文复制到一个新的文件里，保存后再上传"),
    "ofd": (
        "OFD 是版式文件，读不出可用的文字",
        "请用 OFD 阅读器或 WPS 打开，导出或复制成 .docx 后再上传；盖章的原件可以作附件留存",
    ),
    "scan": (
        "这个 {suffix} 是扫描件或图片，里面没有文字",
        "请上传同一份文件的 Word 原稿；只有扫描件的，用 WPS“图片转文字”识别、核对后存成 .docx",
    ),
    "garbled": (
        "这个 PDF 的文字没有编码，读出来是乱码",
        "请上传同一份文件的 Word 原稿；没有原稿的，用 WPS“图片转文字”识别、核对后存成 .docx",
    ),
    "no_office_old": (
        "服务器上没有安装 LibreOffice，读不了 {suffix} 文件",
        "请用 Word 或 WPS 另存为 .docx 后再上传，或请系统管理员安装 libreoffice-writer",
    ),
    "old_unread": (
        "{suffix} 文件没有读出来，可能设了密码或已经损坏",
        "请用 Word 或 WPS 打开，取消密码，另存为 .docx 后再上传",
    ),
    "no_text": ("文件里没有文字，可能是扫描的图片", "请上传可以选中文字的 .docx 或 .txt 文件"),
    "too_many_rows": ("表格超过了 {rows} 行或 {columns} 列", "请删去多余的空行空列，或分成几个文件后再导入"),
    "encoding": ("认不出这个文本文件的编码", "请用记事本打开，另存时把编码选为 UTF-8，再上传"),
    "no_office": (
        "服务器上没有安装 LibreOffice，不能生成 PDF",
        "请先下载 .docx，或请系统管理员安装 libreoffice-writer",
    ),
    "too_many_pages": ("这个文件超过了 {pages} 页", "请拆成几个文件后再上传"),
    "office_failed": ("LibreOffice 没有能够转换这个文件", "请先下载 .docx；如果反复出现，请告诉系统管理员"),
}

# What a misnamed file really is: values of params["really"], to be translated like the sentences.
KINDS: Mapping[str, str] = {
    "doc": "旧版 Office 文档（.doc、.xls 一类）",
    "old_doc": "旧版 Word 或 WPS 文字",
    "old_sheet": "旧版 Excel 或 WPS 表格",
    "docx": " Word 文档（.docx）",
    "sheet": "电子表格",
    "slides": "演示文稿",
    "odf": " OpenDocument 文档",
    "pdf": " PDF 文件",
    "zip": "压缩包",
    "image": "图片",
    "rtf": " RTF 文档",
    "text": "纯文本",
}


class DocumentError(Exception):
    """A file we cannot use, told to the person who brought it.

    code    one of `SENTENCES`
    params  what the sentence is filled with: numbers, suffixes, a name from `KINDS`
    why do  the two plain Chinese sentences, without full stop
    """

    def __init__(self, code: str, **params: str | int) -> None:
        why, do = SENTENCES[code]
        self.code = code
        self.params: dict[str, str | int] = params
        self.why = why.format(**params)
        self.do = do.format(**params)
        super().__init__(f"{self.why}。{self.do}。")
