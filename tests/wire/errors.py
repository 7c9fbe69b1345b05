"""A request that Discord refuses."""


class ApiError(Exception):
    """Answered with this status and Discord's own code, in JSON."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
