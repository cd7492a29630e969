"""Options of the whole test suite; every run in the tests checks that people, staff and money are conserved."""

import pytest
from hypothesis import settings

from simulator import observation

collect_ignore_glob = ["**/conftest.py"]  # they hold no examples to run, and two of one name would clash
settings.register_profile("unhurried", deadline=None)  # time is never asserted
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the stored series of tests/golden anew")


@pytest.fixture(autouse=True, scope="session")
def conservation():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(observation, "CHECKING", True)
        yield
