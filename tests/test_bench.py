"""The benchmark tells every figure, and so does the page about it."""

import pytest

from bench.figures import FIGURES, Found, results
from bench.table import DOCUMENT, document, rows, terminal

KEYS = (
    "refresh_cpu_to_curl_kept_alive",
    "refresh_cpu_to_curl_new_connection",
    "refresh_cpu_to_bare_aiohttp",
    "refresh_latency_to_limit",
    "loop_block_ms_max",
    "worst_answer_ms",
    "worst_file_ms",
    "setup_cpu_ms",
    "import_ms",
    "idle_day_states",
    "idle_day_rows",
    "busy_day_rows",
    "busy_day_kb",
    "cost_per_account_100_to_10",
    "peak_to_mean_requests",
    "kb_per_account",
    "kb_per_account_with_password",
    "first_setup_cpu_ms",
    "handshakes_a_day",
    "handshakes_whole",
    "get_calls_ms",
    "phonebook_load_ms",
    "match_call_ms",
    "ledger_year_kb",
    "ledger_year_stored_kb",
    "ledger_call_ms",
    "event_delay_s_median",
)
FOUND = [Found(figure.key, 0.5, "what is behind it") for figure in FIGURES]


def test_results_are_whole() -> None:
    """One flat object with exactly these figures."""
    assert sorted(results(FOUND)) == sorted(KEYS)
    for wrong in (FOUND[1:], [*FOUND, FOUND[0]], [*FOUND, Found("more", 1, "")]):
        with pytest.raises(ValueError, match="exactly once"):
            results(wrong)


def test_figure_that_could_not_be_measured() -> None:
    """It is there, and empty."""
    found = [Found(KEYS[0], None, "no curl here"), *FOUND]
    found = [item for item in found if item.value is None or item.key != KEYS[0]]
    assert results(found)[KEYS[0]] is None
    (row,) = (row for row in rows(found) if row[0] == KEYS[0])
    assert row[1:4] == ("-", "1/45", "-")
    assert "no curl here" in terminal(found)


def test_misses_are_told() -> None:
    """A target is met up to its limit and no further."""
    for value, met in ((500.0, "yes"), (500.5, "no")):
        (row,) = rows([Found("kb_per_account", value, "")])
        assert row[3] == met
    (row,) = rows([Found("event_delay_s_median", 30, "")])
    assert row[2:4] == ("-", "-")


def test_page_has_every_figure() -> None:
    """`scripts/bench --write-docs` was run since a figure was added or renamed."""
    lines = DOCUMENT.read_text().splitlines()
    for figure in FIGURES:
        told = f"| {figure.what} (`{figure.key}`) |"
        assert sum(line.startswith(told) for line in lines) == 1, figure.key


def test_only_the_table_is_written() -> None:
    """The words around the table stay as they are, however often it is written."""
    text = DOCUMENT.read_text()
    once = document(FOUND, text)
    assert once != text
    assert document(FOUND, once) == once
    for part in (0, -1):
        assert once.split("<!-- measured")[part] == text.split("<!-- measured")[part]
