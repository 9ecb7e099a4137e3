"""Asks the resolver of this system what a name says of itself."""

import asyncio

from aiodns import DNSResolver
from aiodns.error import ARES_ENODATA, ARES_ENOTFOUND, DNSError
from pycares import AresError, TXTRecordData

from .sip_settings import ResolverError

# For all servers of names together, each asked twice (seconds).
LIMIT = 10.0
_LIMIT_OF_TRY = 2.0


async def async_look_up_texts(name: str) -> list[bytes]:
    """Return the TXT records of a name, the strings of each joined.

    There are none where the name or the record does not exist. Raises ResolverError
    where nobody can tell.
    """
    try:
        async with (
            DNSResolver(timeout=_LIMIT_OF_TRY, tries=2) as resolver,
            asyncio.timeout(LIMIT),
        ):
            result = await resolver.query_dns(name, "TXT")
    except DNSError as error:
        if error.args and error.args[0] in {ARES_ENODATA, ARES_ENOTFOUND}:
            return []
        msg = "The resolver of names failed"
        raise ResolverError(msg) from None
    except OSError, ValueError, RuntimeError, AresError:
        msg = "The resolver of names cannot be asked"
        raise ResolverError(msg) from None
    return [
        record.data.data
        for record in result.answer
        if isinstance(record.data, TXTRecordData)
    ]
