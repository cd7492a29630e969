"""What was run as a reader wants it: labelled axes, pairs, differences, summaries, files for other programs."""
