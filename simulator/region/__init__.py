"""The region's facts and what they imply."""
