"""Many runs and what they leave on disk."""
