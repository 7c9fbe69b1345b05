"""How the router answers an unexpected error."""

import re
from typing import Any, cast

import pytest

from bot.errors import TooLong
from bot.storage.unavailable import Reason, StorageUnavailable
from bot.ui import strings
from bot.ui.context import InteractionContext
from bot.ui.router import InteractionRouter

WRITTEN = "the hardest sentence"
CANARY = "canary-2718"


def answered(error: Exception, caplog: pytest.LogCaptureFixture) -> tuple[str, dict[str, Any]]:
    """Return the text of the card, and the only event in the log."""
    nobody: Any = None
    router = InteractionRouter(nobody, nobody, nobody, nobody)
    (card,) = router._cards(error, {"what": WRITTEN})
    (record,) = caplog.records
    assert [said.text for said in card.said] == [WRITTEN]
    return card.text, cast("dict[str, Any]", record.msg)


def test_the_person_and_the_log_get_the_same_id_of_the_error(caplog: pytest.LogCaptureFixture) -> None:
    text, event = answered(ValueError(CANARY), caplog)

    assert re.fullmatch(r"[0-9a-f]{8}", event["error_id"])
    assert f"`{event['error_id']}`" in text
    assert event["error"] == "ValueError"
    assert CANARY not in str(event) + text
    assert WRITTEN not in str(event)


def test_each_error_has_an_id_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    _, first = answered(ValueError(), caplog)
    caplog.clear()
    _, second = answered(ValueError(), caplog)

    assert first["error_id"] != second["error_id"]


async def test_a_text_that_is_longer_than_its_field_is_refused_before_anything_is_done() -> None:
    nobody: Any = None
    router = InteractionRouter(nobody, nobody, nobody, lambda key: {"what": 5}.get(key, 9))

    async def never(_: InteractionContext) -> None:
        raise AssertionError

    router.handle("asks.write", never, stateless=True)
    for key, most in (("what", 5), ("else", 9)):
        fields = [{"component": {"custom_id": key, "value": "x" * (most + 1)}}]
        with pytest.raises(TooLong) as refused:
            await router._answer(nobody, {"custom_id": "v1:asks.write:", "components": fields})
        assert refused.value.most == most


@pytest.mark.parametrize("reason", [*Reason])
@pytest.mark.parametrize(
    ("saving", "said"), [(True, "nothing was changed"), (False, "whether what you did was saved")]
)
def test_when_the_database_cannot_be_used_the_card_says_so_and_has_what_was_typed(
    caplog: pytest.LogCaptureFixture, reason: Reason, saving: bool, said: str
) -> None:
    nobody: Any = None
    router = InteractionRouter(nobody, nobody, nobody, nobody)
    error = StorageUnavailable(reason, "SQLITE_FULL")
    error.saving = saving
    (card,) = router._cards(error, {"what": WRITTEN})

    assert card.title == strings.CANNOT_TITLE
    assert said in card.text
    assert "You can still use `/support`" in card.text
    assert [one.text for one in card.said] == [WRITTEN]
    assert not caplog.records, "the database has logged it"
