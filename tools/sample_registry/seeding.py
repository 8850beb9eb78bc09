# The sample's registry and event bus, put into a local endpoint. The same every time: nothing here asks a clock or a die.

from __future__ import annotations

import json

from tests.aws.endpoint import LocalAws
from tools.sample_registry.documents import make_document
from tools.sample_registry.histories import HISTORIES
from tools.sample_registry.routing import seed_routing
from tools.sample_registry.steps import replay_history

REGION = "us-west-2"
REGISTRY = "discovered-schemas"
BUS = "Serverlesspresso"
SOURCE = "awsserverlessda.serverlesspresso"


def seed(endpoint: LocalAws) -> None:
    """Fills the endpoint with the discovered schemas of Serverlesspresso, and with the rules that route its events."""
    place = endpoint.place(REGION)
    place.add_registry(REGISTRY, "Schemas that EventBridge discovered on the event bus Serverlesspresso")
    place.add_discoverer(BUS)
    for detail_type, history in HISTORIES.items():
        for created, shape in replay_history(history):
            content = json.dumps(make_document(SOURCE, detail_type, shape))
            place.add_version(REGISTRY, f"{SOURCE}@{detail_type}", content, created)
    seed_routing(place.routes, BUS)
