"""The version of all of Agon: site, runner, command line. It stands here alone; `make release` changes it."""

VERSION = "0.1.0"
