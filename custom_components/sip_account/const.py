"""Constants of the SIP Account integration."""

from datetime import timedelta
from typing import Final

DOMAIN: Final = "sip_account"

# Imported once an account has an address book.
ADDRESS_BOOKS: Final = f"{__package__}.address_book.keeper"
OPENED_BOOKS: Final = f"{__package__}.address_book.draft"

EVENT_CALL: Final = "sip_account_call"

CONF_ACCOUNT: Final = "account"
CONF_ADDRESS_BOOK: Final = "address_book"
CONF_ALLOW_WEAK: Final = "allow_weak_certificate"
CONF_ASKED_AT: Final = "unsupported_asked_at"
CONF_AUTHORITY: Final = "trusted_authority"
CONF_CERTIFICATE: Final = "certificate"
CONF_CERTIFICATE_BEFORE: Final = "certificate_before"
CONF_LEARNED: Final = "learned_actions"
# The country of one's own phone book, while that of another account is used.
CONF_OWN_BOOK_REGION: Final = "own_phone_book_region"
CONF_PHONE_BOOK_OF: Final = "phone_book_of"
CONF_PINNED: Final = "pinned_certificate"
# The same for a second page on another host.
CONF_SECOND_AUTHORITY: Final = "second_page_authority"
CONF_SECOND_PINNED: Final = "second_page_pinned_certificate"
CONF_PRIVATE_KEY: Final = "private_key"
CONF_RENEWAL_TRY: Final = "renewal_try"
CONF_SETTINGS_URL: Final = "settings_url"
CONF_SERVER_ZONE: Final = "server_zone"
CONF_TAKEN_BACK_AT: Final = "certificate_taken_back_at"

CONF_ACCOUNT_REGION: Final = "account_region"
CONF_ACTIVITY_INTERVAL: Final = "activity_interval"
CONF_ALLOW_DAMAGED_RULES: Final = "allow_do_not_disturb_with_rules"
CONF_FORWARDING_TARGETS: Final = "forwarding_targets"
CONF_LOW_BALANCE: Final = "low_balance"
CONF_ASSISTANTS_MAY_CHANGE: Final = "assistants_may_change"
CONF_BOOK_REGION: Final = "phone_book_region"
CONF_CURRENCY: Final = "currency"
CONF_RENEW: Final = "renew_certificate"
CONF_SETTINGS_INTERVAL: Final = "settings_interval"
CONF_TIME_ZONE: Final = "time_zone"

DEFAULT_ACTIVITY_INTERVAL: Final = 60  # seconds
DEFAULT_SETTINGS_INTERVAL: Final = 15  # minutes

REQUESTS_AT_A_TIME: Final = 4
ASK_AGAIN_AFTER: Final = timedelta(days=1)
EXPIRES_SOON: Final = timedelta(days=30)
