"""A stream is kept head and tail, and never more than its limit."""

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
