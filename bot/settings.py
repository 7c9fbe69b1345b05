"""The settings of this installation, read once from the environment and `.env`."""

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from bot import strings

PREFIX = "PLUMBLINE_"


class Misconfigured(Exception):
    """Some settings can't be used. There is one sentence for each, and none repeats a value."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


Level = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)]
Format = Annotated[Literal["text", "json"], BeforeValidator(_lower)]


class Settings(BaseModel):
    """The settings. `.env.example` lists all of them. An empty value means the default."""

    # pydantic builds the validator at the first use, because `plumbline --help` needs no settings.
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, defer_build=True)

    token: SecretStr | None = None
    token_file: Path | None = None
    state_dir: Path = Path("state")
    key_file: Path | None = None
    log_level: Level = "INFO"
    log_format: Format = "text"
    requests_per_second: int = Field(default=45, ge=1, le=45)
    new_dms_per_minute: int = Field(default=6, ge=1, le=60)
    operator: str = Field(default="", max_length=100)
    source_url: str = Field(default="", pattern=r"^(https?://[^\s<>]+)?$", max_length=300)

    def __init__(self, *, _env_file: str | None = ".env", **given: Any) -> None:
        """Take the settings that are given, and the others from the environment or else from that file.

        Raises pydantic's ValidationError, and UnicodeDecodeError if the file is not UTF-8.
        """
        super().__init__(**_environment(_env_file) | given)

    @property
    def database_path(self) -> Path:
        return self.state_dir / "plumbline.db"

    @property
    def key_path(self) -> Path:
        """Where the key file is, or will be."""
        return self.key_file or self.state_dir / "keys.json"

    def secret_token(self) -> str:
        """Return the bot's token, from the setting or its file. Raises Misconfigured if there is none."""
        if self.token is not None and self.token_file is not None:
            raise Misconfigured(strings.TOKEN_TWICE)
        if self.token_file is not None:
            return _token(_read(self.token_file))
        if self.token is None:
            raise Misconfigured(strings.NO_TOKEN)
        return _token(self.token.get_secret_value())


def load() -> Settings:
    """Read the settings. Raises Misconfigured with a sentence for each one that is wrong."""
    try:
        return Settings()
    except ValidationError as wrong:
        names = dict.fromkeys(str(error["loc"][0]) for error in wrong.errors(include_input=False))
    except UnicodeDecodeError:
        raise Misconfigured(strings.ENV_FILE_UNREADABLE) from None
    # Outside the except block: pydantic's error contains the values, and must not be chained to ours.
    raise Misconfigured(*(strings.should_be(name, PREFIX) for name in names))


def _environment(file: str | None) -> dict[str, str]:
    """Return what is set and not empty, by the names of the fields. Upper and lower case are the same."""
    written = {} if file is None else dotenv_values(file, encoding="utf-8")
    return {
        name.upper().removeprefix(PREFIX).lower(): value
        for name, value in (*written.items(), *os.environ.items())
        if name.upper().startswith(PREFIX) and value
    }


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Misconfigured(strings.TOKEN_FILE_UNREADABLE) from None


def _token(text: str) -> str:
    token = text.strip()
    if not token or any(letter.isspace() for letter in token):
        raise Misconfigured(strings.TOKEN_ODD)
    return token
