"""The label of the button, and what each kind of passage is called."""

REPORT = "Report"
WHAT = {
    "ask": "a question from {name}",
    "answer": "an answer from {name}",
    "note": "a note that {name} shared in a pair",
    "aims": "what {name} wrote for a pair",
    "invitation": "an invitation to a pod, from {name}",
    "proposal": "an offer to be a pair, from {name}",
}
"""Each kind of passage, as moderators read of it."""
HEADINGS = {
    "ask": {"what": "What happened", "felt": "The other person", "asking": "What they'd like to know"},
    "answer": {
        "impact": "What it may have been like",
        "step": "One next step",
        "missing": "What might be missing",
        "offer": "What they can offer",
    },
    "note": {"note": "The note"},
    "aims": {
        "aim": "What they're working on",
        "signs": "What you might notice first",
        "words": "What you can say then",
    },
}
"""The headings of the texts of each kind, by the names of the fields into which they were typed."""
OTHER_TEXT = "What they wrote"
"""The heading of a text of an earlier version, which has no field any more."""
REASON = "Why it was reported"
YOUR_REASON = "Why you report it"
"""The heading of the reason, for moderators and for the person who wrote it."""
