"""The development corpus, where it lies beside the project: floors of quality, and the same in disguise.

The texts stay where they are; without them these tests have nothing to say and pass.
"""

import importlib.machinery
import importlib.util
import json
import re
from collections import defaultdict
from pathlib import Path

from xieshang.text.reading import read

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
FLOORS = {
    "targets.exact": 0.95,
    "targets.found": 0.97,
    "outline": 0.98,
    "blanks": 0.95,
    "facts": 0.95,
    "documents": 1.0,
}

PLACES = {  # of the same length, so that nothing moves
    "河池": "临江", "广西": "云东", "广州": "海州", "河南": "江北", "宁海": "青溪", "宁波": "松江", "浙江": "岭南", "海林": "白桦", "汀南": "沙北",
    "岚溪": "竹湾", "望溪": "听泉", "柘坪": "桑原", "澄浦": "明港", "宁岭": "安坡", "桐花里": "槐树弄", "吴江": "越水", "苏州": "锦州", "南宁": "北安",
    "金城江": "银塘河", "东兰": "西竹", "罗城": "环山", "贺州": "辰州", "朔州": "朗州", "忻州": "欣州", "来宾": "兴宾", "隆安": "昌平", "羊城": "鹿城",
    "京津冀": "闽浙赣", "上海": "重庆", "仁良": "义善", "坤王": "乾圣", "武篆": "文隶", "贝壳": "珊瑚",
    "茶园": "果林", "殡葬": "婚庆", "冷链": "仓储", "水库": "矿山", "银发": "低空", "陀螺": "风筝", "高标准农田": "无公害果园", "农贸": "花卉",
}  # fmt: skip
NUMBER = re.compile(r"(?<![\d第.])(?<!^)\d+(?:\.\d+)?(?!\d|\.|[年月日季、．）)号届大五xX_])", re.MULTILINE)
YEAR = re.compile(r"20[0-2]\d(?=年|[－~—-]20)")
HIGHER = str.maketrans("12345678", "23456789")


def scorer():
    loader = importlib.machinery.SourceFileLoader("corpus_score", str(CORPUS / "score"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def pairs(folder=CORPUS / "dev"):
    for gold in sorted(folder.glob("*.gold.json")):
        text = gold.with_name(gold.name.replace(".gold.json", ".txt"))
        yield text.read_text(encoding="utf-8"), json.loads(gold.read_text(encoding="utf-8"))


def scores(texts_and_golds):
    module, total = scorer(), defaultdict(lambda: [0, 0, 0])
    for text, gold in texts_and_golds:
        tally, _ = module.score(text, gold, read(text).as_json())
        for part, counts in tally.items():
            total[part] = [a + b for a, b in zip(total[part], counts, strict=True)]
    return {part: module.ratios(*counts)[2] for part, counts in total.items()}


def disguised(text, gold):
    """Other places, other years and other figures, in the text and in its gold alike; every length stays the same."""
    plain = re.sub(r"[\s\u3000\ufeff]+", "", text)
    masked = _mask(text)
    squeezed = re.sub(r"[\s\u3000\ufeff]+", "", masked)
    assert len(squeezed) == len(plain)

    def moved(words):
        at = plain.find(re.sub(r"[\s\u3000\ufeff]+", "", words))
        return squeezed[at : at + len(re.sub(r"[\s\u3000\ufeff]+", "", words))] if at >= 0 and words else words

    for document in gold["documents"]:
        document["title"] = moved(document["title"]) if document["title"] else None
        for heading in document["outline"]:
            printed = moved(heading["marker"] + heading["title"])
            heading["title"] = printed[len(heading["marker"]) :]
        for item in document["targets"] + document["facts"]:
            _move_item(item, moved(item["quote"]))
        for blank in document["blanks"]:
            around = moved(blank["before"] + blank["mark"] + blank["after"])
            begin, stop = len(blank["before"]), len(blank["before"]) + len(blank["mark"])
            blank["before"], blank["mark"], blank["after"] = around[:begin], around[begin:stop], around[stop:]
    return masked, gold


def _mask(text):
    for place, other in PLACES.items():
        text = text.replace(place, other)
    text = YEAR.sub(lambda m: str(int(m[0]) + 3), text)
    return NUMBER.sub(lambda m: m[0].translate(HIGHER), text)


def _move_item(item, quote):
    old, item["quote"] = item["quote"], quote
    old_numbers, new_numbers = re.findall(r"[\d.]+", old), re.findall(r"[\d.]+", quote)
    told = dict(zip(old_numbers, new_numbers, strict=True))
    for key in ("value", "max"):
        value = item.get(key)
        if value is None:
            continue
        for scale in (1, 10_000):  # 2万个 is 20000
            printed = f"{value / scale:g}"
            if printed in told:
                item[key] = float(told[printed]) * scale
                break
            if printed == f"{float(printed):g}" and f"{value / 10:g}成" in old and f"{value / 10:g}" in told:
                item[key] = float(told[f"{value / 10:g}"]) * 10
                break
    if item.get("deadline") and item["deadline"][:2] == "20":
        item["deadline"] = f"{int(item['deadline'][:4]) + 3}{item['deadline'][4:]}"


def test_the_development_texts_are_read_well():
    if not CORPUS.is_dir():
        return
    found = scores(pairs())
    assert {part: f1 for part, f1 in found.items() if f1 < FLOORS[part]} == {}


def test_papers_by_other_hands_are_read_well():
    """Those of bench/data/seen, from which rules were learnt; the unseen ones are for the figure only."""
    if not CORPUS.is_dir():
        return
    found = scores(pairs(Path(__file__).parents[3] / "bench" / "data" / "seen"))
    assert {part: f1 for part, f1 in found.items() if f1 < FLOORS[part]} == {}


def test_other_places_years_and_figures_are_read_as_well():
    """No rule knows a place, a name or a figure of the development texts."""
    if not CORPUS.is_dir():
        return
    plain, masked = scores(pairs()), scores(disguised(text, gold) for text, gold in pairs())
    assert {part: (plain[part], masked[part]) for part in plain if masked[part] < plain[part] - 0.02} == {}
