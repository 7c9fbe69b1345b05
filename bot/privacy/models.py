"""What other people notice when somebody is erased."""

from enum import StrEnum


class Consequence(StrEnum):
    """What other people will notice when somebody is erased. The cog has the sentence for each."""

    ASKS_CLOSE = "asks_close"
    ANSWERS_GO = "answers_go"
    CANT_ANSWER = "cant_answer"
    TALKS_END = "talks_end"
    PAIRS_END = "pairs_end"
    PATH_CLOSES = "path_closes"
    COMPANION_GOES = "companion_goes"
    REQUESTS_GO = "requests_go"
    PODS_LEFT = "pods_left"
    INVITATIONS_CLOSE = "invitations_close"
    NO_NAME = "no_name"
    TERMS_GO = "terms_go"
    CARRYING_ENDS = "carrying_ends"
    NIGHT_LEFT = "night_left"
    NORMS_UNCOUNTED = "norms_uncounted"
    NOTES_GO = "notes_go"
    REPORTS_GO = "reports_go"
    LOG_STAYS = "log_stays"
    REMINDERS_STAY = "reminders_stay"
