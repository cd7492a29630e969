"""What policy can do: levers and the catalogue of measures."""
