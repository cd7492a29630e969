"""What lies on disk, byte by byte: files that are whole, chunks, series, their signatures."""
