"""A filled example of each official kind, all people and places invented: `xieshang document sample KIND -o F.docx`."""

from collections.abc import Callable

from xieshang.documents.gongwen import Kind

from . import issues, joint, letters, lists, report

SAMPLES: dict[Kind, Callable[[], bytes]] = {
    "report": report.report,
    "notice": letters.notice,
    "letter": letters.letter,
    "minutes": issues.minutes,
    "special_report": issues.special_report,
    "bulletin": issues.bulletin,
    "opinion": issues.opinion,
    "proposal": lists.proposal,
    "joint_report": joint.joint_report,
    "sign_in": lists.sign_in,
    "name_list": lists.name_list,
    "breakdown": lists.breakdown,
}


def sample(kind: Kind) -> bytes:
    """The example of a kind as .docx; the same bytes each time."""
    return SAMPLES[kind]()
