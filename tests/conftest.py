"""Every run in the tests checks that people, staff and money are conserved."""

import pytest

from simulator import observation


@pytest.fixture(autouse=True, scope="session")
def conservation():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(observation, "CHECKING", True)
        yield
