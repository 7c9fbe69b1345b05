"""What all pictures have in common: a ground of their own, colours, and one place where they are made.

The colours are Okabe and Ito's, told apart by people who are colour-blind (jfly.uni-koeln.de/color). Every
picture brings its ground along, so that it reads the same in Discord's dark and light themes.
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
"""matplotlib keeps its fonts in one place, and is not made for several threads."""


def png(width: float, height: float, draw: "Callable[[Figure], None]") -> bytes:
    """A picture of so many inches; takes a few tenths of a second, so never on the event loop."""
    with _ONE_AT_A_TIME:
        # Imported here: it costs a start 0.3 s and 30 MB, and few starts ever draw.
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(width, height), dpi=150, facecolor=GROUND)
        FigureCanvasAgg(figure)
        draw(figure)
        written = BytesIO()
        figure.savefig(written, format="png", facecolor=GROUND)
        return written.getvalue()
