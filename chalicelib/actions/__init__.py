"""What the API does, by noun. A call needs the modules of one noun, so each is read when it is first used."""

from chalicelib import lazily

# Every call needs the table: PynamoDB is read before the first one, while Lambda lends a whole processor.
from chalicelib.store import table as table

lazily.read(__name__)
