# A second matcher, written to be obvious rather than fast: it tries every choice of elements. It shares no code with the one
# under test, and its own idea of each matcher.

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

Place = tuple[tuple[str, int], ...]


def matches(pattern: dict[str, Any], event: Any) -> bool:
    """Whether an event matches a valid pattern in which no path occurs twice."""
    found = list(scalars(event, "", "", ()))
    return any(branch_matches(sorted(branch.items()), found, {}) for branch in branches(pattern, ""))


def branches(pattern: dict[str, Any], above: str) -> Iterator[dict[str, list[Any]]]:
    """Every combination of `$or`, as lists of matchers by path."""
    choices: list[list[dict[str, list[Any]]]] = []
    for name, value in pattern.items():
        path = f"{above}.{name}" if above else name
        if name == "$or":
            choices.append([branch for option in value for branch in branches(option, above)])
        elif isinstance(value, dict):
            choices.append(list(branches(value, path)))
        else:
            choices.append([{path: value}])
    for chosen in product(*choices):
        yield {path: wanted for part in chosen for path, wanted in part.items()}


def scalars(node: Any, path: str, address: str, place: Place) -> Iterator[tuple[str, Any, Place]]:
    """Every scalar with its path and the elements around it; ``address`` tells lists at one path apart."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from scalars(value, f"{path}.{name}" if path else name, f"{address}/{name}", place)
    elif isinstance(node, list):
        for index, item in enumerate(node):
            inside = (*place, (address, index)) if isinstance(item, dict | list) else place
            yield from scalars(item, path, f"{address}/{index}", inside)
    else:
        yield path, node, place


def branch_matches(
    fields: list[tuple[str, list[Any]]], found: list[tuple[str, Any, Place]], chosen: dict[str, int]
) -> bool:
    if not fields:
        return True
    (path, wanted), *rest = fields
    here = [
        (value, place)
        for at, value, place in found
        if at == path and all(chosen.get(address, index) == index for address, index in place)
    ]
    if not here:
        return {"exists": False} in wanted and branch_matches(rest, found, chosen)
    return any(
        branch_matches(rest, found, chosen | dict(place))
        for value, place in here
        if any(accepts(matcher, value) for matcher in wanted)
    )


def accepts(matcher: Any, value: Any) -> bool:
    if not isinstance(matcher, dict):
        return equal(matcher, value)
    ((keyword, operand),) = matcher.items()
    if keyword == "exists":
        return bool(operand)
    if keyword == "anything-but":
        if isinstance(operand, dict):
            ((inner, texts),) = operand.items()
            return not any(accepts({inner: text}, value) for text in (texts if isinstance(texts, list) else [texts]))
        return not any(same(unwanted, value) for unwanted in (operand if isinstance(operand, list) else [operand]))
    if keyword == "numeric":
        return is_number(value) and all(
            eval(f"{value!r} {'==' if sign == '=' else sign} {number!r}")
            for sign, number in zip(operand[::2], operand[1::2], strict=True)
        )
    return isinstance(value, str) and text_accepts(keyword, operand, value)


def text_accepts(keyword: str, operand: Any, value: str) -> bool:
    folded = isinstance(operand, dict)
    text = operand["equals-ignore-case"] if folded else operand
    if keyword == "cidr":
        address = read_address(value)
        network = ipaddress.ip_network(text)
        return address is not None and address.version == network.version and address in network
    if keyword == "wildcard":
        parts = re.split(r"(?<!\\)\*", text)
        return (
            re.fullmatch(".*".join(re.escape(part.replace("\\*", "*")) for part in parts), value, re.DOTALL) is not None
        )
    body = "".join(f"(?:{re.escape(sign.lower())}|{re.escape(sign.upper())})" for sign in text)
    body = body if folded or keyword == "equals-ignore-case" else re.escape(text)
    form = {"prefix": f"{body}.*", "suffix": f".*{body}", "equals-ignore-case": body}[keyword]
    return re.fullmatch(form, value, re.DOTALL) is not None


def equal(wanted: Any, value: Any) -> bool:
    if isinstance(wanted, str) and isinstance(value, str) and read_address(wanted):
        return bool(read_address(wanted) == read_address(value))
    return same(wanted, value)


def same(wanted: Any, value: Any) -> bool:
    return bool(wanted == value) and (type(wanted) is type(value) or (is_number(wanted) and is_number(value)))


def is_number(value: Any) -> bool:
    return type(value) in (int, float)


def read_address(text: str) -> Any:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
