"""The header of a netCDF file is read as SciPy reads it; what is no header is refused, whatever it is."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.io import netcdf_file

from simulator.ensemble.storage.netcdf import HeaderError, read_header

SHAPES = {"b": (3,), "h": (2, 3), "i": (1,), "f": (3, 2), "d": (2, 3, 1), "c": (3, 3)}


def written(path, version):
    rng = np.random.default_rng(1)
    with netcdf_file(path, "w", version=version) as file:
        file.title = "åäö".encode()
        file.numbers = np.array([1, 2, 3], np.int32)
        file.share = np.float64(0.5)
        for length in (1, 2, 3):
            file.createDimension(f"of_{length}", length)
        for kind, shape in SHAPES.items():
            variable = file.createVariable(f"kind_{kind}", "S1" if kind == "c" else kind, [f"of_{n}" for n in shape])
            variable[:] = np.full(shape, b"x") if kind == "c" else rng.integers(0, 99, shape)
            variable.units = b"%"
    return path.read_bytes()


@pytest.mark.parametrize("version", [1, 2])
def test_that_variables_lie_where_the_header_says(tmp_path, version):
    data = written(tmp_path / "a.nc", version)
    header = read_header(data)
    assert header.attributes == {"title": "åäö", "numbers": [1, 2, 3], "share": 0.5}
    with netcdf_file(tmp_path / "a.nc", mmap=False) as file:
        assert set(file.variables) == set(header.variables)
        for name, theirs in file.variables.items():
            ours = header.variables[name]
            assert (ours.dimensions, ours.shape, ours.attributes) == (theirs.dimensions, theirs.shape, {"units": "%"})
            np.testing.assert_array_equal(ours.array(data[ours.begin : ours.begin + ours.size]), theirs[:])


def test_that_a_header_that_is_cut_off_anywhere_is_refused(tmp_path):
    data = written(tmp_path / "a.nc", 2)
    end = read_header(data).end
    for length in range(end):
        with pytest.raises(HeaderError):
            read_header(data[:length])
    assert read_header(data[:end]).end == end


@given(st.binary(max_size=60), st.sampled_from([b"", b"CDF\x01", b"CDF\x02", b"CDF\x02" + bytes(8)]))
def test_that_any_other_bytes_are_refused_or_an_empty_header(data, start):
    with suppress(HeaderError):
        assert isinstance(read_header(start + data).variables, dict)
