from __future__ import annotations

from typing import Any, get_args

from pydantic_core.core_schema import ErrorType

from catalog_gen.diagnostics.wrong_values import _WORDS, describe_wrong_value


def test_every_row_is_a_type_that_pydantic_knows() -> None:
    assert set(_WORDS) - set(get_args(ErrorType)) == set()


def test_words_are_filled_from_the_context() -> None:
    contexts: dict[str, dict[str, Any]] = {
        "greater_than_equal": {"ge": 1},
        "less_than_equal": {"le": 9},
        "literal_error": {"expected": "'a'"},
    }
    sentences = {kind: describe_wrong_value(kind, contexts.get(kind, {}), "") for kind in _WORDS}
    assert [kind for kind, words in sentences.items() if "{" in words] == []
    assert (sentences["greater_than_equal"], sentences["literal_error"]) == (
        "it has to be 1 or more",
        "it has to be 'a'",
    )


def test_our_own_validators_speak_for_themselves() -> None:
    assert describe_wrong_value("url", {}, "This is no address.") == "this is no address"
