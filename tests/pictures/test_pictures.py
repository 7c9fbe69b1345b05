"""The pictures in the documentation show the bot of today: the text beside each is still on its screen."""

from tests.pictures.screens import FOLDER, opened, screens
from tests.pictures.text import visible

MOST_BYTES = 150 * 1024
REMAKE = "the screens have changed: run make pictures, look at docs/pictures, and commit them"


async def test_every_picture_shows_what_the_bot_says_today() -> None:
    today = {}
    async with opened() as demo:
        async for pictured in screens(demo):
            today[pictured.name] = visible(pictured.screen)
    beside = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.txt")}
    assert beside == today, REMAKE


def test_each_picture_has_its_text_and_is_small() -> None:
    pictures = sorted(FOLDER.glob("*.png"))
    assert [path.stem for path in pictures] == sorted(path.stem for path in FOLDER.glob("*.txt"))
    assert [path.name for path in pictures if path.stat().st_size > MOST_BYTES] == []
