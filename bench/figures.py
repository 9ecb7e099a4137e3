"""What is measured, and what is asked of it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it says, its unit, and what it should be at most, if told."""

    key: str
    what: str
    unit: str = ""
    at_most: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a figure came to (None: it could not be measured), and what is behind it."""

    key: str
    value: float | None
    behind: str


FIGURES = (
    Figure(
        "refresh_cpu_to_curl_new_connection",
        "CPU of a full refresh over new connections, to `curl` once per action",
        at_most=1 / 20,
    ),
    Figure(
        "refresh_cpu_to_curl_kept_alive",
        "The same over connections that were kept",
        at_most=1 / 45,
    ),
    Figure(
        "refresh_cpu_to_bare_aiohttp",
        "CPU of a full refresh, to bare aiohttp fetching the same bytes (the worse of "
        "new and kept connections)",
        at_most=1.35,
    ),
    Figure(
        "refresh_latency_to_limit",
        "Time of a full refresh with 50 ms added to every answer, to three rounds",
        at_most=1.15,
    ),
    Figure("loop_block_ms_max", "Longest hold of the event loop", "ms", 2),
    Figure(
        "worst_answer_ms",
        "How late the event loop is while the worst of answers is read that were "
        "written to hold it",
        "ms",
        50,
    ),
    Figure(
        "worst_file_ms",
        "Reading the worst of such files, beside the event loop",
        "ms",
        3000,
    ),
    Figure("setup_cpu_ms", "CPU of setting up an account", "ms", 150),
    Figure(
        "first_setup_cpu_ms",
        "CPU of setting up the first account of a home, all imports included",
        "ms",
        250,
    ),
    Figure("import_ms", "CPU of importing what set-up needs", "ms", 30),
    Figure(
        "handshakes_a_day",
        "TLS handshakes for one account with the default intervals",
        at_most=1440,
    ),
    Figure(
        "handshakes_whole",
        "Those of them that take up no earlier session",
        at_most=0.05,
    ),
    Figure("idle_day_states", "States written on a day without news", "rows", 0),
    Figure(
        "idle_day_rows",
        "Rows in `states`, `state_attributes` and `events` on a day without news",
        "rows",
        0,
    ),
    Figure("busy_day_rows", "The same on a day with 40 calls", "rows", 400),
    Figure("busy_day_kb", "What these rows take in the data base", "kB", 300),
    Figure(
        "cost_per_account_100_to_10",
        "CPU per account and refresh, with 100 accounts to with 10",
        at_most=1.1,
    ),
    Figure(
        "peak_to_mean_requests",
        "Requests in the busiest second to the average, 100 accounts",
        at_most=3,
    ),
    Figure("kb_per_account", "Memory for each further account", "kB", 500),
    Figure(
        "kb_per_account_with_password",
        "The same with a password and the system's authorities",
        "kB",
        300,
    ),
    Figure("get_calls_ms", "Action `get_calls` over 50+50 calls", "ms", 2),
    Figure("phonebook_load_ms", "Loading a phone book of 5,000 contacts", "ms", 300),
    Figure("match_call_ms", "Finding a caller in it", "ms", 0.1),
    Figure("ledger_year_kb", "Memory of a year of 20 calls a day", "kB", 1000),
    Figure("ledger_year_stored_kb", "The same in the store", "kB", 300),
    Figure("ledger_call_ms", "Counting one more call", "ms", 1),
    Figure("event_delay_s_median", "From the end of a call to its event", "s"),
)


def results(found: Iterable[Found]) -> dict[str, float | None]:
    """Return the flat object of all figures, in their order.

    Raises ValueError where one is missing, too many, or not known.
    """
    told = list(found)
    by_key = {item.key: item.value for item in told}
    keys = [figure.key for figure in FIGURES]
    if sorted(item.key for item in told) != sorted(keys):
        msg = "Not each figure was measured exactly once"
        raise ValueError(msg)
    return {
        key: value if (value := by_key[key]) is None else round(value, 4)
        for key in keys
    }
