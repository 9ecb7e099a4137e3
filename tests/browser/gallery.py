"""Which pictures of the tests are shown in the README and in `docs/`.

One table: the file in `docs/images/`, and the story and the step that it is from.
`scripts/pictures` takes them anew.
"""

from pathlib import Path

IMAGES = Path(__file__).parents[2] / "docs" / "images"

_LANGUAGES = (
    *("cs", "da", "de", "en", "es", "fr", "it", "nb", "nl", "pl", "pt", "pt-BR"),
    *("ro", "sv", "zh-Hans"),
)

GALLERY: dict[str, tuple[str, str]] = {
    **{
        f"card-language-{language}.png": (f"card_languages-language-{language}", "card")
        for language in _LANGUAGES
    },
    "action.png": ("pages-action", "answer"),
    "add-certificate.png": ("adding-certificate", "file"),
    "add-fingerprint.png": ("adding-pinned_server", "fingerprint"),
    "add-menu.png": ("adding-certificate", "menu"),
    "add-password.png": ("adding-password", "form"),
    "add-untrusted.png": ("adding-certificate", "untrusted"),
    "add-weak-certificate.png": ("adding-certificate", "weak"),
    "assistants.png": ("changing-targets", "control"),
    "automation-saved.png": (
        "automations-missed_call_from_the_phone_book",
        "automation",
    ),
    "automation-trigger.png": (
        "automations-missed_call_from_the_phone_book",
        "trigger",
    ),
    "automation-whom.png": ("automations-missed_call_from_the_phone_book", "options"),
    "blueprint-automation.png": ("everyday-blueprint", "automation"),
    "blueprint-notification.png": ("everyday-blueprint", "notification"),
    "blueprint-preview.png": ("everyday-blueprint", "preview"),
    "card-dark.png": ("card-looks-dark-800", "card"),
    "card-editor.png": ("card-picker", "editor"),
    "card-phone.png": ("card-looks-light-390", "card"),
    "card-usage.png": ("card-usage", "usage"),
    "card.png": ("card-looks-light-1280", "card"),
    "dashboard-dark.png": ("everyday-dashboard-dark", "wide"),
    "dashboard-phone.png": ("everyday-dashboard-light", "phone"),
    "dashboard.png": ("everyday-dashboard-light", "wide"),
    "device.png": ("everyday-device", "after_a_call"),
    "expiry-repair.png": ("changing-expiry", "explained"),
    "looking-back-phone.png": ("looking_back-dashboard-dark-390", "looking_back"),
    "looking-back.png": ("looking_back-dashboard-light-1280", "looking_back"),
    "lost.png": ("pages-lost", "lost"),
    "options.png": ("changing-options", "settings"),
    "reauth.png": ("changing-reauth", "attention"),
}
