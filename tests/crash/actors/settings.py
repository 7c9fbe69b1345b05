"""Setting quiet hours, in which messages wait."""

from tests.crash.friend import Friend

QUIET_HOURS = 5
"""How long quiet hours are that begin with the current hour. They cover it in UTC and in Berlin."""


async def be_quiet(friend: Friend) -> None:
    """Set quiet hours that have begun."""
    hour = friend.life.now().hour
    shown = await friend.press(await friend.slash("settings"), "settings.quiet")
    shown = await friend.press(shown, "settings.quiet_from", values=[f"{hour:02}"])
    shown = await friend.press(shown, "settings.quiet_to", values=[f"{(hour + QUIET_HOURS) % 24:02}"])
    await friend.press(shown, "settings.quiet_keep")
