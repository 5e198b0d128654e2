"""`/livez` and `/readyz`: whether the process lives, and whether it can do its work."""

from fastapi import APIRouter, Response

from storage import Database, Unreachable, schema


def health_routes(database: Database) -> APIRouter:
    """Return the two paths. Slack and Rasa never make the bot unready: buttons still work."""
    router = APIRouter()

    @router.get("/livez")
    async def livez() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz")
    async def readyz(response: Response) -> dict[str, str]:
        try:
            await database.probe()
            stands, wanted = schema.revisions(database.url)
        except Unreachable:
            response.status_code = 503
            return {"status": "no database"}
        if stands != wanted:
            response.status_code = 503
            return {"status": "schema"}
        return {"status": "ok"}

    return router
