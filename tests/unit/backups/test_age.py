"""What is encrypted opens with the private key, and with nothing else."""

import errno
import io
import os
import resource
from pathlib import Path

import pytest

from bot.backups import age

CONTENT = os.urandom(300_000)


def encrypted(public: str, content: bytes = CONTENT) -> bytes:
    target = io.BytesIO()
    age.encrypt(io.BytesIO(content), target, public)
    return target.getvalue()


def decrypted(sealed: bytes, private: str) -> bytes:
    target = io.BytesIO()
    age.decrypt(io.BytesIO(sealed), target, private)
    return target.getvalue()


@pytest.mark.parametrize("before", ["", "# created: today\n# public key: age1...\n"])
def test_what_was_encrypted_is_decrypted_with_the_private_key(before: str) -> None:
    pair = age.new_pair()

    assert decrypted(encrypted(pair.public), before + pair.private + "\n") == CONTENT
    assert decrypted(encrypted(pair.public, b""), pair.private) == b""
    assert CONTENT[:64] not in encrypted(pair.public)


def test_the_private_key_is_not_in_the_repr() -> None:
    pair = age.new_pair()

    assert pair.private not in repr(pair)


def test_another_private_key_opens_nothing() -> None:
    with pytest.raises(age.WrongPrivateKey):
        decrypted(encrypted(age.new_pair().public), age.new_pair().private)


@pytest.mark.parametrize("private", ["", "# a comment", "AGE-SECRET-KEY-1", "AGE-SECRET-KEY-1ABC", "age1abc"])
def test_what_is_not_a_private_key_is_refused(private: str) -> None:
    with pytest.raises(age.BadPrivateKey):
        decrypted(encrypted(age.new_pair().public), private)


@pytest.mark.parametrize("public", ["", "age1", "age1abc", "ssh-ed25519 AAAA"])
def test_what_is_not_a_public_key_is_refused(public: str) -> None:
    with pytest.raises(age.BadPublicKey):
        encrypted(public)


@pytest.mark.parametrize("left", [0, 10, 100, 250, 65_536, 200_000, -1])
def test_a_file_that_is_cut_short_is_refused(left: int) -> None:
    pair = age.new_pair()

    with pytest.raises(age.Unreadable):
        decrypted(encrypted(pair.public)[:left], pair.private)


class Full(io.BytesIO):
    """A file on a disk without room."""

    def write(self, _content: object) -> int:
        raise OSError(errno.ENOSPC, "no room")


def test_a_full_disk_is_told_as_that() -> None:
    pair = age.new_pair()
    sealed = encrypted(pair.public)

    with pytest.raises(OSError, match="no room"):
        age.encrypt(io.BytesIO(CONTENT), Full(), pair.public)
    with pytest.raises(OSError, match="no room"):
        age.decrypt(io.BytesIO(sealed), Full(), pair.private)


def test_a_file_that_reads_back_differently_is_no_backup() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(size)[::-1]

    with pytest.raises(age.NotTheSame):
        age.encrypt(io.BytesIO(CONTENT), Failing(), age.new_pair().public)


@pytest.mark.slow
def test_a_large_file_is_never_whole_in_memory(tmp_path: Path) -> None:
    plain, sealed = tmp_path / "plain", tmp_path / "sealed"
    with plain.open("wb") as file:
        file.truncate(200_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with plain.open("rb") as source, sealed.open("w+b") as target:
        age.encrypt(source, target, age.new_pair().public)

    assert sealed.stat().st_size > 200_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
