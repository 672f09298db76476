"""Every address. Each room brings its own; `/api/` is the same for programs."""

from django.urls import include, path

from .api import api
from .views import account, audit, entry, figures, files, home, leaving, notices, saved, settings, terms, work

urlpatterns = [
    path("", home.home, name="home"),
    path("login", entry.log_in, name="login"),
    path("logout", entry.log_out, name="logout"),
    path("account/language", account.set_language, name="set_language"),
    path("account/size", account.set_size, name="set_size"),
    path("account/", account.account, name="account"),
    path("account/password", account.password_change, name="password_change"),
    path("account/again", account.prove_again, name="prove_again"),
    path("account/devices/<int:pk>/forget", account.forget_device, name="forget_device"),
    path("me", home.me, name="me"),
    path("notices", home.notices, name="notices"),
    path("notices/undelivered", notices.undelivered, name="undelivered"),
    path("notices/<int:pk>/telephoned", notices.telephoned, name="telephoned"),
    path("notices/read", home.notices_read, name="notices_read"),
    path("search", home.search, name="search"),
    path("feedback", home.feedback, name="feedback"),
    path("work/", work.work, name="work"),
    path("figures/", figures.ask, name="figures"),
    path("figures/drawer", figures.drawer, name="figure_drawer"),
    path("figures/cards", figures.keep_card, name="figure_card"),
    path("figures/cards/drop", figures.drop_card, name="drop_card"),
    path("figures/rows.xlsx", figures.rows_xlsx, name="figure_rows"),
    path("files/<int:pk>", files.preview, name="file_page"),
    path("files/<int:pk>/pages/<int:number>", files.page, name="file_picture"),
    path("files/<int:pk>/<str:name>", files.show, name="file"),
    path("settings/", settings.index, name="settings"),
    path("settings/rules", settings.rules, name="settings_rules"),
    path("settings/rules/<str:key>", settings.rule, name="settings_rule"),
    path("settings/calendar", settings.calendar, name="settings_calendar"),
    path("settings/bodies", settings.bodies, name="settings_bodies"),
    path("settings/terms", terms.terms, name="settings_terms"),
    path("settings/locks", settings.locks, name="settings_locks"),
    path("settings/accounts", settings.accounts, name="settings_accounts"),
    path("settings/accounts/<int:pk>", settings.account, name="settings_account"),
    path("settings/handover", leaving.hand_over, name="settings_handover"),
    path("settings/audit", audit.trail, name="audit"),
    path("settings/ledger", audit.ledger, name="audit_ledger"),
    path("public/proposals/", include("xieshang.work.proposals.public_urls")),
    path("proposals/", include("xieshang.work.proposals.urls")),
    path("saved", saved.keep, name="saved_keep"),
    path("saved/<int:pk>", saved.change, name="saved_change"),
    path("public/clues/", include("xieshang.work.proposals.open_urls")),
    path("settings/ledger/progress", audit.ledger_progress, name="audit_ledger_progress"),
    path("activities/", include("xieshang.work.activities.urls")),
    path("registers/", include("xieshang.work.registers.urls")),
    path("earlier/", include("xieshang.work.earlier.urls")),
    path("plans/", include("xieshang.measure.plans.urls")),
    path("reports/", include("xieshang.measure.reports.urls")),
    path("submissions/", include("xieshang.measure.submissions.urls")),
    path("approvals/", include("xieshang.web.approvals_urls")),
    path("people/", include("xieshang.web.people_urls")),
    path("api/", api.urls),
    path("gallery", home.gallery, name="gallery"),
]
handler400 = "xieshang.web.views.entry.bad_request"
handler403 = "xieshang.web.views.entry.forbidden"
handler404 = "xieshang.web.views.entry.not_found"
handler500 = "xieshang.web.views.entry.our_fault"
