"""Slack refuses, breaks off, says nothing, or takes the token away."""

import asyncio
from datetime import UTC, datetime

from tests.faults.rows import Row
from tests.faults.scenes import Scene
from tests.faults.troubles import EARLY, LATE, Trouble

_REVOKED_S = 15
_STORM_S = 100


async def storm(scene: Scene) -> Row:
    """429 to every second message, with one to thirty seconds to wait."""
    await scene.world.promise(scene.stage.size(250, 30), datetime.now(UTC))
    longest = scene.stage.size(30, 2)
    storm = Trouble("429", 0.5, retry_after=(1, longest))
    scene.ledger.troubles.begin(storm)
    await scene.bots.start()
    # The storm has an end: half of the tries of the last message could fail for ever.
    await scene.drained(scene.stage.size(_STORM_S, 20), note=False)
    scene.ledger.troubles.end()
    await scene.drained()
    return scene.row(storm.done)


async def cuts(scene: Scene) -> Row:
    """Connections cut before and after Slack took it, silence, half an answer, 5xx, odd errors."""
    await scene.world.promise(scene.stage.size(600, 40), datetime.now(UTC))
    kinds = sorted((EARLY | LATE) - {"429", "revoked"})
    share = scene.stage.size(4, 8) / 100
    begun = [scene.ledger.troubles.begin(Trouble(kind, share)) for kind in kinds]
    for method in ("conversations.history", "conversations.open", "users.lookupByEmail"):
        scene.ledger.troubles.begin(Trouble("cut_before", 0.1, method, left=20))
    await scene.bots.start()
    await scene.drained(scene.stage.size(_STORM_S, 10), note=False)
    scene.ledger.troubles.end()
    await scene.drained()
    if not scene.stage.short:
        never = [trouble.kind for trouble in begun if not trouble.done]
        scene.notes += [f"never: {', '.join(never)}"] if never else []
    return scene.row(scene.ledger.troubles.injected)


async def revoked(scene: Scene) -> Row:
    """The token is revoked in the middle of a broadcast, and given back."""
    count = scene.stage.size(400, 80)
    await scene.world.promise(count, datetime.now(UTC))
    await scene.bots.start()
    await scene.posted(count // 4)
    trouble = scene.ledger.troubles.begin(Trouble("revoked", method=""))
    await asyncio.sleep(scene.stage.size(_REVOKED_S, 3))
    scene.ledger.troubles.end()
    await scene.drained()
    return scene.row(trouble.done)
