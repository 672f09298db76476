"""Static files under hashed names, also where one module imports another, so that an upgrade is seen at once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """WhiteNoise's storage with hashed names inside `import` as well."""

    support_js_module_import_aggregation = True
