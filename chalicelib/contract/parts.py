"""The parts that a large file is cut into: its sender states the checksum of each before it is told where to send them."""

#: Above this a file goes in parts.
SINGLE_BYTES = 100 * 1024**2
PART_BYTES = 64 * 1024**2
#: S3 takes 10,000; so many signed addresses fit into one answer.
MAX_PARTS = 2000


def sizes(size_bytes: int) -> list[int]:
    """The sizes of the parts of a file, in their order; none for a file that goes whole."""
    if size_bytes <= SINGLE_BYTES:
        return []
    step = max(PART_BYTES, -(-size_bytes // MAX_PARTS))
    return [min(step, size_bytes - start) for start in range(0, size_bytes, step)]
