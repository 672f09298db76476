"""归档包: made on archiving, whole, and known again by its digest."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree

from xieshang.base.audit.models import Entry
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.ledger import verify
from xieshang.cli.main import main
from xieshang.documents import volume
from xieshang.work.proposals import actions, rules
from xieshang.work.proposals.models import Package, Proposal

from .test_walk import NOW, Cast, again, answer, assigned, given

RATED = {"visited": "yes", "way": "visit", "attitude": "satisfied", "aim": "to_point", "result": "agree", "words": "好"}


def answered(cast: Cast) -> Proposal:
    made = assigned(cast)
    town = actions.sign(given(made, cast.units["town"]), by=cast.town, now=NOW)
    actions.opine(town, "配合。", by=cast.town, now=NOW, seen=town.version)
    answer(cast, given(made, cast.units["road"]), cast.road, result="A")
    return again(made)  # type: ignore[no-any-return]


@pytest.fixture
def archived(cast: Cast) -> Proposal:
    made = answered(cast)
    for who in actions.unrated(made):
        made = actions.rate_for(made, who, RATED, scan=("评价.pdf", b"%PDF-1.4\n%%EOF\n"), by=cast.clerk, now=NOW)
    made = actions.close(made, by=cast.clerk, now=NOW, seen=made.version)
    made = actions.archive(made, by=cast.clerk, now=NOW, seen=made.version)
    actions.pack_waiting(NOW)
    return again(made)  # type: ignore[no-any-return]


def data(proposal: Proposal) -> bytes:
    file = proposal.package.file
    assert file is not None
    return storage.path_of(file).read_bytes()


def test_the_package_holds_every_paper_with_what_the_archive_asks(archived: Proposal) -> None:
    made = zipfile.ZipFile(io.BytesIO(data(archived)))
    root = etree.fromstring(made.read("metadata.xml"))
    names = {"v": volume.NAMESPACE}
    assert [root.findtext(f"v:{one}", "", names) for one in ("number", "retention", "secrecy")] == [
        archived.name,
        "30年",
        "公开",
    ]
    kinds = [one.text for one in root.findall("v:items/v:item/v:kind", names)]
    assert {"提案表", "审查意见", "交办单", "答复", "征询意见表", "征询意见表原件"} <= set(kinds)
    assert len(kinds) == archived.package.pieces == len(made.namelist()) - 2


def test_its_digest_stands_on_the_record_and_in_the_trail(archived: Proposal) -> None:
    entry = Entry.objects.get(record=archived.ref, verb="proposals.packed")
    assert entry.detail["sha256"] == archived.package.sha256 == volume.check(data(archived)).sha256
    assert verify.verify().problems == []


def test_it_is_made_once(archived: Proposal, cast: Cast) -> None:
    with pytest.raises(Refused, match="不再改动"):
        actions.ask_package(archived, by=cast.clerk, now=NOW)


def repacked(given: bytes, change: Any) -> bytes:
    old, out = zipfile.ZipFile(io.BytesIO(given)), io.BytesIO()
    files = {name: old.read(name) for name in old.namelist()}
    change(files)
    with zipfile.ZipFile(out, "w") as new:
        for name, content in files.items():
            new.writestr(name, content)
    return out.getvalue()


CHANGES = [
    (lambda files: files.pop(min(n for n in files if n.startswith("papers/"))), {"missing"}),
    (lambda files: files.update({max(n for n in files if n.startswith("papers/")): b"x"}), {"changed"}),
    (lambda files: files.update({"papers/99.txt": b"x"}), {"extra"}),
    (
        lambda files: files.update({"metadata.xml": files["metadata.xml"].replace("公开".encode(), "秘密".encode())}),
        {"changed"},
    ),
]


@pytest.mark.parametrize(("change", "faults"), CHANGES)
def test_what_was_taken_out_changed_or_put_in_is_found(archived: Proposal, change: Any, faults: set[str]) -> None:
    found = volume.check(repacked(data(archived), change))
    assert not found.whole and {fault for _path, fault in found.problems} == faults


def test_the_command_says_whether_it_is_whole(
    archived: Proposal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "卷.zip"
    path.write_bytes(data(archived))
    assert main(["proposals", "package", "check", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["whole"] is True
    path.write_bytes(repacked(data(archived), CHANGES[1][0]))
    assert main(["proposals", "package", "check", str(path)]) == 2
    assert "被改动过" in capsys.readouterr().out
    path.write_bytes(b"PK")
    assert main(["proposals", "package", "check", str(path)]) == 2


def test_the_page_tells_ours_from_another(archived: Proposal, cast: Cast, client: Client) -> None:
    client.force_login(cast.clerk)
    sent = b"".join(client.get(f"/proposals/{archived.pk}/package.zip").streaming_content)  # type: ignore[attr-defined]
    page = client.post("/proposals/package/check", {"file": SimpleUploadedFile("a.zip", sent)})
    assert "和这里做成的一致" in page.content.decode()
    page = client.post("/proposals/package/check", {"file": SimpleUploadedFile("a.zip", repacked(sent, CHANGES[2][0]))})
    assert "不是包里原有的" in page.content.decode()
    assert client.post("/proposals/package/check", {"file": SimpleUploadedFile("a.zip", b"no")}).status_code == 422


def test_key_ones_are_kept_for_good_and_what_cannot_be_read_is_said(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = actions.make_key(made := answered(cast), on=NOW.date(), by=cast.clerk, now=NOW, seen=made.version)
    from xieshang.work.proposals import archiving

    assert archiving.keep_of(made) == "permanent"
    Proposal.objects.filter(pk=made.pk).update(state=rules.ARCHIVED)
    actions.ask_package(again(made), by=cast.clerk, now=NOW)

    def gone(*_args: Any) -> list[volume.Item]:
        raise FileNotFoundError

    monkeypatch.setattr(archiving, "items", gone)
    actions.pack_waiting(NOW)
    assert Package.objects.get().state == Package.FAILED
