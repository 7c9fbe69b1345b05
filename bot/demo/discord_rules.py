"""Rules of Discord that SimCord does not have.

Discord refuses a form in answer to a form, and a field that is filled beyond its length. After a form that
was opened from a card, the original response is that card; SimCord knows none.
"""

from collections.abc import Iterator
from typing import Any

from simcord.backend import errors
from simcord.enums import CallbackType, ComponentType, InteractionType
from simcord.http import router

from bot.demo.simcord_internals import routes

_CALLBACK = ["interactions", "{interaction_id}", "{token}", "callback"]


def be_strict() -> None:
    """Check these rules before SimCord answers an interaction. A second call changes nothing."""
    answers = routes("POST")
    for place, (template, handler) in enumerate(answers):
        if template == _CALLBACK and not hasattr(handler, "strict"):
            answers[place] = (template, _strict(handler))


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

    answer.__dict__["strict"] = True
    return answer


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
