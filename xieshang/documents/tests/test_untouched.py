"""Office files made by Word and LibreOffice, filled: node by node, all but the filled runs is what it was."""

from collections import defaultdict

import pytest
from lxml import etree

from xieshang.documents.comments import PART
from xieshang.documents.filling import Edit, fill, find
from xieshang.documents.office import convert, office
from xieshang.documents.sections import MARK, expand, sections
from xieshang.documents.tests.making import FILES, SAMPLES, unzipped
from xieshang.documents.words import RPR, P, R, w

ANCHORS = (w("commentRangeStart"), w("commentRangeEnd"))
COMMENTED = {PART, "[Content_Types].xml", "word/_rels/document.xml.rels"}
OFFICE_FILES = sorted(
    [*SAMPLES.glob("*.docx"), *(SAMPLES.glob("*.doc") if office() else ()), *(FILES.glob("*.doc") if office() else ())]
)


@pytest.fixture(scope="module", params=OFFICE_FILES, ids=lambda path: path.name)
def paper(request: pytest.FixtureRequest) -> bytes:
    """One office file as .docx; none where the samples do not lie beside the repository."""
    data = request.param.read_bytes()
    return data if request.param.suffix == ".docx" else convert(data, "doc", "docx")


def edits(data: bytes) -> list[Edit]:
    """Three characters of up to three paragraphs of each kind: body, table, text box, header, footer, note."""
    taken: dict[str, list[Edit]] = defaultdict(list)
    for place in find(data):
        if len(place.text.strip()) > 2 and len(taken[place.kind]) < 3:
            taken[place.kind].append(Edit(place.index, 1, 3, "1 280", "注"))
    return [edit for mine in taken.values() for edit in mine]


def outline(xml: bytes, changed: set[int]) -> bytes:
    """The part as canonical XML, its changed paragraphs without what filling may touch: runs, comment anchors."""
    root = etree.fromstring(xml)
    for ordinal, paragraph in enumerate(root.iter(P)):
        if ordinal not in changed:
            continue
        for run in [*paragraph.iter(R), *paragraph.iter(*ANCHORS)]:
            if next(run.iterancestors(P)) is paragraph and run.find(f".//{P}") is None:
                run.getparent().remove(run)
        for name in ("showingPlcHdr", "dataBinding"):  # a content control that was filled is no placeholder any more
            for node in [
                n
                for c in (*paragraph.iter(w("sdt")), *paragraph.iterancestors(w("sdt")))
                for n in c.findall(f"{w('sdtPr')}/{w(name)}")
            ]:
                node.getparent().remove(node)
    return etree.tostring(root, method="c14n")


def changed_paragraphs(before: bytes, after: bytes) -> set[int]:
    old, new = (list(etree.fromstring(xml).iter(P)) for xml in (before, after))
    assert len(old) == len(new)
    return {
        n
        for n, pair in enumerate(zip(old, new, strict=True))
        if len({etree.tostring(p, method="c14n", with_tail=False) for p in pair}) > 1
    }


def looks(xml: bytes) -> list[bytes]:
    """The formatting of every run, those alike and next to each other once: a filled run looks like the one it was cut from."""
    found = [
        etree.tostring(f, method="c14n", with_tail=False) if (f := run.find(RPR)) is not None else b""
        for run in etree.fromstring(xml).iter(R)
        if run.find(w("t")) is not None
    ]
    return [one for n, one in enumerate(found) if not n or one != found[n - 1]]


def test_all_but_the_filled_runs_is_equal_node_by_node(paper: bytes) -> None:
    made = edits(paper)
    before, after = unzipped(paper), unzipped(fill(paper, made))

    parts = {name for name in before if name in after and before[name] != after[name]}
    assert parts - COMMENTED and after.keys() - before.keys() <= {PART}
    for name in parts - COMMENTED:
        changed = changed_paragraphs(before[name], after[name])
        assert (
            0 < len(changed) <= 2 * len(made) + 2
        )  # the copy of a text box for old programs, and the paragraph it hangs on
        assert outline(before[name], changed) == outline(after[name], changed), name
    old = {e.index: e.text for e in find(paper)}
    for edit in made:
        old[edit.paragraph] = f"{old[edit.paragraph][: edit.start]}1 280{old[edit.paragraph][edit.end :]}"
    assert [place.text for place in find(fill(paper, made))] == list(old.values())


def test_a_clean_copy_differs_in_no_other_part_and_keeps_the_look_of_every_run(paper: bytes) -> None:
    made = edits(paper)
    before, after = unzipped(paper), unzipped(fill(paper, made, clean=True))

    assert before.keys() == after.keys()
    parts = [name for name in before if before[name] != after[name]]
    assert all(name.startswith("word/") and name.endswith(".xml") for name in parts) and not COMMENTED & set(parts)
    for name in parts:
        assert set(looks(after[name])) <= set(looks(before[name]))


def test_a_repeated_part_leaves_all_around_it_byte_for_byte(paper: bytes) -> None:
    """A paragraph is repeated thrice between two marks put into its neighbours."""
    places = [place for place in find(paper) if place.kind == "body" and "/box" not in place.address]
    rows = [
        (a, b, c)
        for a, b, c in zip(places, places[1:], places[2:], strict=False)
        if all(len(p.text.strip()) > 1 for p in (a, b, c))
    ]
    for first, _middle, last in rows:
        marked = fill(
            paper,
            [Edit(first.index, 0, len(first.text), "{{#每季度}}"), Edit(last.index, 0, len(last.text), "{{/每季度}}")],
            clean=True,
        )
        found, troubles = sections(marked)
        if len(found) != 1 or troubles:
            continue
        done, _owners = expand(marked, found, [3])
        old, new = [place.text for place in find(marked)], [place.text for place in find(done)]
        assert new == old[: first.index] + old[first.index + 1 : last.index] * 3 + old[last.index + 1 :]
        before, after = unzipped(marked), unzipped(done)
        assert {n for n in before if before[n] != after[n]} == {"word/document.xml"}
        assert not any(MARK.search(text) for text in new)
        return
