"""A stream is kept head and tail, and never more than its limit."""

import pytest

from runner.logs import Log


def test_a_short_stream_is_kept_whole(tmp_path):
    log = Log(1000)
    log.write(b"one\n")
    log.write(b"two\n")
    assert log.content() == b"one\ntwo\n" and log.total_bytes == 8
    assert log.save(tmp_path / "out").read_bytes() == b"one\ntwo\n"


def test_an_empty_stream_makes_no_file(tmp_path):
    assert Log(1000).save(tmp_path / "out") is None
    assert not (tmp_path / "out").exists()


def test_a_long_stream_keeps_head_and_tail_and_says_how_much_is_missing():
    log = Log(1064)
    for number in range(10_000):
        log.write(b"%05d\n" % number)
    kept = log.content()
    assert len(kept) <= 1064
    assert kept.startswith(b"00000\n") and kept.endswith(b"09999\n")
    assert b"[... %d bytes left out ...]" % (60_000 - 1000) in kept


def test_one_huge_write_is_cut_too():
    log = Log(1064)
    log.write(b"a" * 400 + b"b" * 100_000 + b"c" * 400)
    assert len(log.content()) <= 1064
    assert log.content().startswith(b"a" * 400) and log.content().endswith(b"c" * 400)


def test_a_stream_of_exactly_its_room_is_whole():
    log = Log(1064)
    log.write(b"x" * 1000)
    assert log.content() == b"x" * 1000


@pytest.mark.parametrize(
    ("printed", "last"),
    [
        (b"", ""),
        (b"Traceback:\n  line\nKeyError: 'a'\n\n  \n", "KeyError: 'a'"),
        (b"10%\r50%\rdone\n", "done"),
        ("\x1b[31mred\x1b[0m \u202eturned\n".encode(), "red \N{REPLACEMENT CHARACTER}turned"),
        (b"\xff\xfe not UTF-8", "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER} not UTF-8"),
        (b"x" * 1000, "x" * 300 + " …"),
        (b"early\n" * 100_000 + b"late\n", "late"),
    ],
)
def test_the_last_line_is_one_that_can_be_read(printed, last):
    log = Log(100_000)
    log.write(printed)
    assert log.last_line() == last


def test_a_stream_is_cut_when_it_is_longer_than_what_is_kept():
    log = Log(1064)
    log.write(b"x" * 1000)
    assert not log.is_cut
    log.write(b"x")
    assert log.is_cut
