# How set-up talks to a person, the same as say.py.

note() { echo "agon: $*" >&2; }

give_up() {
  note "$*"
  exit 1
}

# quietly COMMAND... : its output is shown only when it fails.
quietly() {
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    rm -f "$log"
    give_up "This failed, its last lines are above: $*"
  fi
  rm -f "$log"
}

# fingerprint FILE... : changes when a name or a content does. cksum is on every system, sha256sum is not.
fingerprint() { cksum "$@" | cksum; }

# is_stamped FILE TEXT, stamp FILE TEXT: whether something was already made from what is there now.
is_stamped() { [[ -f $1 && "$(cat "$1")" == "$2" ]]; }
stamp() { echo "$2" >"$1"; }
