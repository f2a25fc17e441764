"""The encrypted file: its key, its connections, its schema version.

The key is Argon2id (RFC 9106) of the passphrase with the file's own salt, which SQLCipher keeps in
the clear as the file's first 16 bytes; handing SQLCipher the finished key makes every further
connection of an opened book instant, and a guess of the passphrase expensive.
"""

from __future__ import annotations

import errno
import os
import threading
import unicodedata
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

SALT_BYTES = 16
KDF_PASSES = 3
KDF_MEMORY_KIB = 128 * 1024
KDF_LANES = 2
"""Fixed by file format 1: changing one of them makes every existing book unreadable."""
HEAD = "0002"
"""The newest version of the schema."""
_MIGRATING = threading.Lock()


_PRAGMAS = (
    "temp_store = MEMORY",
    "secure_delete = ON",
    "foreign_keys = ON",
    "journal_mode = WAL",
    "synchronous = FULL",
)


_REASONS = {
    "BUSY": "another program is writing to it",
    "CANTOPEN": "it, or the folder it is in, cannot be opened",
    "CORRUPT": "it is damaged",
    "FULL": "the disk is full",
    "IOERR": "the disk could not be read or written",
    "LOCKED": "another program is writing to it",
    "NOTADB": "it is damaged",
    "PERM": "it may not be opened",
    "READONLY": "it, or the folder it is in, may not be written to",
}


class Unusable(OSError):
    """The disk, the system or damage stands in the way; what was acknowledged before still stands.
    `filename` is the book, `strerror` the reason."""


class NotACasebook(ValueError):
    """There is no casebook at the path. The message names the path."""


class WrongPassphrase(ValueError):
    """The passphrase does not open the file, or the file is no casebook: the two look the same."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: this passphrase does not open it (or it is no casebook)")


def derive_key(passphrase: str, salt: bytes) -> str:
    """SQLCipher's raw key with salt, 96 hexadecimal digits. A few tenths of a second, 128 MiB.

    The passphrase counts in NFC, as in RFC 8265: some keyboards send 비밀 as letters, others as syllables.
    """
    if not passphrase:
        raise ValueError("an empty passphrase protects nothing")
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8")
    key = hash_secret_raw(secret, salt, KDF_PASSES, KDF_MEMORY_KIB, KDF_LANES, hash_len=32, type=Type.ID)
    return (key + salt).hex()


def read_salt(path: Path) -> bytes:
    if not path.is_file():
        raise NotACasebook(f"{path}: there is no casebook here")
    with path.open("rb") as file:
        salt = file.read(SALT_BYTES)
    if len(salt) < SALT_BYTES:
        raise NotACasebook(f"{path}: too short to be a casebook")
    return salt


def new_salt(path: Path) -> bytes:
    """Claims the path for a new book, readable by its owner only."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return os.urandom(SALT_BYTES)


def engine(path: Path, key: str) -> Engine:
    def connect() -> Any:
        connection = sqlcipher.connect(str(path), timeout=30, check_same_thread=False)
        cursor = connection.cursor()
        try:
            # Its own log would go to standard error, past every check of ours.
            cursor.execute("PRAGMA cipher_log_level = NONE")
            cursor.execute(f"PRAGMA key = \"x'{key}'\"")
            cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
            # Temporary files would hold text in the clear, so there are none.
            for pragma in _PRAGMAS:
                cursor.execute(f"PRAGMA {pragma}")
        except sqlcipher.DatabaseError as error:
            connection.close()
            if "not a database" in str(error):
                raise WrongPassphrase(path) from None
            raise
        cursor.close()
        return connection

    def explain(context: ExceptionContext) -> None:
        name = getattr(context.original_exception, "sqlite_errorname", "").removeprefix("SQLITE_").partition("_")[0]
        if name in _REASONS:
            raise Unusable(errno.EIO, _REASONS[name], str(path)) from None

    # hide_parameters: an error message must not hold what was being stored.
    made = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=8,
        hide_parameters=True,
    )
    event.listen(made, "handle_error", explain)
    return made


def migrate(target: Engine) -> None:
    """Brings the schema to the newest version, in one transaction."""
    with target.connect() as connection:
        if _version(connection) == HEAD:
            return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    # Alembic keeps what it is doing in one place for the whole process.
    with _MIGRATING, target.begin() as connection:
        # The driver by itself begins a transaction only once rows are written, not where tables are made.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    known = connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")).scalar()
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if known else None
