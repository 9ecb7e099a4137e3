"""What a config entry has while it is loaded."""

from dataclasses import dataclass

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import callback

from .additions import AccountAdditions
from .calls.phone_book import PhoneBook
from .calls.usage import Usage
from .calls.watch import CallWatch
from .control import AccountControl
from .coordinator import SipAccountCoordinator
from .health import AccountHealth
from .last_known import LastKnown
from .login import Connection

type SipAccountConfigEntry = ConfigEntry[SipAccountRuntime]


@dataclass(slots=True)
class SipAccountRuntime:
    """What lives as long as a config entry is loaded."""

    connection: Connection
    health: AccountHealth
    settings: SipAccountCoordinator
    activity: SipAccountCoordinator
    usage: Usage
    calls: CallWatch
    last_known: LastKnown
    phone_book: PhoneBook
    control: AccountControl
    additions: AccountAdditions
    platforms: list[Platform]

    @callback
    def close(self) -> None:
        """Begin to unload: nothing more is told, and nothing new sent or written."""
        self.connection.client.close()
        self.calls.close()
        self.control.close()
