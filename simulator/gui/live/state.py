"""How far the runs are, in words."""

from __future__ import annotations

from simulator.gui.charts.words import FAULTY, FEW_RUNS
from simulator.gui.live.bands import FEWEST
from simulator.gui.live.session import LiveSession
from simulator.quantity import Text

_FIRST = Text("The first runs are on their way", "De första körningarna är på väg")
_HELD = Text("Paused: nothing has run yet", "Pausat: inget har körts än")


def state_text(live: LiveSession) -> Text:
    """How far the runs are: 'n of m replications', and whether that is all."""
    pairs, wanted = live.bands.pairs, live.bands.wanted
    if not wanted:
        return FAULTY if live.stale else _HELD if live.paused else _FIRST if live.running else Text("", "")
    en, sv = f"{pairs} of {wanted} replications", f"{pairs} av {wanted} upprepningar"
    if live.stale:
        return Text(f"{en}, from before the faults in the text", f"{sv}, från före felen i texten")
    if live.behind:
        return Text(f"{en}, from before the last change", f"{sv}, från före den senaste ändringen")
    if live.bands.enough and pairs < FEWEST:
        return Text(f"{en}: {FEW_RUNS.en}", f"{sv}: {FEW_RUNS.sv}")
    if live.bands.enough:
        return Text(f"✓ {en}: enough", f"✓ {sv}: tillräckligt")
    if live.paused:
        return Text(f"{en}, paused", f"{sv}, pausat")
    return Text(f"{en}, more are coming", f"{sv}, fler kommer") if live.running else Text(en, sv)
