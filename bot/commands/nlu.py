"""`spindel nlu test` and `spindel nlu train`: measure the understanding, train it anew."""

import asyncio
import json
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.assembly import gazetteer
from bot.commands.failure import SetUpError
from bot.commands.rasa_for import rasa_for
from bot.rasa.embedded import SERVER, NoModel, interpreter
from bot.settings import ROOT, Settings
from nlu.understanding import Nlu
from storage import Database

HALF_A = ROOT / "tests" / "nlu" / "half_a.jsonl"


def measure(
    files: Annotated[
        list[Path] | None, typer.Argument(help="JSON lines of text, intent, lang, entities.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="The figures as JSON.")] = False,
    errors: Annotated[bool, typer.Option(help="Also each wrong sentence.")] = False,
) -> None:
    """Report what the bot understands of sentences that it was not trained on."""
    asyncio.run(_measure(Settings(), files or [HALF_A], as_json=as_json, errors=errors))


def train() -> None:
    """Train the model anew; a running bot takes it up without a break."""
    _train(Settings())


async def _measure(settings: Settings, files: list[Path], *, as_json: bool, errors: bool) -> None:
    if missing := [str(path) for path in files if not path.is_file()]:
        raise SetUpError(f"There is no file {', '.join(missing)}.")
    with tempfile.TemporaryDirectory(prefix="spindel-nlu-") as folder:
        answers = Path(folder) / "answers.jsonl"
        answers.write_text(await _answers(settings, files), encoding="utf-8")
        more = [*(["--json"] if as_json else []), *(["--errors"] if errors else [])]
        _run("evaluate.py", *map(str, files), "--answers", str(answers), *more)


async def _answers(settings: Settings, files: list[Path]) -> str:
    """Let the bot understand every sentence, with the names of its database."""
    database, now = Database(settings.database_url), datetime.now(UTC)
    lines = [line for path in files for line in path.read_text("utf-8").splitlines() if line]
    try:
        async with rasa_for(settings) as rasa:
            nlu = Nlu(rasa, await gazetteer(database))
            told = [(await nlu.understand(json.loads(li)["text"], now)).to_json() for li in lines]
    finally:
        await database.close()
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in told)


def _train(settings: Settings) -> None:
    _run("train.py", quiet=True)
    if settings.rasa_url:
        typer.echo(
            f"The model is in {ROOT / 'build' / 'models'}. The Rasa server at "
            f"{settings.rasa_url} is not the bot's own: build its image anew and roll the service."
        )
    else:
        typer.echo("The model is trained. A running bot takes it up within seconds.")


def _run(script: str, *arguments: str, quiet: bool = False) -> None:
    """Run one of the scripts of Rasa's environment; its progress is on the error stream."""
    try:
        python = interpreter()
    except NoModel as error:
        raise SetUpError(str(error)) from error
    said = subprocess.DEVNULL if quiet else None
    done = subprocess.run(  # noqa: S603 (our own script, our own interpreter)
        [str(python), str(SERVER / script), *arguments], stdout=said, check=False
    )
    if done.returncode:
        raise SetUpError(f"{script} did not get through; its lines above say why.")
