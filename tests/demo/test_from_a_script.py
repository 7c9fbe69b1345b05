"""The whole bot under SimCord, in a script that has only the installed package and the environment."""

import os
import subprocess
import sys
from pathlib import Path

from tests.patience import PATIENCE

SCRIPT = """
import asyncio
from datetime import timedelta

import discord
from simcord import Env

from bot.app import build
from bot.settings import Settings


async def main():
    env = Env(build(Settings(), now=discord.utils.utcnow), shard_count=1)
    with env.time_context():
        await env.start()
        server = env.create_guild("Here")
        channel = server.create_text_channel("general")
        ana = server.add_member(env.create_user("ana"))
        await env.settle()
        for bot in (env.bot, build(Settings(), now=discord.utils.utcnow)):
            if bot is not env.bot:
                await env.restart_bot(bot)
                await env.settle()
            services, rung, due = bot.services, [], bot.now() + timedelta(minutes=20)

            async def ring(tx, subjects, now):
                rung.append(now)

            services.agenda.on("script.rings", ring)
            await bot.db.write(lambda tx: services.agenda.put(tx, "script.rings", "it", due))
            result = await ana.slash(channel, "about")
            await env.advance_time(20 * 60 + 2)
            await env.settle()
            late = [at - due for at in rung]
            print("answered" if result.response else "silent", [one < timedelta(seconds=2) for one in late])
        await env.shutdown()


asyncio.run(main())
"""


def test_the_bot_answers_a_command_runs_a_timer_and_restarts(tmp_path: Path) -> None:
    told = {
        name: value for name, value in os.environ.items() if not name.startswith(("PLUMBLINE_", "PYTHON"))
    }
    told["PLUMBLINE_STATE_DIR"] = str(tmp_path / "kept")

    ran = subprocess.run(
        [sys.executable, "-I", "-W", "ignore", "-c", SCRIPT],
        cwd=tmp_path, env=told, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "answered [True]\nanswered [True]\n"
    assert {one.name for one in (tmp_path / "kept").iterdir()} >= {"plumbline.db", "keys.json", "lock"}
