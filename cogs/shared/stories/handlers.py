"""A story in a channel, and as one reader sees it."""

from bot.content.packs import Story
from bot.services import Services
from bot.ui.components import Button, Card
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from cogs.shared.stories import strings


class StoryHandlers:
    """Shows a story only to the person who presses `Read`; nothing is stored."""

    def __init__(self, services: Services) -> None:
        self._stories = services.library.stories

    def register(self, services: Services) -> None:
        services.router.handle("stories.read", self.read, stateless=True)

    async def read(self, ctx: InteractionContext) -> None:
        """Show the story.

        Its key is the argument, or the word if the argument is the id of the channel post.
        """
        story = self._stories.get(ctx.word or ctx.argument)
        await ctx.add(Card(strings.GONE_TITLE, strings.GONE) if story is None else told(story))


def closed(story: Story, post: str = "") -> Card:
    """Show the title of a story and its question, for a channel. `post` is the id of the channel post."""
    leads = to("stories.read", post, story.key) if post else to("stories.read", story.key)
    return Card(
        strings.HEAD.format(topic=story.topic),
        story.question,
        rows=([Button(strings.READ, leads)],),
        small=strings.IN_CHANNEL,
    )


def told(story: Story) -> Card:
    """Show the whole story to one reader."""
    thoughts = "\n".join(
        strings.CONSIDER.format(thought=thought) for thought in (strings.FELT, *story.consider)
    )
    text = f"{story.story.strip()}\n\n**{strings.ASKED}**\n{thoughts}"
    return Card(strings.HEAD.format(topic=story.topic), text, small=strings.SMALL)
