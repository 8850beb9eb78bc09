# The JSON Schema of catalog.yaml, for editors. It is made from Settings, so it cannot say anything else.

from __future__ import annotations

import json

from catalog_gen.config.settings import Settings


def generate_json_schema() -> str:
    """The schema as sorted JSON text (JSON Schema 2020-12), ending in a newline."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Settings.model_json_schema(),
        "title": "catalog.yaml of catalog_gen",
    }
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
