"""The API root; each room adds its router."""

from ninja import NinjaAPI
from ninja.security import django_auth

api = NinjaAPI(title="协商", version="1", auth=django_auth, urls_namespace="api", docs_url=None)
urlpatterns = api.urls[0]
