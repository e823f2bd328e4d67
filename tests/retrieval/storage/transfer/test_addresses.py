"""How a library is named."""

from pathlib import Path

import pytest

from retrieval.errors import StorageError
from retrieval.storage.transfer import read_address


@pytest.mark.parametrize(
    "text", ["{}/library", "sqlite:///{}/library", "sqlite:///{}/library/footnote.sqlite3"]
)
def test_a_folder_is_named_by_its_path_or_address(tmp_path, text):
    named = read_address(text.format(tmp_path))
    assert (named.folder, named.url) == (tmp_path / "library", "")


@pytest.mark.parametrize("scheme", ["postgresql+psycopg", "postgresql", "postgres"])
def test_a_server_is_shown_without_its_password(scheme):
    named = read_address(f"{scheme}://me:secret@host/footnote")
    assert named.url == "postgresql+psycopg://me:secret@host/footnote"
    assert str(named) == "postgresql+psycopg://me:***@host/footnote"
    assert named.folder == Path()


@pytest.mark.parametrize("text", ["mysql://me:secret@host/footnote", "postgresql+psycopg://h:port/x"])
def test_other_addresses_are_refused_without_their_password(text):
    with pytest.raises(StorageError, match="cannot be at an address of") as refused:
        read_address(text)
    assert "secret" not in str(refused.value)


def test_a_backup_is_no_library(tmp_path):
    (tmp_path / "backup.sqlite3").touch()
    with pytest.raises(StorageError, match="'restore'"):
        read_address(str(tmp_path / "backup.sqlite3"))
