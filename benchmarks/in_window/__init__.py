"""What is measured inside the real window."""
