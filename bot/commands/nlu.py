"""`spindel nlu test` and `spindel nlu train`: measure the understanding, train it anew."""

import asyncio
import json
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.assembly import gazetteer
from bot.commands.failure import SetUpError
from bot.commands.rasa_for import rasa_for
from bot.rasa.embedded import SERVER, NoModel, interpreter
from bot.settings import ROOT, Settings
from nlu.client import LONGEST_TEXT, Unavailable
from nlu.gazetteer import Gazetteer
from nlu.masking import mask
from nlu.understanding import Nlu, Parsed
from storage import Database, schema

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
        typer.echo(
            _run("evaluate.py", *map(str, files), "--answers", str(answers), *more), nl=False
        )


async def _answers(settings: Settings, files: list[Path]) -> str:
    """Let the bot understand every sentence, as JSON lines with what its model answered."""
    texts = [text for path in files for text in _texts(path)]
    now = datetime.now(UTC)
    async with rasa_for(settings) as rasa:
        nlu = Nlu(rasa, await _names(settings))
        told = [await _answer(nlu, text, now) for text in texts]
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in told)


async def _answer(nlu: Nlu, text: str, now: datetime) -> dict[str, Any]:
    """Understand one text as `spindel understand` does; exact words are asked of the model too."""
    try:
        parsed = await nlu.hear(text) or await nlu.rasa.parse(mask(text[:LONGEST_TEXT]))
    except Unavailable:
        raise SetUpError("Rasa does not answer. See: spindel doctor") from None
    heard: asyncio.Future[Parsed] = asyncio.get_running_loop().create_future()
    heard.set_result(parsed)
    understood = await nlu.understand(text, now, heard=heard)
    return {**understood.to_json(), "model": parsed}


async def _names(settings: Settings) -> Gazetteer:
    """Return the names of the database; without one that is set up the model is by itself."""
    stands, wanted = schema.revisions(settings.database_url)
    if stands != wanted:
        typer.echo("No database of this version: nothing is looked up in it.", err=True)
        return Gazetteer([])
    database = Database(settings.database_url)
    try:
        return await gazetteer(database)
    finally:
        await database.close()


def _texts(path: Path) -> list[str]:
    texts = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip():
            try:
                texts.append(str(json.loads(line)["text"]))
            except (ValueError, KeyError, TypeError) as error:
                raise SetUpError(f"{path}:{number} is no JSON object with a text.") from error
    return texts


def _train(settings: Settings) -> None:
    # The bot may be answering on the same machine: training takes what it leaves.
    told = json.loads(_run("train.py", before=("nice", "-n", "10")).splitlines()[-1])
    manifest = json.loads(Path(told["manifest"]).read_text("utf-8"))
    sentences = f"{sum(manifest['sentences'].values()):,} sentences, model {told['model']}"
    if not told["trained"]:
        typer.echo(f"Nothing has changed since the last training: {sentences}.")
    elif settings.rasa_url:
        typer.echo(
            f"Trained: {sentences}. The Rasa server at {settings.rasa_url} is not the bot's own: "
            "build its image anew and roll the service."
        )
    else:
        typer.echo(f"Trained: {sentences}. A running bot takes it up within seconds.")


def _run(script: str, *arguments: str, before: tuple[str, ...] = ()) -> str:
    """Run one of the scripts of Rasa's environment and return what it tells.

    Its progress goes to the error stream as it comes.
    """
    try:
        python = interpreter()
    except NoModel as error:
        raise SetUpError(str(error)) from error
    done = subprocess.run(  # noqa: S603 (our own script, our own interpreter)
        [*before, str(python), str(SERVER / script), *arguments],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SetUpError(f"{script} did not get through; its lines above say why.")
    return done.stdout
