"""What one member sees after an action: a card or a form, read as it is now."""

from collections.abc import Sequence
from typing import Any, Protocol

from simcord import Env, InteractionResult, MemberActor
from simcord.backend.models import Message

from bot.demo.client import reading

_MARKS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


class NotThere(AssertionError):
    """This member sees no such button, select, option or card."""


class HasEnv(Protocol):
    @property
    def env(self) -> Env: ...


class View:
    """Reads the card again each time, so that a later edit is seen."""

    def __init__(
        self,
        demo: HasEnv,
        member: MemberActor,
        message: Message | None,
        shown: InteractionResult | None = None,
    ) -> None:
        self.member = member
        self._demo = demo
        self._place = (message.channel_id, message.id) if message is not None else None
        self._shown = shown

    @property
    def is_form(self) -> bool:
        return self._shown is not None and self._shown.modal is not None

    @property
    def form(self) -> reading.ShownForm:
        """The form that opened. A card has none."""
        if self._shown is None or self._shown.modal is None:
            raise NotThere(f"no form opened; before {self.member.name} is: {self!r}")
        return reading.form_of(self._shown.modal)

    @property
    def message(self) -> Message:
        """SimCord's record of the card."""
        found = self._found()
        if found is None:
            raise NotThere(f"no card is before {self.member.name}: {self!r}")
        return found

    @property
    def payload(self) -> Any:
        """The form, or the components of the card, as the bot sent them to Discord."""
        if self._shown is not None and self._shown.modal is not None:
            return self._shown.modal
        return self.message.components

    @property
    def gone(self) -> bool:
        """Whether the card was deleted since."""
        return self._place is not None and self._found() is None

    @property
    def text(self) -> str:
        """All that the card says; for a form, its title, text and labels."""
        if self.is_form:
            return "\n".join([self.form.title, self.form.text, *self.form.labels])
        return reading.text_of(self.message)

    @property
    def ephemeral(self) -> bool:
        return self.message.is_ephemeral

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons that can be pressed, links included."""
        return [label_of(one) for one in reading.buttons_of(self.message) if not one.get("disabled")]

    @property
    def disabled(self) -> list[str]:
        """The labels of the buttons that are shown and cannot be pressed."""
        return [label_of(one) for one in reading.buttons_of(self.message) if one.get("disabled")]

    @property
    def links(self) -> dict[str, str]:
        """The address of each link button, by its label."""
        return {label_of(one): one["url"] for one in reading.buttons_of(self.message) if one.get("url")}

    @property
    def options(self) -> list[str]:
        """The labels of all choices of all selects on the card."""
        return [option.label for option in self._options()]

    @property
    def chosen(self) -> list[str]:
        """The labels of the options that are chosen already."""
        return [option.label for option in self._options() if option.chosen]

    @property
    def placeholders(self) -> list[str]:
        """The text on each select before anything is chosen."""
        return [one.get("placeholder") or "" for one in reading.selects_of(self.message)]

    @property
    def custom_ids(self) -> list[str]:
        """The custom_id of every button and select, or of the form."""
        if self.is_form:
            return [self.form.custom_id]
        controls = reading.buttons_of(self.message) + reading.selects_of(self.message)
        return [control["custom_id"] for control in controls if control.get("custom_id")]

    def channel_names(self) -> dict[int, str]:
        """The names of the pretend server's channels, by their ids."""
        return {id: one.name or "" for id, one in self._demo.env.backend.channels.items()}

    def custom_id(self, label: str) -> str:
        """The custom_id behind the button with this label."""
        return str(self._button(label)["custom_id"])

    def _found(self) -> Message | None:
        if self._place is None:
            return None
        channel, message = self._place
        return self._demo.env.backend.messages.get(channel, {}).get(message)

    def _options(self) -> Sequence[reading.ShownOption]:
        return [option for one in reading.selects_of(self.message) for option in reading.options_of(one)]

    def _button(self, label: str) -> dict[str, Any]:
        live = [
            one
            for one in reading.buttons_of(self.message)
            if one.get("custom_id") and not one.get("disabled")
        ]
        found = [one for one in live if label in (one["custom_id"], label_of(one))]
        if len(found) != 1:
            raise NotThere(f"{len(found)} buttons {label!r} before {self.member.name}: {self!r}")
        return found[0]

    def _select(self, which: str) -> dict[str, Any]:
        live = [one for one in reading.selects_of(self.message) if not one.get("disabled")]
        found = [one for one in live if which in one["custom_id"] or which in (one.get("placeholder") or "")]
        if len(found) != 1:
            raise NotThere(f"{len(found)} selects match {which!r} before {self.member.name}: {self!r}")
        return found[0]

    def __contains__(self, words: str) -> bool:
        """Whether the card contains this text.

        The invisible marks that keep a name's direction do not count.
        """
        return words.translate(_MARKS) in self.text.translate(_MARKS)

    def __repr__(self) -> str:
        if self.is_form:
            return f"<form {self.form.title!r} {self.form.labels}>"
        if self._found() is None:
            return "<a card that is gone>"
        return f"<card {self.text!r} buttons={self.buttons} options={self.options}>"


def label_of(button: dict[str, Any]) -> str:
    """What a person reads on a button."""
    return str(button.get("label") or (button.get("emoji") or {}).get("name") or "")
