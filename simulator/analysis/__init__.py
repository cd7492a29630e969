"""What policy changes: paired runs on equal luck, how sure that is, what it costs per outcome, and who loses."""
