"""`agon.yaml`, which may stand beside a competition of another platform: what its own files do not say."""

from chalicelib.contract import limits
from chalicelib.domain.bundle import images, yaml_text
from chalicelib.domain.bundle.complaints import Complaints
from chalicelib.domain.bundle.foreign.folder import Folder
from chalicelib.domain.bundle.nodes import Mapping, Unreadable
from chalicelib.domain.bundle.section import Section

NAME = "agon.yaml"


def read(folder: Folder, complaints: Complaints) -> Section:
    """Its keys; none where there is no such file, or one that cannot be read, which is told."""
    root: object = None
    if folder.is_file(NAME):
        try:
            root, notices = yaml_text.load(folder.read(NAME, limits.MANIFEST_BYTES))
        except Unreadable as error:
            complaints.error("", error.notice.message, error.notice.line)
        else:
            for notice in notices:
                complaints.warn(notice.key, notice.message, notice.line)
            if not isinstance(root, Mapping):
                complaints.error("", "The file has no keys. Write `docker_image: …` and so on.")
    return Section(root if isinstance(root, Mapping) else Mapping(None), "", complaints)


def image(section: Section) -> str:
    """The image that its programs run in; "" for the platform's own."""
    return images.name(section, "docker_image")
