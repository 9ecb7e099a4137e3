"""What a home has of ours in its memory, as long as it is for something."""

from collections.abc import Callable

from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN


class InHome[ValueT]:
    """Values of a home, each under an id; with the last one the home forgets it all."""

    def __init__(self, name: str) -> None:
        """Keep values under a name that nothing else of ours has."""
        self._key: HassKey[dict[str, ValueT]] = HassKey(f"{DOMAIN}_{name}")

    def find(self, hass: HomeAssistant, an_id: str) -> ValueT | None:
        """Return the value of an id, None where there is none."""
        return hass.data.get(self._key, {}).get(an_id)

    def obtain(
        self, hass: HomeAssistant, an_id: str, make: Callable[[], ValueT]
    ) -> ValueT:
        """Return the value of an id, which is made where there is none."""
        value = self.find(hass, an_id)
        if value is None:
            value = make()
            self.put(hass, an_id, value)
        return value

    def put(self, hass: HomeAssistant, an_id: str, value: ValueT) -> None:
        """Let this be the value of an id."""
        hass.data.setdefault(self._key, {})[an_id] = value

    def forget(self, hass: HomeAssistant, an_id: str) -> None:
        """Forget an id, if there is a value of it."""
        values = hass.data.get(self._key, {})
        values.pop(an_id, None)
        if not values:
            hass.data.pop(self._key, None)
