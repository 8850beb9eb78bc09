# The files that `catalog-gen init` writes: small enough to be read whole, complete enough to build.

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_CONFIG = """\
# yaml-language-server: $schema=./catalog.schema.json
title: Our events
description: What happens in our systems, who says so, and who listens.

# Where the site is published, for the sitemap and the 404 page. Everything else is relative.
# base_url: https://catalog.example.com/

sources:
  eventbridge:
    - regions: [eu-west-1]
      environment: production
      # role_arn: arn:aws:iam::123456789012:role/catalog-reader

# Levels of rules: off, info, warn or error. `catalog-gen rules` explains each.
rules:
  owner-missing: warn
"""

_EVENT = """\
---
id: OrderPlaced
name: Order placed
version: 1.0.0
summary: A customer has placed an order and paid for it.
owners: [checkout]
# Which discovered event this page is about:
# eventbridge: {source: shop.checkout, detail-type: Order Placed}
---

Sent once for every order, after the payment went through. Consumers must expect it more than once and in any order.
"""

_SERVICE = """\
---
id: Checkout
name: Checkout
version: 1.0.0
summary: Takes orders and payments.
owners: [checkout]
sends: [OrderPlaced]
---

Sends [[event|OrderPlaced]] when an order is complete.
"""

_TEAM = """\
---
id: checkout
name: Checkout team
summary: Everything between the basket and the receipt.
email: checkout@example.com
members: [ann]
---
"""

_USER = """\
---
id: ann
name: Ann Example
role: Engineer
email: ann@example.com
---
"""

STARTER: Mapping[str, str] = MappingProxyType(
    {
        "catalog.yaml": _CONFIG,
        "content/events/OrderPlaced/index.md": _EVENT,
        "content/services/Checkout/index.md": _SERVICE,
        "content/teams/checkout.md": _TEAM,
        "content/users/ann.md": _USER,
        ".gitignore": "# What a build leaves beside the site while it works.\n/.site.*\n",
        "site/.gitignore": "# Built by `catalog-gen build`.\n*\n!.gitignore\n",
    }
)
