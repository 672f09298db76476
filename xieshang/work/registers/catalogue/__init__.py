"""现成登记簿: the registers that an office takes with one click. Data only, a module for each group.

Words are what plans and reports call a thing: the longest that fits decides, so each is as specific as the papers are, and `never` keeps
the neighbours out. Where activities count the same word (走访, 培训, 联席会议), the measure words differ. People in need are never named.
"""

from collections.abc import Mapping

from .advice import ADVICE
from .party import PARTY
from .service import SERVICE
from .study import STUDY
from .upkeep import UPKEEP
from .writing import Ready

ALL = (*ADVICE, *SERVICE, *STUDY, *UPKEEP, *PARTY)
READY: Mapping[str, Ready] = {one.key: one for one in ALL}
GROUPS = tuple(dict.fromkeys(one.group for one in ALL))

__all__ = ["ALL", "GROUPS", "READY", "Ready"]
