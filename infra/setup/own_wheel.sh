# The wheel of this tree.

# own_wheel FOLDER WORD... : into FOLDER, by pip wheel with these words. From a copy, or the build would leave its litter in this tree.
# Of the same source it makes the same bytes.
own_wheel() {
  local folder=$1 source
  shift
  source=$(mktemp -d)
  rm -f "$folder"/agon_competitions-*.whl
  tar --exclude=__pycache__ -c pyproject.toml setup.py README.md LICENSE agon chalicelib runner examples | tar -x -C "$source"
  SOURCE_DATE_EPOCH=315532800 quietly $pip wheel --no-deps --no-index "$@" --wheel-dir "$folder" "$source"
  rm -r "$source"
}
