"""Who may read what was locked as a secret."""

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User

from ..models import Proposal, Secret


def sees_secret(user: User, proposal: Proposal) -> bool:
    """Who locked it, and who may settle it; nobody else."""
    found = Secret.objects.filter(proposal=proposal, outcome="")
    if permissions.may(user, "proposals.purge", proposal.organization):
        return found.exists()
    return found.filter(locked_by=user).exists()
