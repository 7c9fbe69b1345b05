"""What the friends do under load: one module for each kind of thing. Add a module, and its acts to ACTS."""

from tests.crash.actors import asks, nights, norms, pairs, pods, reminders, talks, terms
from tests.crash.actors.act import Act

ACTS: tuple[Act, ...] = (
    *(*pods.ACTS, *asks.ACTS, *pairs.ACTS, *talks.ACTS),
    *(*norms.ACTS, *reminders.ACTS, *terms.ACTS, *nights.ACTS),
)
