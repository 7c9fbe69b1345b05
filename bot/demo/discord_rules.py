"""Rules of Discord that SimCord does not have.

Discord refuses a form in answer to a form, a field that is filled beyond its length, and a button or an
option in whose label nothing can be seen. After a form that was opened from a card, the original response is
that card; SimCord knows none.
"""

from collections.abc import Iterator
from typing import Any

from simcord.backend import errors
from simcord.components import walk_components
from simcord.enums import CallbackType, ComponentType, InteractionType
from simcord.http import router

from bot.demo.simcord_internals import routes
from bot.text import is_blank

_CALLBACK = ["interactions", "{interaction_id}", "{token}", "callback"]


def be_strict() -> None:
    """Check these rules before SimCord answers an interaction. A second call changes nothing."""
    for answers in (routes("POST"), routes("PATCH")):
        for place, (template, handler) in enumerate(answers):
            if not hasattr(handler, "strict"):
                strict = _strict(handler) if template == _CALLBACK else handler
                answers[place] = (template, _labelled(strict))


def _labelled(handler: router.Handler) -> router.Handler:
    def answer(ctx: router.RequestContext) -> Any:
        if isinstance(ctx.json, dict):
            message = ctx.json.get("data") or ctx.json
            _refuse_blank_labels(message.get("components") or [] if isinstance(message, dict) else [])
        return handler(ctx)

    answer.__dict__["strict"] = True
    return answer


def _strict(handler: router.Handler) -> router.Handler:
    def answer(ctx: router.RequestContext) -> Any:
        body = ctx.body()
        if body.get("type") == CallbackType.MODAL:
            _refuse_form_for_form(ctx)
            _refuse_overfull(body.get("data") or {})
        answered = handler(ctx)
        record = ctx.backend.interactions[ctx.int_arg("interaction_id")]
        if record.modal is not None:
            record.message_id = record.source_message_id
        return answered

    return answer


def _refuse_blank_labels(components: list[dict[str, Any]]) -> None:
    for component in walk_components(components):
        options = component.get("options") or []
        button = [component] if component.get("type") == ComponentType.BUTTON else []
        if any(is_blank(str(one.get("label") or "")) for one in (*options, *button)):
            raise errors.invalid_form_body(f"{component.get('custom_id')}: a label is empty")


def _refuse_form_for_form(ctx: router.RequestContext) -> None:
    record = ctx.backend.interactions.get(ctx.int_arg("interaction_id"))
    if record is not None and record.type == InteractionType.MODAL_SUBMIT:
        raise errors.invalid_form_body("type: a form cannot be answered with a form")


def _refuse_overfull(form: dict[str, Any]) -> None:
    for field in fields_of(form):
        value, most = field.get("value"), field.get("max_length")
        if isinstance(value, str) and isinstance(most, int) and len(value) > most:
            raise errors.invalid_form_body(f"{field.get('custom_id')}: value is longer than {most}")


def fields_of(form: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The fields of a form's payload, out of their labels and rows."""
    for item in form.get("components") or []:
        if item.get("type") == ComponentType.LABEL:
            yield item["component"]
        elif item.get("type") == ComponentType.ACTION_ROW:
            yield from item.get("components") or []
