"""Forms, in which people type. Discord allows one only as the first response, and never to another form."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord
from msgspec import Struct

from bot.content.models import FormText as Written
from bot.text import is_blank

_TITLE = 45
_LABEL = 45
_DESCRIPTION = 100
_ONE_LINE = 100
"""A field for at most this many characters is one line high."""


class Field(Struct, frozen=True):
    """One text field, of at most `most` characters as typed. Discord itself enforces that."""

    key: str
    label: str
    most: int
    description: str | None = None
    required: bool = True
    long: bool = True
    value: str = ""


class Form(Struct, frozen=True):
    """A title, a text above the fields, and at most four fields."""

    custom_id: str
    title: str
    above: str
    fields: Sequence[Field]


def filled(text: Written, custom_id: str, values: Mapping[str, str]) -> Form:
    """Return a form with the words from `data/forms/`, its fields filled in with `values` by key."""
    fields = [
        Field(
            one.key, one.label, one.most, one.description, one.required,
            long=one.most > _ONE_LINE, value=values.get(one.key, ""),
        )
        for one in text.fields
    ]  # fmt: skip
    return Form(custom_id, text.title, text.above, fields)


def modal(form: Form) -> discord.ui.Modal:
    """Return the form as a modal that discord.py doesn't store, since the router handles its submission."""
    shown = discord.ui.Modal(title=form.title[:_TITLE], custom_id=form.custom_id, timeout=None)
    if form.above:
        shown.add_item(discord.ui.TextDisplay(form.above))
    for field in form.fields:
        shown.add_item(
            discord.ui.Label(
                text=field.label[:_LABEL],
                description=field.description and field.description[:_DESCRIPTION],
                component=discord.ui.TextInput(
                    custom_id=field.key,
                    style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
                    max_length=field.most,
                    required=field.required,
                    # Discord refuses a form whose prefilled text is longer than its field.
                    default=field.value[: field.most] or None,
                ),
            )
        )
    shown.stop()
    return shown


def typed(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts of a submitted form by the keys of its fields, as typed; a blank one is empty."""
    values = {str(field["custom_id"]): str(field["value"]) for field in _inputs(data.get("components", ()))}
    return {key: "" if is_blank(text) else text for key, text in values.items()}


def _inputs(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        if "component" in component:
            yield from _inputs((component["component"],))
        elif "components" in component:
            yield from _inputs(component["components"])
        elif "value" in component and "custom_id" in component:
            yield component
