"""Read what SimCord stored as a person reads it: a card's text and buttons, a form's fields."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from simcord.backend.models import Message
from simcord.components import walk_components
from simcord.enums import SELECT_TYPES, ComponentType


class ShownOption(Struct, frozen=True):
    """One choice of a select, a radio group or a checkbox group."""

    label: str
    value: str
    chosen: bool
    description: str


class ShownField(Struct, frozen=True):
    """One field of a form, with what it contains when it opens."""

    custom_id: str
    kind: ComponentType
    label: str
    description: str
    placeholder: str
    value: str
    required: bool
    max_length: int | None
    options: tuple[ShownOption, ...]


class ShownForm(Struct, frozen=True):
    """A form as it opens: its title, the text above the fields, and the fields."""

    custom_id: str
    title: str
    text: str
    fields: tuple[ShownField, ...]

    @property
    def labels(self) -> list[str]:
        return [field.label for field in self.fields]

    def __getitem__(self, label: str) -> ShownField:
        """The field with this label or custom_id."""
        for field in self.fields:
            if label in (field.label, field.custom_id):
                return field
        raise AssertionError(f"the form {self.title!r} has no field {label!r}, only {self.labels}")


def text_of(message: Message) -> str:
    """Return all text of the message, from top to bottom, without the labels of buttons and selects."""
    parts = [message.content]
    parts += [
        str(embed.get(key)) for embed in message.embeds for key in ("title", "description") if embed.get(key)
    ]
    parts += [item["content"] for item in of_kind(message, ComponentType.TEXT_DISPLAY)]
    return "\n".join(part for part in parts if part)


def of_kind(message: Message, *kinds: ComponentType) -> Iterator[dict[str, Any]]:
    return (item for item in walk_components(message.components) if item.get("type") in kinds)


def buttons_of(message: Message) -> list[dict[str, Any]]:
    return list(of_kind(message, ComponentType.BUTTON))


def selects_of(message: Message) -> list[dict[str, Any]]:
    return list(of_kind(message, *SELECT_TYPES))


def options_of(control: dict[str, Any]) -> tuple[ShownOption, ...]:
    return tuple(
        ShownOption(
            label=option["label"],
            value=option["value"],
            chosen=bool(option.get("default")),
            description=option.get("description") or "",
        )
        for option in control.get("options") or []
    )


def form_of(payload: dict[str, Any]) -> ShownForm:
    """A form from the payload with which the bot opened it."""
    items = payload["components"]
    return ShownForm(
        custom_id=payload["custom_id"],
        title=payload["title"],
        text="\n".join(item["content"] for item in items if item["type"] == ComponentType.TEXT_DISPLAY),
        fields=tuple(_fields(items)),
    )


def _fields(items: list[dict[str, Any]]) -> Iterator[ShownField]:
    for item in items:
        if item["type"] == ComponentType.LABEL:
            yield _field(item["component"], item["label"], item.get("description") or "")
        elif item["type"] == ComponentType.ACTION_ROW:
            yield from (_field(child, child.get("label") or "", "") for child in item["components"])


def _field(control: dict[str, Any], label: str, description: str) -> ShownField:
    return ShownField(
        custom_id=control["custom_id"],
        kind=ComponentType(control["type"]),
        label=label,
        description=description,
        placeholder=control.get("placeholder") or "",
        value=str(control.get("value") or ""),
        required=bool(control.get("required", True)),
        max_length=control.get("max_length"),
        options=options_of(control),
    )
