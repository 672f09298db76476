"""Every write of templates: upload, replace, retire, use again. A version once uploaded stays as it is."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.orgs.models import Organization
from xieshang.base.workflow.engine import Step, move
from xieshang.documents import filling as paper
from xieshang.documents.errors import KINDS, DocumentError

from . import lastyear
from .models import Template, TemplateVersion
from .opening import checked
from .rules import TEMPLATE_MOVES


def upload(
    organization: Organization, *, data: bytes, name: str, title: str = "", note: str = "", year: int | None = None, by: User | None, now: datetime
) -> Template:  # fmt: skip
    """上传模板.

    title   the file's name where none is given
    year    the file is the report of the year before: its figures become blanks, its years move on to this one
    raises  NotAllowed · Refused (a file that cannot be read, a title that is taken)
    """
    made = Template(organization=organization, title=(title.strip() or Path(name).stem)[:80], note=note.strip()[:200])
    with move(made, "upload", TEMPLATE_MOVES, by=by, now=now) as step:
        _title_free(made)
        _keep(step, data, name, "", year)
    return step.record


def replace(
    template: Template, *, data: bytes, name: str, note: str = "", year: int | None = None, by: User | None, now: datetime, seen: int | None = None
) -> Template:  # fmt: skip
    """换新版: reports begun from the version before keep it."""
    with move(template, "replace", TEMPLATE_MOVES, by=by, now=now, seen=seen) as step:
        _keep(step, data, name, note, year)
    return step.record


def retire(template: Template, *, by: User | None, now: datetime, seen: int | None = None) -> Template:
    """停用: it is no longer offered; reports that were made from it keep it."""
    with move(template, "retire", TEMPLATE_MOVES, by=by, now=now, seen=seen) as step:
        pass
    return step.record


def use_again(template: Template, *, by: User | None, now: datetime, seen: int | None = None) -> Template:
    """重新启用."""
    with move(template, "use_again", TEMPLATE_MOVES, by=by, now=now, seen=seen) as step:
        _title_free(step.record)
    return step.record


def _title_free(template: Template) -> None:
    same = Template.objects.filter(organization=template.organization, title=template.title, state="in_use")
    if same.exclude(pk=template.pk).exists():
        raise Refused(
            "taken", why=_("已经有一个叫“%(title)s”的模板") % {"title": template.title}, do=_("要改它的内容，请打开它换新版；不是同一份的，请另起名称"), field="title"
        )  # fmt: skip


def _keep(step: Step[Template], data: bytes, name: str, note: str, year: int | None) -> None:
    checked(lambda: paper.find(data))
    if Path(name).suffix.lower() != ".docx":
        error = DocumentError("misnamed", suffix=Path(name).suffix, really=KINDS["docx"], wanted=".docx")
        raise Refused(error.code, why=error.why, do=error.do, field="file")
    if year is not None:
        data = checked(lambda: lastyear.emptied(data, year)).data
    number = TemplateVersion.objects.filter(template=step.record.pk).count() + 1
    stored = storage.store(f"{Path(name).stem[:80]}.docx", data)
    step.detail |= {"number": number, "file": stored.sha256}
    version = TemplateVersion(
        number=number, file=stored, name=Path(name).name[:200], note=note.strip()[:200], at=step.now, by=step.by
    )

    def save(template: Template) -> None:
        version.template = template
        version.save()

    step.then(save)


def content(version: TemplateVersion) -> bytes:
    """The file as it was uploaded."""
    return storage.path_of(version.file).read_bytes()
