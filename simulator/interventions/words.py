"""Words for what measures hand out, what they are about, and which way their evidence points."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from simulator.interventions.declaration import Form
from simulator.quantity import Text

FORM_TEXTS: Mapping[Form, Text] = MappingProxyType(
    {
        Form.AWARD: Text("awards to firms that apply", "beviljanden till företag som söker"),
        Form.TRAINEE: Text("training places through firms that apply", "utbildningsplatser genom företag som söker"),
        Form.SYSTEM: Text("a service, without applications", "en tjänst, utan ansökningar"),
    }
)
DOMAIN_TEXTS: Mapping[str, Text] = MappingProxyType(
    {
        "digital": Text("digital step", "digitalt steg"),
        "green": Text("green step", "grönt steg"),
        "circular": Text("circular step", "cirkulärt steg"),
        "export": Text("export", "export"),
        "training": Text("training", "utbildning"),
        "succession": Text("succession", "ägarskifte"),
        "research": Text("research and development", "forskning och utveckling"),
    }
)
DIRECTION_TEXTS: Mapping[int, Text] = MappingProxyType(
    {1: Text("up", "upp"), -1: Text("down", "ned"), 0: Text("nothing known", "inget känt")}
)
