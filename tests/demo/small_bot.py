"""A small bot with one of every kind of control, to test the demo client. tests/discord has the real bot."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands, tasks
from discord.utils import utcnow  # noqa: TID251 - it stands in for the composition root too

ui_item = ui.Item[ui.LayoutView]


def card(text: str, *rows: ui.ActionRow[ui.LayoutView]) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(ui.TextDisplay(text), *rows))
    view.stop()
    return view


def row(*items: ui_item) -> ui.ActionRow[ui.LayoutView]:
    return ui.ActionRow(*items)


def button(label: str, custom_id: str, **options: Any) -> ui.Button[ui.LayoutView]:
    return ui.Button(label=label, custom_id=custom_id, **options)


def front() -> ui.LayoutView:
    days = [
        discord.SelectOption(label="Today", value="d0", default=True),
        discord.SelectOption(label="Friday", value="d5"),
    ]
    return card(
        "Good evening.",
        row(
            button("Count", "count"),
            button("Write", "write"),
            button("New card", "new"),
            button("Off", "off", disabled=True),
        ),
        row(
            button("Later", "later"),
            button("Silent", "silent"),
            button("Tell me", "tell"),
            button("Slow", "slow"),
            ui.Button(label="Elsewhere", url="https://example.org/"),
        ),
        row(ui.Select(custom_id="day", placeholder="Which day?", options=days)),
        row(ui.UserSelect(custom_id="who", placeholder="Who?", max_values=2)),
    )


def paper(note: str = "", most: int = 50) -> ui.Modal:
    form = ui.Modal(title="A note", custom_id="note")
    form.add_item(ui.TextDisplay("Above the fields."))
    typed: ui.TextInput[ui.Modal] = ui.TextInput(custom_id="text", default=note, max_length=most)
    mood: ui.Select[ui.Modal] = ui.Select(
        custom_id="mood",
        required=False,
        options=[discord.SelectOption(label="Good", value="g"), discord.SelectOption(label="Bad", value="b")],
    )
    form.add_item(ui.Label(text="What", description="In one line", component=typed))
    form.add_item(ui.Label(text="Mood", component=mood))
    form.stop()
    return form


class SmallBot(commands.AutoShardedBot):
    """`kept` stands for the database: it survives restarts."""

    def __init__(self, kept: dict[str, Any]) -> None:
        super().__init__("!", intents=discord.Intents(guilds=True))
        self.kept = kept

    async def setup_hook(self) -> None:
        greet: app_commands.Command[Any, ..., None] = app_commands.Command(
            name="greet", description="A greeting", callback=self.greet
        )
        greet.autocomplete("whom")(self.whom)
        self.tree.add_command(greet)
        self.tree.add_command(app_commands.Command(name="hello", description="A card", callback=self.hello))
        self.tree.add_command(app_commands.ContextMenu(name="About them", callback=self.about_them))
        self.tree.add_command(app_commands.ContextMenu(name="About this", callback=self.about_this))
        self.tree.add_command(app_commands.ContextMenu(name="Note this", callback=self.note_this))
        await self.tree.sync()
        self.beat.start()

    async def close(self) -> None:
        self.kept["closed"] = self.kept.get("closed", 0) + 1
        self.beat.cancel()
        await super().close()

    @tasks.loop(minutes=30)  # Five weeks pass before each page opens, and each beat of them takes its time.
    async def beat(self) -> None:
        self.kept["beats"] = self.kept.get("beats", 0) + 1
        due = self.kept.get("due")
        if due is not None and due[1] <= utcnow():
            self.kept["due"] = None
            await self.tell(due[0])

    async def tell(self, user_id: int) -> None:
        try:
            user = await self.fetch_user(user_id)
            await user.send(view=card("Something is waiting for you.", row(button("Open", "open"))))
        except discord.Forbidden as refused:
            self.kept["refused"] = refused.code

    async def hello(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(view=front(), ephemeral=True)

    async def greet(self, interaction: discord.Interaction, whom: str) -> None:
        await interaction.response.send_message(f"Hello {whom}", ephemeral=True)

    async def whom(self, _: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        names = ("ana", "anya", "bo")
        return [app_commands.Choice(name=one, value=one) for one in names if one.startswith(typed)]

    async def about_them(self, interaction: discord.Interaction, member: discord.Member) -> None:
        await interaction.response.send_message(f"About {member.display_name}", ephemeral=True)

    async def about_this(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"About {message.content}", ephemeral=True)

    async def note_this(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_modal(paper(message.content))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        data: Any = interaction.data or {}
        verb = getattr(self, f"on_{data.get('custom_id')}", None)
        doing: Callable[[discord.Interaction, Any], Awaitable[None]] | None = verb
        if doing is not None:
            await doing(interaction, data)

    async def on_count(self, interaction: discord.Interaction, _: Any) -> None:
        self.kept["count"] = self.kept.get("count", 0) + 1
        await interaction.response.edit_message(
            view=card(f"Counted {self.kept['count']}.", row(button("Count", "count")))
        )

    async def on_slow(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(view=card("Thought about it."))

    async def on_new(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.defer()
        await interaction.followup.send(view=card("A second card."), ephemeral=True)

    async def on_write(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.send_modal(paper("as before"))

    async def on_note(self, interaction: discord.Interaction, data: Any) -> None:
        sent = {
            item["component"]["custom_id"]: item["component"]
            for item in data["components"]
            if "component" in item
        }
        text, mood = sent["text"]["value"], sent.get("mood", {}).get("values", [])
        if text == "again":
            await interaction.response.send_modal(paper())
        else:
            await interaction.response.edit_message(view=card(f"You wrote {text}, {mood}."))

    async def on_reset(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.send_modal(paper())
        await interaction.edit_original_response(view=card("The select is blank again."))

    async def on_survey(self, interaction: discord.Interaction, _: Any) -> None:
        form = ui.Modal(title="A survey", custom_id="surveyed")
        ages = [
            discord.RadioGroupOption(label="Young", value="y"),
            discord.RadioGroupOption(label="Old", value="o", default=True),
        ]
        likes = [
            discord.CheckboxGroupOption(label="Tea", value="t"),
            discord.CheckboxGroupOption(label="Rain", value="r"),
        ]
        age: ui.RadioGroup[ui.Modal] = ui.RadioGroup(custom_id="age", options=ages)
        like: ui.CheckboxGroup[ui.Modal] = ui.CheckboxGroup(custom_id="like", options=likes, required=False)
        form.add_item(ui.Label(text="Age", component=age))
        form.add_item(ui.Label(text="Likes", component=like))
        form.stop()
        await interaction.response.send_modal(form)

    async def on_surveyed(self, interaction: discord.Interaction, data: Any) -> None:
        age, like = (item["component"] for item in data["components"])
        await interaction.response.edit_message(view=card(f"{age['value']} {like.get('values')}"))

    async def on_vanish(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.defer()
        await interaction.delete_original_response()

    async def on_overfull(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.send_modal(paper("far too long", most=3))

    async def on_day(self, interaction: discord.Interaction, data: Any) -> None:
        await interaction.response.edit_message(view=card(f"On {data['values'][0]}."))

    async def on_who(self, interaction: discord.Interaction, data: Any) -> None:
        names = [one["username"] for one in data["resolved"]["users"].values()]
        await interaction.response.edit_message(view=card(f"With {' and '.join(names)}."))

    async def on_later(self, interaction: discord.Interaction, _: Any) -> None:
        self.kept["due"] = (interaction.user.id, utcnow() + timedelta(hours=26))
        await interaction.response.edit_message(view=card("Tomorrow."))

    async def on_tell(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.edit_message(view=card("Told."))
        await self.tell(interaction.user.id)

    async def on_open(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.send_message(view=card("Here it is."), ephemeral=True)

    async def on_silent(self, interaction: discord.Interaction, _: Any) -> None:
        """Never answers."""
