"""The bot's picture on the pretend server: a plumb line, drawn when it is needed."""

from io import BytesIO

from PIL import Image, ImageDraw
from simcord import Env
from simcord.backend.cdn import CDN_BASE

from bot.demo.simcord_internals import put_in_cdn

_SIDE = 128
_GROUND, _LINE = "#2c3a45", "#c9dbe6"


def give_avatar(env: Env) -> None:
    """Give the bot its picture."""
    bot = env.backend.bot_user
    bot.avatar = "plumbline"
    put_in_cdn(env, f"{CDN_BASE}/avatars/{bot.id}/{bot.avatar}.png", _drawn())


def _drawn() -> bytes:
    picture = Image.new("RGB", (_SIDE, _SIDE), _GROUND)
    pen = ImageDraw.Draw(picture)
    pen.line([(64, 0), (64, 64)], fill=_LINE, width=5)
    pen.polygon([(44, 62), (84, 62), (64, 112)], fill=_LINE)
    kept = BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()
