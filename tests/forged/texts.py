"""What somebody types who wants to break something, to ping somebody, or to look like the bot."""

from random import Random

from tests.unit.text.test_linear import HOSTILE

MOST = 4000
SHORT = 100

MENTIONS = ("@everyone", "@here", "<@{id}>", "<@!{id}>", "<@&{id}>", "<#{id}>", "<:a:{id}>", "</ask:{id}>")
MARKDOWN = (
    "# big", "-# small", "> quote", ">>> quotes", "- item", "1. one", "```code", "`code", "||spoiler||",
    "**bold", "__under", "~~gone~~", "[click](https://example.org)", "https://example.org", "<https://example.org>",
    "<t:1700000000:R>", "discord.gg/abc", "attachment://months.png", "\\", "\\\\@everyone", "\u200b@everyone",
)  # fmt: skip
INVISIBLE = (
    "\u202e", "\u2066", "\u2069\u2069", "\u200b", "\u200d", "\ufeff", "\u3164", "\u2800", "\u00ad",
    "\U000e0041", "\u115f", "\u0300" * 40, "\u034f", "\x00", "\ud83d", "\udc00", "\x07", "\x1b[2J",
    "\r", "\r\n", "\u2028", "\u2029", "\x85",
)  # fmt: skip
ELSEWHERE = (
    "'; DROP TABLE asks; --", "{name}", "{0}", "%s", "%(name)s", "${jndi:ldap://x}", "{{7*7}}",
    "../../../etc/passwd", "NaN", "1e309", "-1", "9" * 30, "v1:asks.send:x", "null", "true", "\U0001f600" * 3,
    "\U0001f468\u200d\U0001f469", "\u0661\u0662", "\u00b2", "\ufdfa", "a\u0301" * 20,
    "\u05d3\u05e0\u05d9\u05d0\u05dc", "\u0645\u0631\u062d\u0628\u0627",
)  # fmt: skip


def hostile(rng: Random, token: str, ids: list[int], most: int = MOST) -> str:
    """Return a text of at most so many characters, which nearly always begins with this token."""
    parts = [rng.choice((*MENTIONS, *MARKDOWN, *INVISIBLE, *ELSEWHERE)) for _ in range(rng.randint(0, 8))]
    text = rng.choice(("", " ", "\n")).join(part.replace("{id}", str(rng.choice(ids))) for part in parts)
    if rng.random() < 0.25:
        text += rng.choice([*HOSTILE.values(), "\U0001f600"]) * most
    if rng.random() < 0.1:
        return rng.choice(("", " ", "\n \n", "\u200b", "\u3164\u2800"))
    return f"{token}{text}"[:most]
