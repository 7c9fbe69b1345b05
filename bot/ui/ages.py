"""Which interactions are for adults only, and the exceptions that are for everybody."""

ADULT_SLICES = ("asks.", "pods.", "pairs.", "talks.", "plans.", "paths.", "terms.", "nights.")
"""Verbs with these prefixes are refused to people under 18, and in servers that are set for minors."""
FOR_EVERYBODY = frozenset(
    {
        *("asks.minor", "asks.cant", "asks.close_to_me", "asks.beyond", "asks.tell_beyond", "asks.never"),
        *("asks.danger", "asks.tell_danger"),
        *(
            "asks.withdraw",
            "asks.discard",
            "pods.decline",
            "pods.consider",
            "pods.never",
            "pods.remove",
            "pods.leave",
        ),
        *("pairs.decline", "pairs.untake", "pairs.take_back", "pairs.end", "talks.take_back", "plans.end"),
        *("paths.decline", "paths.consider", "paths.never", "paths.remove"),
        *("paths.leaving", "paths.leave", "paths.ending", "paths.end"),
        # Nobody loses a way out, or a friend who is on the way, in the middle of a night.
        *("nights.hand", "nights.quick", "nights.friend", "nights.fine", "nights.out", "nights.home"),
        *("nights.open", "nights.show", "nights.more", "nights.pick", "nights.noon"),
        *("nights.leave", "nights.decline", "nights.consider", "nights.never"),
        *("nights.consider_wish", "nights.never_wish"),
        *("nights.cant", "nights.stopping", "nights.stop", "nights.take_back"),
        *("nights.kept", "nights.forget"),
        # To put into words what one wants, and to take it away without anything being kept.
        *(
            "terms.open",
            "terms.begin",
            "terms.wants",
            "terms.plain",
            "terms.wrote",
            "terms.edit",
            "terms.mine",
        ),
        *("terms.receiving", "terms.home", "terms.text", "terms.came", "terms.remove", "terms.removed"),
        *(
            "terms.withdraw",
            "terms.decline",
            "terms.consider",
            "terms.never",
            "terms.back",
            "terms.hand_back",
        ),
    }
)
"""The verbs that are never refused: to say that one is under 18, to decline, to take back, to leave."""


def for_adults(verb: str) -> bool:
    """Whether a person must be 18 or over to use this verb."""
    return verb.startswith(ADULT_SLICES) and verb not in FOR_EVERYBODY
