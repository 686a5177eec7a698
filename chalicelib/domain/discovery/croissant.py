"""Croissant (MLCommons, version 1.0): what the data of a competition is, for machines, as JSON-LD."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
#: The context that the format prescribes.
_CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


@dataclass(frozen=True)
class DataFile:
    """A zip that participants are handed out. `url` is where who takes part gets it."""

    id: str
    name: str
    description: str
    url: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class DataCard:
    """A competition as a source of data. `url` is its page, `terms_url` that of the terms that participants accept."""

    title: str
    description: str
    url: str
    terms_url: str
    creator: str
    published_at: datetime
    revision: int
    tags: Sequence[str]
    files: Sequence[DataFile]


def describe(card: DataCard) -> dict[str, Any]:
    """The document. What a bundle does not say, such as columns, is left out: nothing is made up."""
    document = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": card.title,
        "description": card.description or card.title,
        "url": card.url,
        "license": card.terms_url,
        "creator": {"@type": "sc:Person", "name": card.creator},
        "datePublished": card.published_at.date().isoformat(),
        # Versions have three numbers there; each change of the competition is one.
        "version": f"{card.revision}.0.0",
        "isAccessibleForFree": True,
        "conditionsOfAccess": "Who takes part in the competition gets the files.",
        "distribution": [_file(file) for file in card.files],
    }
    return document | {"keywords": list(card.tags)} if card.tags else document


def _file(file: DataFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.id,
        "name": file.name,
        "description": file.description,
        "contentUrl": file.url,
        "contentSize": f"{file.size_bytes} B",
        "encodingFormat": "application/zip",
        "sha256": file.sha256,
    }
