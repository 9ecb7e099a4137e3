"""What a voucher is typed as."""

import pytest

from custom_components.sip_account.sip_settings import Voucher


@pytest.mark.parametrize(
    ("card_id", "number", "sent"),
    [
        ("7", "KXQVA ZUTB", {"id": "7", "number": "KXQVAZUTB"}),
        (" 007 ", "KXQVA", {"id": "7", "number": "KXQVA"}),
        ("0", "KXQVA", None),
        ("000", "KXQVA", None),
        ("", "KXQVA", None),
        ("7a", "KXQVA", None),
        ("-7", "KXQVA", None),
        ("7", "", None),
        ("7", " ", None),
    ],
)
def test_read(card_id: str, number: str, sent: dict[str, str] | None) -> None:
    """The id is a whole number above 0, which the server takes anything else for."""
    voucher = Voucher.read(card_id, number)
    assert (voucher and dict(voucher.parameters())) == sent
