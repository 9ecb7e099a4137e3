"""Names of time zones that a server makes up."""

import asyncio

from custom_components.sip_account.sip_settings.zones import load_zones


def test_made_up_zones_take_no_room() -> None:
    """However many names were made up, the real ones are still found."""
    made_up = [f"Nowhere/{number}" for number in range(5000)]
    made_up += ["../../etc/passwd", "a/" * 120, "\x00", ".", "Europe", "x" * 256, "é"]

    async def load() -> object:
        for start in range(0, len(made_up), 10):
            assert await load_zones(made_up[start : start + 10]) == {}
        assert await load_zones(made_up) == {}
        return await load_zones({"Europe/Amsterdam", "Nowhere/1"})

    zones = asyncio.run(load())
    assert list(zones) == ["Europe/Amsterdam"]  # type: ignore[call-overload]
