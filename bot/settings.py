"""Every setting of the program, read from SPINDEL_* variables and `.env`."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What an installation decides; each description stands in docs/settings.md."""

    model_config = SettingsConfigDict(
        env_prefix="SPINDEL_", env_file=".env", extra="ignore", populate_by_name=True
    )

    database_url: str = Field(
        default=f"sqlite:///{ROOT / 'data' / 'spindel.db'}",
        description="Where the bot remembers: `sqlite:///FILE` for one process, "
        "`postgresql://…` for several.",
    )
    rasa_url: str = Field(
        default="",
        description="Address of a Rasa server of its own; empty: the bot starts one itself.",
    )
    rasa_token: SecretStr = Field(
        default=SecretStr(""), description="The token that Rasa server was started with."
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=8765, description="Port of the page (demo) and of the HTTP end points."
    )
    zone: str = Field(
        default="Europe/Stockholm", description="The university's time zone (IANA name)."
    )
    slack_bot_token: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="SLACK_BOT_TOKEN",
        description="Slack's bot token, `xoxb-…`; empty: no Slack.",
    )
    slack_app_token: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="SLACK_APP_TOKEN",
        description="Slack's app-level token, `xapp-…`, for Socket Mode.",
    )
    slack_signing_secret: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="SLACK_SIGNING_SECRET",
        description="Slack's signing secret, for HTTP mode.",
    )
    slack_mode: str = Field(
        default="socket", pattern="^(socket|http)$", description="`socket` or `http`."
    )
    slack_team_id: str = Field(
        default="", description="The workspace served; empty: the token's own."
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="Slack's Web API; tests point elsewhere."
    )
    slack_per_minute: Annotated[float, Field(gt=0)] = Field(
        default=300,
        description="How many messages Slack takes from the bot in a minute, for all processes "
        "together; edits: a sixth of it.",
    )
    slack_pace_s: Annotated[float, Field(ge=0)] = Field(
        default=1.0, description="Seconds between two messages to the same person in Slack."
    )
    teams_app_id: str = Field(
        default="",
        validation_alias="TEAMS_APP_ID",
        description="Application (client) ID of the Entra app that is the bot; empty: no Teams.",
    )
    teams_tenant_id: str = Field(
        default="",
        validation_alias="TEAMS_TENANT_ID",
        description="Directory (tenant) ID: nobody of another tenant is answered.",
    )
    teams_client_secret: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="TEAMS_CLIENT_SECRET",
        description="Value (not ID) of a client secret of that app.",
    )
    teams_public_url: str = Field(
        default="",
        description="The address under which Teams reaches the bot, `https://…` without a path; "
        "it ends at `SPINDEL_HOST:SPINDEL_PORT`.",
    )
    teams_developer: str = Field(
        default="Spindel",
        description="Who answers for the bot, in the app's details in Teams: the university.",
    )
    teams_website: str = Field(
        default="",
        description="The university's page about the bot, in the app's details; empty: "
        "`SPINDEL_TEAMS_PUBLIC_URL`.",
    )
    teams_privacy_url: str = Field(
        default="",
        description="The university's page about how it treats personal data, there; empty: the "
        "page about the bot.",
    )
    teams_unauthenticated: bool = Field(
        default=False,
        description="Take activities from anybody, for Microsoft's playground; only where "
        "`SPINDEL_HOST` is this machine itself.",
    )
    teams_service_hosts: str = Field(
        default="smba.trafficmanager.net",
        description="Hosts of Teams' service, by commas: only there activities come from and "
        "messages go to.",
    )
    teams_per_second: Annotated[float, Field(gt=0)] = Field(
        default=50, description="Messages a second that Teams takes from the bot in a tenant."
    )
    teams_metadata_url: str = Field(
        default="https://login.botframework.com/v1/.well-known/openidconfiguration",
        description="Where the Bot Framework says which keys it signs with; tests point elsewhere.",
    )
    teams_login_url: str = Field(
        default="https://login.microsoftonline.com",
        description="Where the bot gets its own token for Teams; tests point elsewhere.",
    )
    collect_unsure: bool = Field(
        default=False,
        description="Keep what the bot was not sure of, masked and for 90 days, to learn from: "
        "docs/nlu.md.",
    )
    metrics_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=0,
        description="Port of `/metrics` for Prometheus, which is to stay private; 0: none.",
    )
    metrics_host: str = Field(default="127.0.0.1", description="Address of `/metrics`.")
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR.")
