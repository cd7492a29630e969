"""Why the system refuses a file, in both languages."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from simulator.refusals import REASONS, reason, unwritable


@pytest.mark.parametrize("number", REASONS)
def test_that_a_reason_is_said_in_words_of_each_language(number):
    said = reason(OSError(number, os.strerror(number)))
    assert said.en != said.sv
    assert os.strerror(number) not in (said.en, said.sv)


def test_that_an_unknown_reason_is_in_the_words_of_the_system():
    assert reason(OSError(errno.EXDEV, "odd")).sv == "odd"
    assert reason(OSError("odd")).en == "odd"


def test_that_a_file_that_cannot_be_written_is_named_with_the_reason():
    said = unwritable(Path("plan.yaml"), OSError(errno.ENOSPC, "No space left on device"))
    assert said.sv == "plan.yaml: kan inte skrivas (disken är full)"
    assert said.en == "plan.yaml: cannot be written (the disk is full)"
