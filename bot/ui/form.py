"""Forms: where people type. A form is the first answer to a press, and never the answer to a form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.content.models import FormText as Written

_TITLE = 45
_LABEL = 45
_DESCRIPTION = 100
_ONE_LINE = 100
"""A field that takes no more characters is one line high."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to type: at most `most` characters, counted as typed, by the form itself."""

    key: str
    label: str
    most: int
    description: str | None = None
    required: bool = True
    long: bool = True
    value: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A title, a line that stands above, and at most four fields."""

    custom_id: str
    title: str
    above: str
    fields: Sequence[Field]


def filled(text: Written, leads: str, values: Mapping[str, str]) -> Form:
    """A form as `data/forms/` words it, with what stands in its fields already."""
    fields = [
        Field(
            one.key, one.label, one.most, one.description, one.required,
            long=one.most > _ONE_LINE, value=values.get(one.key, ""),
        )
        for one in text.fields
    ]  # fmt: skip
    return Form(leads, text.title, text.above, fields)


def modal(form: Form) -> discord.ui.Modal:
    """The form as a modal that discord.py does not keep."""
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
    """What a submitted form holds: each field's text by its key."""
    return {str(field["custom_id"]): str(field["value"]) for field in _inputs(data.get("components", ()))}


def _inputs(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        if "component" in component:
            yield from _inputs((component["component"],))
        elif "components" in component:
            yield from _inputs(component["components"])
        elif "value" in component and "custom_id" in component:
            yield component
