"""Fill in a form as a person does: by labels. A field that is not touched keeps what it opened with."""

from collections.abc import Mapping, Sequence
from typing import Any

from simcord.enums import SELECT_TYPES, ComponentType

from bot.demo.client.reading import ShownField, ShownForm

_ONE_OF = (ComponentType.RADIO_GROUP,)
_SOME_OF = (*SELECT_TYPES, ComponentType.CHECKBOX_GROUP)


def filled(form: ShownForm, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as SimCord takes them, by custom_id. Raises AssertionError for an unknown label."""
    typed = {form[label].custom_id: value for label, value in values.items()}
    sent = {field.custom_id: _sent(field, typed.get(field.custom_id)) for field in form.fields}
    return {custom_id: value for custom_id, value in sent.items() if value is not None}


def _sent(field: ShownField, value: Any) -> Any:
    if field.kind == ComponentType.TEXT_INPUT:
        return field.value if value is None else value
    if field.kind in _ONE_OF:
        return _chosen(field)[0] if value is None and _chosen(field) else _value(field, value)
    if field.kind in _SOME_OF:
        return _chosen(field) or None if value is None else [_value(field, one) for one in _listed(value)]
    return value


def _chosen(field: ShownField) -> list[str]:
    return [option.value for option in field.options if option.chosen]


def _value(field: ShownField, value: Any) -> Any:
    """Return the option's value, if it was named by its label."""
    named = {option.label: option.value for option in field.options}
    return named.get(value, value) if isinstance(value, str) else value


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else [value]
