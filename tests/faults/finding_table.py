"""What can go wrong while a server is found by the domain of a SIP address."""

_FILE = "tests/integration/test_finding.py"
_AFTER = "tests/integration/test_finding_and_trust.py"
_CLIENT = "tests/sip_settings/test_discovery.py"

_ASKS = "asks for the address"
_NONE = f"{_ASKS}, or whether it is the platform's"
_NOWHERE = f"says that the record leads nowhere, and {_ASKS}"

# What it is, what the dialog does, and the test; no login was sent by then.
FINDING_FAULTS = (
    (
        "The name, or a record of it, does not exist",
        _NONE,
        f"{_FILE}::test_record_missing",
    ),
    (
        "The records are of other things, as where every name has one",
        _NONE,
        f"{_CLIENT}::test_no_record",
    ),
    (
        "The domain is none that a resolver takes",
        _NONE,
        f"{_AFTER}::test_domains_that_no_resolver_takes",
    ),
    (
        "The file names no page for programs",
        _NONE,
        f"{_FILE}::test_record_of_no_page",
    ),
    (
        "The resolver fails, refuses, talks rubbish or is silent",
        f"says so, and {_ASKS}",
        f"{_FILE}::test_resolver_dead",
    ),
    (
        "The record names a file by `http`, by an IP address, or several files",
        _NOWHERE,
        f"{_FILE}::test_record_that_leads_nowhere",
    ),
    (
        "The server of the file hangs, redirects, or has a page for people there",
        _NOWHERE,
        f"{_FILE}::test_file_that_leads_nowhere",
    ),
    (
        "The file is larger than 64 KiB, never ends, or is no JSON object",
        _NOWHERE,
        f"{_CLIENT}::test_bad_file",
    ),
    (
        "The server of the file cannot be verified",
        _NOWHERE,
        f"{_CLIENT}::test_file_of_a_server_that_nobody_knows",
    ),
    (
        "The file names a page by `http`, by an IP address, or at no possible host",
        _NONE,
        f"{_CLIENT}::test_members",
    ),
    (
        "The file names a foreign host",
        "shows it, and asks whether it is to be taken",
        f"{_FILE}::test_record_that_names_a_foreign_host",
    ),
)
