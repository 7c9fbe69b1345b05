"""What all pictures have in common: their background, their colours, and how they are made.

The colours are Okabe and Ito's, which colour-blind people can tell apart (jfly.uni-koeln.de/color). Every
picture has its own background, so that it looks the same in Discord's dark and light themes.
"""

import threading
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

GROUND, INK, GREY, FAINT = "#FAF9F6", "#2B2D31", "#5F6670", "#A3A8B0"
BLUE, AMBER, RED = "#0072B2", "#E69F00", "#D55E00"
_ONE_AT_A_TIME = threading.Lock()
"""matplotlib is not thread-safe: it keeps its fonts in global state. A process may run two bots."""


def png(width: float, height: float, draw: "Callable[[Figure], None]") -> bytes:
    """Return a PNG of this size in inches. It takes tenths of a second, so only `PictureQueue` calls it."""
    with _ONE_AT_A_TIME:
        # Imported here because it takes 0.3 s and 30 MB, and most runs of the bot never draw.
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(width, height), dpi=150, facecolor=GROUND)
        FigureCanvasAgg(figure)
        draw(figure)
        written = BytesIO()
        figure.savefig(written, format="png", facecolor=GROUND)
        return written.getvalue()
