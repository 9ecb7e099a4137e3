"""What servers say instead of an answer, in their own words (wire contract §3, §4)."""

from collections.abc import Mapping

from .dialects import Answer
from .exchange import Exchange, Fault
from .php import error_text, page_header, paragraph_error, row_error, warnings
from .wire_faults import answer, printed

_CREDENTIALS = "X.509 Credentials error"
_DOWN = error_text("SipPort", "Timed out read from 127.0.0.1")
_HISTORY = (
    "Id,Account,Date,Action,Description,Transaction value,Final balance\n"
    "1,alice@example.com,2009-09-24 10:58:20,Debit balance,Session,-0.0425,12.3\n"
)


def _from_url(message: str, code: str, text: str) -> str:
    error = f"(SipPort): {message} ({code}): {text}"
    return (
        f"<p><font color=red>Error from https://ngnpro.example.com:9200 {error}</font>"
    )


async def data_after_two_errors(exchange: Exchange) -> Answer:
    """Fail to look up owner and account, and answer as if nothing had happened."""
    errors = paragraph_error(error_text("CustomerPort", "SOAP Fault", "5000", "Gone"))
    errors += paragraph_error(error_text("SipPort", "SOAP Fault", "1010", "Gone"))
    return Answer(errors.encode() + exchange.answer().body)


async def data_after_account_error(exchange: Exchange) -> Answer:
    """Fail to look up the account, then print what is left of nothing (§3 item 3)."""
    error = error_text("SipPort", "SOAP Fault", "1010", "Account not found")
    return Answer(row_error(error).encode() + exchange.answer().body)


async def page_only(exchange: Exchange) -> Answer:
    """Begin a page, and never come to the answer."""
    return Answer.of(page_header())


async def success_zero(exchange: Exchange) -> Answer:
    """Fail in words of its own, with `success` for a number."""
    return Answer.json(
        {"success": 0, "error_message": "The moon is in the wrong house"}
    )


def challenge(*, stale: bool) -> Fault:
    """Make a fault: a challenge that no credentials satisfy."""

    async def fault(exchange: Exchange) -> Answer:
        realm = exchange.query.parameters.get("realm", "SIP_settings")
        text = f'Digest realm="{realm}",qop="auth",nonce="bm90aGluZw==",opaque="00"'
        text += ",stale=true" if stale else ""
        return Answer(status=401, headers={"WWW-Authenticate": text})

    return fault


SAID: Mapping[str, Fault] = {
    "html_error_then_object": printed(
        row_error(error_text("SipPort", "SOAP Fault", "1010", "No such account"))
        + '{"FUNC":"","FNOL":"","FBUS":"","FNOA":"","FUNV":""}'
    ),
    "customer_port_then_null": printed(
        paragraph_error(error_text("CustomerPort", "SOAP Fault", "5000", "Gone"))
        + "null"
    ),
    "data_after_two_errors": data_after_two_errors,
    "data_after_account_error": data_after_account_error,
    "database_halted": printed("Session halted."),
    "fatal_error_text": printed(
        "<br />\n<b>Fatal error</b>:  Uncaught Error: Call to private method "
        "SipSettings::getCallStatistics() in /var/www/CDRTool/library/a.php:99\n"
    ),
    "fatal_error": printed("PHP Fatal error: Uncaught Error: Call to private method"),
    "warnings_only": printed(warnings(3)),
    "page_only": page_only,
    "no_engine": printed("Error: missing sip_engine in login credentials"),
    "no_domain_filter": printed(
        "Error: no domainFilter available in ngnpro_engines.inc"
    ),
    "no_enrollment": printed("Error: missing enrollment settings"),
    "no_nonce_key": printed("Error: Missing nonce in enrollment settings"),
    "success_zero": success_zero,
    "back_end_page": printed(
        row_error(
            "Error (SipPort): <html><body><h1>Proxy Error</h1></body></html> (): "
        )
        + "null"
    ),
    "certificate_not_given": printed(
        f"Error: No X.509 client certificate provided\n{_CREDENTIALS}"
    ),
    "certificate_not_parsed": printed(
        f"Error: Failed to Parse Client Certificate\n{_CREDENTIALS}"
    ),
    "certificate_without_address": printed(f"No SIP address available{_CREDENTIALS}"),
    "certificate_without_address_2010": printed(
        "No SIP Address available. X.509 credentials error"
    ),
    "error_in_capitals": printed(
        row_error("ERROR (SIPPORT): SOAP FAULT (1000): NO IDEA") + "null"
    ),
    "certificate_of_another_owner": printed(_CREDENTIALS),
    "certificate_of_no_account": printed(
        _from_url("SOAP Fault", "1010", "Account not found") + _CREDENTIALS
    ),
    "certificate_not_looked_up": printed(
        _from_url("Timed out read from 127.0.0.1", "", "") + _CREDENTIALS
    ),
    "certificate_looked_up_in_vain": printed(
        _from_url("SOAP Fault", "1000", "Internal provisioning failure") + _CREDENTIALS
    ),
    "certificate_refused_in_small": printed("X.509 credentials error"),
    "account_not_specified": printed(f"Error, please specify an account{_CREDENTIALS}"),
    "account_not_valid": printed(f"Invalid account provided{_CREDENTIALS}"),
    "credentials_incomplete": printed("Invalid credentials from %s"),
    "stale_401": challenge(stale=True),
    "challenge_401": challenge(stale=False),
    "bare_401": answer(401),
    "basic_401": answer(401, b"", {"WWW-Authenticate": 'Basic realm="router"'}),
    "plain_403": answer(403, b"<html><body>Forbidden</body></html>"),
    "not_found_404": answer(404, b"<html><body>Not Found</body></html>"),
    "timeout_408": answer(408),
    "gone_410": answer(410),
    "too_many_429": answer(429, b"", {"Retry-After": "60"}),
    "html_500": answer(500, b"<html><body>Internal Server Error</body></html>"),
    "unavailable_503": answer(503, b"maintenance", {"Retry-After": "3600"}),
    "gateway_504": answer(504, b"<html><body>Gateway Timeout</body></html>"),
    "redirect_301": answer(301, b"", {"Location": "https://example.net/login"}),
    "no_content_204": answer(204),
    "history_file": printed(_HISTORY),
    "certificate_file": printed("-----BEGIN CERTIFICATE-----\nAAAA\n"),
    "plain_text": printed("It works!"),
    "a_number": printed("42"),
    "a_text": printed('"nothing to see"'),
    "a_truth": printed("true"),
    "not_a_number": printed('{"FUNC":NaN}'),
    "list_of_numbers": printed("[1,2,3]"),
    "other_members": printed('{"unexpected":{"inner":[1]}}'),
    "nested_too_deep": printed("[" * 100_000),
    "members_of_wrong_shape": printed(
        '{"FUNC":["a"],"FNOL":{},"FBUS":{"a":1},"FNOA":true,"FUNV":[1]}'
    ),
    "error_then_something": printed("Error: the flux is out of phase\nnull"),
    "text_then_null": printed("The service is being moved.\nnull"),
    "utf_16": printed('{"FUNC":""}'.encode("utf-16")),
    "zero_octets": printed(b"\0" * 64),
    "port_down": printed(row_error(_DOWN) + "[]"),
}
