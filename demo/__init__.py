"""The account in a box: a settings server of all times, with made-up people in it.

Use it as the fixture of tests, or run `python -m demo`.
"""

from .accounts import (
    AcceptRule,
    AcceptRules,
    Account,
    ActiveCall,
    Call,
    Device,
    Transaction,
    Voicemail,
)
from .certificates import Authority
from .issued import IssuedCertificate
from .life import Life
from .names import Names
from .people import alice, bob, carol, everyone
from .server import AccountBox

__all__ = [
    "AcceptRule",
    "AcceptRules",
    "Account",
    "AccountBox",
    "ActiveCall",
    "Authority",
    "Call",
    "Device",
    "IssuedCertificate",
    "Life",
    "Names",
    "Transaction",
    "Voicemail",
    "alice",
    "bob",
    "carol",
    "everyone",
]
