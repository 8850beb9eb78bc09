# URLs of API destinations without what may be secret in them.

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_gen.pull.routing.masking import MASK, SECRET_PATHS, mask_url

M = MASK
ENCODINGS: Mapping[str, Callable[[bytes], str]] = {
    "base64": lambda data: base64.urlsafe_b64encode(data).decode(),
    "hex": bytes.hex,
    "uuid": lambda data: str(uuid.UUID(bytes=data[:16])),
}


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("https://api.example.com/v1/orders", "https://api.example.com/v1/orders"),
        ("https://api.example.com", "https://api.example.com"),
        ("https://api.example.com/", "https://api.example.com/"),
        ("http://localhost:8080/a//b/", "http://localhost:8080/a//b/"),
        ("https://api.example.com/customers/*/invoices/{id}", "https://api.example.com/customers/*/invoices/{id}"),
        (
            "https://api.example.com/createTicket/order-events.json",
            "https://api.example.com/createTicket/order-events.json",
        ),
        ("https://api.example.com/2024-01-31/oauth2", "https://api.example.com/2024-01-31/oauth2"),
        ("https://ann:secret@api.example.com/a?key=secret#secret", "https://api.example.com/a"),
        ("https://secret@api.example.com", "https://api.example.com"),
        ("https://api.example.com/a;token=secret", f"https://api.example.com/{M}"),
        ("https://api.example.com/in/Zm9vYmFyYmF6cXV4", f"https://api.example.com/in/{M}"),
        ("https://api.example.com/in/0123456789abcdef", f"https://api.example.com/in/{M}"),
        ("https://api.example.com/in/123456789012/done", f"https://api.example.com/in/{M}/done"),
        (f"https://api.example.com/{uuid.UUID(int=7)}", f"https://api.example.com/{M}"),
        ("https://api.example.com/a%2Fsecret", f"https://api.example.com/{M}"),
        ("https://api.example.com/ünïcode", f"https://api.example.com/{M}"),
        ("https://hooks.slack.com/services/T0/B0/abc", f"https://hooks.slack.com/services/{M}/{M}/{M}"),
        ("https://HOOKS.slack.com/workflows/T0", f"https://hooks.slack.com/workflows/{M}"),
        ("https://discord.com/api/webhooks/1234/abc", f"https://discord.com/api/webhooks/{M}/{M}"),
        ("https://api.telegram.org/botabc/sendMessage", f"https://api.telegram.org/{M}/{M}"),
        (
            "https://acme.webhook.office.com/webhookb2/abc/IncomingWebhook/def",
            f"https://acme.webhook.office.com/webhookb2/{M}/{M}/{M}",
        ),
        ("https://nothooks.slack.com.example.com/services/abc", "https://nothooks.slack.com.example.com/services/abc"),
        ("https://webhook.site/", "https://webhook.site/"),
        (
            "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod",
            "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod",
        ),
        (
            "https://k2j4h5g6f7d8s9a0k2j4h5g6f7d8s9a0.lambda-url.eu-west-1.on.aws/",
            f"https://{M}.lambda-url.eu-west-1.on.aws/",
        ),
        ("https://10.0.0.1/a", "https://10.0.0.1/a"),
        ("ftp://example.com/a", ""),
        ("secret", ""),
        ("https:///secret", ""),
        ("https://[secret/a", ""),
        ("https://example.com:secret/a", ""),
        ("", ""),
    ],
)
def test_what_is_left_of_a_url(url: str, masked: str) -> None:
    assert mask_url(url) == masked


@pytest.mark.parametrize("host", [host for host, _ in SECRET_PATHS])
def test_known_services_lose_the_part_of_their_paths_that_is_secret(host: str) -> None:
    count = dict(SECRET_PATHS)[host]
    url = f"https://{host}/" + "/".join(["plain"] * count + ["secret", "secret"])
    assert mask_url(url) == f"https://{host}/" + "/".join(["plain"] * count + [M, M])


@given(st.integers(min_value=0, max_value=2**192 - 1), st.sampled_from(sorted(ENCODINGS)))
def test_tokens_do_not_read_like_words(number: int, encoding: str) -> None:
    token = ENCODINGS[encoding](number.to_bytes(24, "big"))
    assert mask_url(f"https://example.com/in/{token}") == f"https://example.com/in/{M}"


@given(st.text(alphabet=st.characters(exclude_characters="/?#@:[]\\", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_nothing_of_user_query_and_fragment_is_left(text: str) -> None:
    assert mask_url(f"https://{text}:{text}@example.com/a?{text}#{text}") == "https://example.com/a"


@given(st.text())
def test_no_text_raises(text: str) -> None:
    assert mask_url(text).startswith(("http://", "https://")) or not mask_url(text)
    assert "?" not in mask_url(f"https://{text}")
