"""Scenario files in a folder of their own, and what the loader says about them."""

from collections.abc import Callable

import pytest

from simulator.scenario import ScenarioError, load


@pytest.fixture
def write(tmp_path) -> Callable[..., str]:
    """Write a scenario file (the format line is added) and return its path."""

    def written(text: str | bytes, name: str = "mine.yaml") -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else f"format: 1\n{text}".encode())
        return str(path)

    return written


@pytest.fixture
def told(tmp_path) -> Callable[..., list[str]]:
    """Return what the loader says about a faulty scenario, without the folder's name."""

    def said(path: str, *arguments, language: str = "en", **keywords) -> list[str]:
        with pytest.raises(ScenarioError) as caught:
            load(path, *arguments, **keywords)
        return [problem.said(language).replace(f"{tmp_path}/", "") for problem in caught.value.problems]

    return said
