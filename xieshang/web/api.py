"""The API root; each room adds its router. A refusal is `{code, why, do, field}` everywhere (web.middleware)."""

from ninja import NinjaAPI
from ninja.security import django_auth

from xieshang.measure.plans.api import router as plans
from xieshang.measure.reports.api import router as reports
from xieshang.measure.submissions.api import router as submissions
from xieshang.work.activities.api import router as activities
from xieshang.work.registers.api import router as registers

api = NinjaAPI(title="协商", version="1", auth=django_auth, urls_namespace="api", docs_url=None)
api.add_router("/activities/", activities)
api.add_router("/registers/", registers)
api.add_router("/plans/", plans)
api.add_router("/reports/", reports)
api.add_router("/submissions/", submissions)
urlpatterns = api.urls[0]
