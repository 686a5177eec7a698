"""Zips each folder of sources/ into bundle/: `python3 pack.py`. CodaLab wants programs and data as zips."""

import zipfile
from pathlib import Path

HERE = Path(__file__).parent
#: The earliest time that a zip can state, so that the same files give the same zip.
TIME = (1980, 1, 1, 0, 0, 0)


def main() -> None:
    for folder in sorted((HERE / "sources").iterdir()):
        with zipfile.ZipFile(HERE / "bundle" / f"{folder.name}.zip", "w") as archive:
            for file in sorted(folder.rglob("*")):
                if file.is_file() and "__pycache__" not in file.parts:
                    info = zipfile.ZipInfo(file.relative_to(folder).as_posix(), TIME)
                    info.external_attr = 0o644 << 16
                    archive.writestr(info, file.read_bytes())


if __name__ == "__main__":
    main()
