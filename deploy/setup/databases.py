"""A database for each service, and the role that owns it."""

import psycopg
from psycopg import sql


def ensure_database(admin_url: str, name: str, *, password: str) -> None:
    """Make the database and the role of the same name that owns it; sets the role's password.

    Nobody else but the administrator at `admin_url` may connect to it.
    """
    with psycopg.connect(admin_url, autocommit=True) as connection:
        role, secret = sql.Identifier(name), sql.Literal(password)
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        verb = sql.SQL("ALTER" if known.fetchone() else "CREATE")
        connection.execute(sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(verb, role, secret))
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not known.fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))
        connection.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(role))
