"""Every fault that is tried, and what must come of it.

Tests and docs/faults.md are both made of it.

Each is a fault of the account in a box, named as in `demo.faults.READY`.
"""

from dataclasses import dataclass
from typing import Literal

type Reauth = Literal["never", "once it has lasted"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, the kind of error that it is (None: the data are good), and the rest.

    `reauth` tells whether new credentials are asked for when everything fails so,
    `leaves_out` that something of the data is not understood, which is logged once.
    """

    name: str
    what: str
    kind: str | None
    reauth: Reauth = "never"
    leaves_out: bool = False

    @property
    def hangs(self) -> bool:
        """Whether only our patience ends it."""
        return self.kind == "timeout"


def _all(
    kind: str | None, rows: dict[str, str], reauth: Reauth = "never"
) -> list[Fault]:
    return [Fault(name, what, kind, reauth) for name, what in rows.items()]


FAULTS: tuple[Fault, ...] = (
    Fault(
        "odd_items",
        "One item of each list cannot be understood",
        None,
        leaves_out=True,
    ),
    *_all(
        None,
        {
            "customer_port_only": "An error of CustomerPort alone precedes good data",
            "php_warnings_first": "50 kB of PHP warnings precede the data",
            "page_header_first": "The header of an HTML page precedes the data",
            "numbers_as_text": "Every number is a string",
            "seventeen_digits": "Fractions are written out in seventeen digits",
            "byte_order_mark": "A byte order mark precedes the data",
            "wrong_charset": "The headers claim UTF-16",
            "packed": "The answer is compressed",
            "until_close": "The answer ends with the connection, as in HTTP/1.0",
        },
    ),
    *_all(
        "backend",
        {
            "html_error_then_null": "An HTML error, then `null`",
            "html_error_then_empty_list": "An HTML error, then `[]`",
            "html_error_then_object": "An HTML error, then an object of nothing",
            "customer_port_then_null": "An error of CustomerPort, then `null`",
            "data_after_two_errors": "Errors of two ports, then data of nobody",
            "data_after_account_error": "The account is not found, then data of nobody",
            "error_in_capitals": "The error of a port in other letters, then `null`",
            "json_error": "`success` is false, with the error of a port",
            "success_zero": "`success` is 0, with words of its own",
            "back_end_timeout": "The back end times out: an error without a code",
            "port_down": "The back end is down, then `[]`",
            "back_end_page": "The back end's HTML page inside the error",
            "data_base_error": "MySQL's error and `Session halted.`",
            "database_halted": "`Session halted.` alone",
            "fatal_error": "PHP's fatal error as text, with status 200",
            "fatal_error_text": "PHP's fatal error as HTML, with status 200",
            "error_then_something": "An error of unknown form, then `null`",
            "no_engine": "The server's configuration lacks its engine",
            "no_domain_filter": "The server's configuration lacks its domains",
            "no_enrollment": "The server's configuration lacks enrollment",
            "no_nonce_key": "The server's configuration lacks the key of nonces",
            "empty_200": "Nothing at all, with status 200",
            "empty_500": "Nothing at all, with status 500",
            "html_500": "A page with status 500",
            "html_502": "A proxy's page with status 502",
            "unavailable_503": "Maintenance, with status 503",
            "gateway_504": "A proxy's page with status 504",
            "timeout_408": "The server gave up waiting: status 408",
            "too_many_429": "Too many requests: status 429",
            "certificate_not_looked_up": "The back end is down while the certificate"
            " is looked up",
            "certificate_looked_up_in_vain": "The look-up fails with a code of its own",
        },
    ),
    *_all(
        "reply",
        {
            "truncated_json": "The second half of the JSON is missing",
            "text_after": "The end of a page follows the JSON",
            "garbage": "Octets that are neither text nor JSON",
            "latin_1": "Latin-1 octets in the JSON",
            "utf_16": "JSON in UTF-16",
            "zero_octets": "Zero octets",
            "plain_text": "A greeting of the web server",
            "warnings_only": "PHP warnings without data",
            "page_only": "The upper half of an HTML page",
            "login_page": "The login page of the web session",
            "history_file": "The history as a file instead of the data",
            "certificate_file": "A certificate instead of the data",
            "a_number": "A number instead of an object",
            "a_text": "A string instead of an object",
            "a_truth": "`true` instead of an object",
            "not_a_number": "`NaN` in an object",
            "list_of_numbers": "A list instead of an object",
            "other_members": "An object of other members",
            "members_of_wrong_shape": "The right members with values of other shapes",
            "nested_too_deep": "100,000 opening brackets",
            "text_then_null": "Words of unknown meaning, then `null`",
            "redirect_302": "A redirect to itself with a cookie",
            "redirect_301": "A redirect to another host",
            "no_content_204": "No content: status 204",
            "not_found_404": "No such page: status 404",
            "gone_410": "The page is gone: status 410",
            "huge_body": "A body of 100 MB",
            "gzip_bomb": "100 MB in a few hundred kB of gzip",
            "no_http": "An SSH server answers",
            "endless_header": "A header of 200 kB",
            "nonsense_length": "A `Content-Length` that is no number",
            "broken_chunk": "A chunk whose length is no number",
        },
    ),
    *_all(
        "connection",
        {
            "reset": "The connection is reset before an answer",
            "closed_unanswered": "The connection is closed before an answer",
            "cut_in_headers": "The connection is reset within the headers",
            "cut_in_body": "The connection is reset within the body",
            "ended_early": "The connection is closed within the body",
            "cut_in_chunk": "The connection is reset before the last chunk",
            "broken_gzip": "The compressed answer cannot be unpacked",
        },
    ),
    *_all(
        "timeout",
        {
            "slow": "The answer comes too late",
            "hangs_unanswered": "No answer ever comes",
            "hangs_in_headers": "The headers never end",
            "hangs_in_body": "The body never ends",
            "one_octet_a_second": "The body comes at one octet a second",
        },
    ),
    *_all(
        "tls",
        {"forbidden_403": "The web server cannot ask for the certificate any more"},
    ),
    *_all(
        "unsupported",
        {"invalid_action": "The server does not know the action any more"},
    ),
    *_all(
        "authentication",
        {
            "unauthorized_401": "A challenge to every answer: the password is wrong, or"
            " the back end is down",
            "challenge_401": "A challenge whose nonce is nonsense",
            "stale_401": "A challenge that says `stale` to every answer",
            "bare_401": "Status 401 without a challenge",
            "basic_401": "A challenge of another kind, as of a router",
            "plain_403": "Status 403 of the web server",
            "credentials_incomplete": "`Invalid credentials from`",
        },
        "once it has lasted",
    ),
    *_all(
        "certificate",
        {
            "certificate_not_given": "No certificate has reached the server's code",
            "certificate_not_parsed": "The server's code cannot parse the certificate",
            "certificate_without_address": "The certificate names no SIP address",
            "certificate_without_address_2010": "The same in the words of 2010 to 2013",
            "certificate_of_no_account": "The certificate names an unknown account",
            "certificate_of_another_owner": "The certificate is another owner's",
            "certificate_refused_in_small": "The same in other letters, as in 2009",
            "account_not_specified": "The certificate is an owner's",
            "account_not_valid": "The account is none for this owner's certificate",
        },
        "once it has lasted",
    ),
)
