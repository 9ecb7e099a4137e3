"""Run the account in a box: `python -m demo`."""

import argparse
import asyncio
from contextlib import ExitStack, suppress
from pathlib import Path
import signal
import tempfile

from .dialects import DIALECTS
from .files import write_files
from .life import Life
from .server import AccountBox

_DEFAULT_PORT = 8443


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="python -m demo",
        description="A settings server with made-up SIP accounts in it.",
    )
    parser.add_argument(
        "--port", type=int, default=_DEFAULT_PORT, help="0 takes any (default: 8443)"
    )
    parser.add_argument(
        "--folder",
        type=Path,
        help="where to leave the certificates (default: a folder that goes away)",
    )
    parser.add_argument(
        "--still", action="store_true", help="nothing happens to the accounts"
    )
    arguments = parser.parse_args()
    with ExitStack() as stack, suppress(KeyboardInterrupt, asyncio.CancelledError):
        folder: Path | None = arguments.folder
        if folder is None:
            temporary = tempfile.TemporaryDirectory(prefix="account-in-a-box-")
            folder = Path(stack.enter_context(temporary))
        asyncio.run(serve(arguments.port, folder, still=arguments.still))


async def serve(port: int, folder: Path, *, still: bool) -> None:
    """Serve, with the accounts' certificates in a folder, until cancelled.

    A shell has what it starts in the background ignore Ctrl-C, unless we listen to it.
    """
    if (task := asyncio.current_task()) is not None:
        for told in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(told, task.cancel)
    async with AccountBox(port=port) as box:
        write_files(box, folder)
        print(describe(box, folder), flush=True)  # noqa: T201 - a program for a shell
        life = Life(box.accounts)
        if not still:
            life.start()
        try:
            await asyncio.Event().wait()
        finally:
            await life.stop()


def describe(box: AccountBox, folder: Path) -> str:
    """Tell how to use the box."""
    people = "\n".join(
        f"  {account.sip_address:<20} {account.password}"
        for account in box.accounts.values()
    )
    between = ", ".join(path.split("/")[1] for path in DIALECTS if path[1:3] == "20")
    anyone = next(iter(box.accounts.values()))
    return f"""\
The account in a box is open.

As in 2009, with a certificate:  {box.page_url}
As today, with a password:       {box.today_url}
All at once, as in 2026:         {box.page_2026_url}
As today, as an owner:           {box.origin}/owner/settings.phtml
In between:                      {between}

Accounts and passwords (a password also opens the account's .p12 files):
{people}

Certificates, and the authority to trust (authority.pem):
  {folder}

Try:
  curl --cacert {folder}/authority.pem -E {folder}/{anyone.user}-modern.pem \\
    '{box.page_url}?export=1&action=account'
  curl --cacert {folder}/authority.pem --digest -u {anyone.user}:{anyone.password} \\
    '{box.today_url}?action=get_identity&realm={anyone.domain}'

Ctrl-C closes it."""


if __name__ == "__main__":
    main()
