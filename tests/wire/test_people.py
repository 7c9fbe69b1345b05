"""People of this Discord act, and discord.py answers them."""

import asyncio

import discord
import pytest
from discord import app_commands

from tests.wire.client import Wire, WireError
from tests.wire.conftest import Client

SERVER = 1 << 22
Interaction = discord.Interaction[Client]


@pytest.fixture
async def ana(there: Wire, client: Client) -> int:
    group = app_commands.Group(name="pair", description="Pairs.")

    @group.command(name="start", description="Start one.")
    async def start(interaction: Interaction, partner: discord.Member, weeks: int = 2) -> None:
        assert isinstance(interaction.user, discord.Member)
        words = (
            interaction.user.display_name,
            partner.display_name,
            weeks,
            interaction.permissions.manage_guild,
        )
        await interaction.response.send_message(f"{words}", ephemeral=True)

    @app_commands.command(description="Wait.")
    async def wait(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send("at last")
        await interaction.followup.send("and more", ephemeral=True)

    @app_commands.command(description="Show.")
    async def show(interaction: Interaction) -> None:
        view = discord.ui.View()
        view.add_item(discord.ui.Button(label="Write", custom_id="write"))
        view.add_item(discord.ui.UserSelect(custom_id="who"))
        await interaction.response.send_message("choose", view=view)

    client.tree.add_command(group)
    client.tree.add_command(wait)
    client.tree.add_command(show)
    await client.tree.sync()
    return await there.add_person("ana", global_name="Ana", guild=SERVER, nick="Annie", permissions=1 << 5)


@pytest.fixture
async def channel(there: Wire, client: Client) -> int:
    return await there.add_channel(SERVER)


async def test_a_subcommand_with_options_is_answered(there: Wire, ana: int, channel: int) -> None:
    bo = await there.add_person("bo", global_name="Bo", guild=SERVER)
    said = await there.command(ana, channel, "pair start", {"partner": bo, "weeks": 3})

    assert said.message.content == "('Annie', 'Bo', 3, True)"
    assert (said.message.flags & 64, said.message.shown_to) == (64, ana)
    assert said.reached == 1
    assert said.acked_at is not None
    assert said.acked_at >= said.made_at
    assert await there.messages(channel) == [], "nobody else sees it"
    with pytest.raises(WireError, match="no command"):
        await there.command(ana, channel, "nonsense")


async def test_the_first_message_after_a_deferred_answer_takes_its_place(
    there: Wire, ana: int, channel: int
) -> None:
    said = await there.command(ana, channel, "wait")
    while len(said.messages) < 2:
        said = await there.interaction(said.id)

    assert [one.content for one in said.messages] == ["at last", "and more"]
    assert said.messages[0].id == said.original
    assert said.messages[0].flags & 64


async def test_a_member_is_chosen_in_a_select_and_everybody_sees_the_message(
    there: Wire, client: Client, ana: int, channel: int
) -> None:
    bo = await there.add_person("bo", guild=SERVER, nick="Bobby")
    shown = await there.command(ana, channel, "show")
    pressing = asyncio.create_task(there.press(bo, shown.message, "who", [bo]))
    await client.until(lambda: len(client.interactions) == 2)
    pressed = client.interactions[1]
    await pressed.response.edit_message(content="chosen", view=None)
    answer = await pressing

    assert pressed.data is not None
    assert pressed.data["resolved"]["members"][str(bo)]["nick"] == "Bobby"  # type: ignore[typeddict-item]  # a select's data has it
    assert answer.message.content == "chosen"
    assert [one.id for one in await there.messages(channel)] == [shown.message.id]
    with pytest.raises(WireError, match="no 'who'"):
        await there.press(bo, shown.message, "who", [bo])


async def test_a_form_is_opened_and_sent_and_cannot_be_answered_with_a_form(
    there: Wire, client: Client, ana: int, channel: int
) -> None:
    form = discord.ui.Modal(title="Write", custom_id="form")
    field = discord.ui.TextInput[discord.ui.Modal](custom_id="text")
    form.add_item(discord.ui.TextDisplay("Say it.")).add_item(discord.ui.Label(text="Text", component=field))
    form.stop()
    shown = await there.command(ana, channel, "show")
    pressing = asyncio.create_task(there.press(ana, shown.message, "write"))
    await client.until(lambda: len(client.interactions) == 2)
    await client.interactions[1].response.send_modal(form)
    opened = await pressing
    sending = asyncio.create_task(there.submit(opened, {"text": "hello"}))
    await client.until(lambda: len(client.interactions) == 3)
    sent = client.interactions[2]
    with pytest.raises(discord.HTTPException, match="50035"):
        await sent.response.send_modal(form)
    await sent.response.send_message("thanks", ephemeral=True)

    assert opened.form["custom_id"] == "form"
    assert sent.data is not None
    assert sent.data["components"][1]["component"]["value"] == "hello"  # type: ignore[typeddict-item]  # a form's data has it
    assert sent.message is not None
    assert (await sending).message.content == "thanks"


async def test_direct_messages_have_a_user_and_no_server(there: Wire, client: Client, ana: int) -> None:
    said = await there.command(ana, await there.open_dm(ana), "show")
    [interaction] = client.interactions

    assert isinstance(interaction.user, discord.User)
    assert interaction.guild_id is None
    assert isinstance(interaction.channel, discord.DMChannel)
    assert said.message.custom_ids == ["write", "who"]


async def test_tokens_end_by_time_and_by_force_and_dismissed_messages_are_gone(
    there: Wire, client: Client, ana: int, channel: int
) -> None:
    shown = await there.command(ana, channel, "show")
    [first] = client.interactions
    with pytest.raises(discord.HTTPException, match="40060"):
        await first.client.http.request(
            discord.http.Route("POST", f"/interactions/{first.id}/{first.token}/callback"), json={"type": 6}
        )
    await there.call("delete_message", message=shown.message.id)
    with pytest.raises(discord.NotFound, match="10008"):
        await first.edit_original_response(content="too late")
    await there.move_clock(901)
    with pytest.raises(discord.HTTPException, match="50027"):
        await first.followup.send("too late")
    again = await there.command(ana, channel, "show")
    [dead] = await there.act(
        [{"do": "press", "person": ana, "message": again.message.id, "custom_id": "write", "values": []}]
    )
    await there.call("kill_interaction", id=dead)
    await client.until(lambda: len(client.interactions) == 3)
    with pytest.raises(discord.NotFound, match="10062"):
        await client.interactions[2].response.defer()
    with pytest.raises(discord.NotFound, match="10015"):
        await client.interactions[2].edit_original_response(content="too late")


async def test_deleting_the_card_that_was_pressed_is_an_answer(
    there: Wire, client: Client, ana: int, channel: int
) -> None:
    shown = await there.command(ana, channel, "show")
    [closing] = await there.act(
        [{"do": "press", "person": ana, "message": shown.message.id, "custom_id": "write", "values": []}]
    )
    await client.until(lambda: len(client.interactions) == 2)
    await client.interactions[1].response.defer()
    await client.interactions[1].delete_original_response()

    assert (await there.interaction(closing, "answered")).messages == []


async def test_an_answer_after_three_seconds_is_refused_if_a_test_wants_that(
    there: Wire, client: Client, ana: int, channel: int
) -> None:
    shown = await there.command(ana, channel, "show")
    await there.call("change_settings", answered_within=3)
    await there.act(
        [{"do": "press", "person": ana, "message": shown.message.id, "custom_id": "write", "values": []}]
    )
    await client.until(lambda: len(client.interactions) == 2)
    await there.move_clock(4)
    with pytest.raises(discord.NotFound, match="10062"):
        await client.interactions[1].response.defer()


async def test_hundreds_of_people_act_at_once(there: Wire, ana: int, channel: int) -> None:
    ids = await there.act(
        [{"do": "command", "person": ana, "channel": channel, "path": "show", "options": {}, "target": None}]
        * 300
    )
    every = await asyncio.gather(*(there.interaction(id, "answered") for id in ids))

    assert len({one.message.id for one in every}) == 300


async def test_menus_have_their_target_and_options_offer_choices(
    there: Wire, client: Client, channel: int
) -> None:
    @client.tree.context_menu(name="Call this in")
    async def call_in(interaction: Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(message.content)

    @client.tree.context_menu(name="Who is this")
    async def who(interaction: Interaction, member: discord.Member) -> None:
        await interaction.response.send_message(member.display_name)

    @client.tree.command(description="A day.")
    async def day(interaction: Interaction, name: str) -> None: ...

    @day.autocomplete("name")
    async def offer(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed}day", value="1")]

    await client.tree.sync()
    bo = await there.add_person("bo", guild=SERVER, nick="Bobby")
    message = await there.say(channel, bo, "words")
    called = await there.command(bo, channel, "Call this in", target=message)
    asked = await there.command(bo, channel, "Who is this", target=bo)
    offered = await there.complete(bo, channel, "day", "name", {"name": "Sun"})

    assert (called.message.content, asked.message.content) == ("words", "Bobby")
    assert [one["name"] for one in offered] == ["Sunday"]
