"""YAML in, a validated scenario out, all errors at once."""
