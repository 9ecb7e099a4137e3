"""`scripts/account` against every fault: what it prints and how it exits."""

from typing import Any

import pytest

from custom_components.sip_account.sip_settings import CATALOGUE, __main__ as shell
from demo import AccountBox
from tests.faults.document import exit_status
from tests.faults.server_table import SERVER_FAULTS, ServerFault
from tests.faults.table import FAULTS, Fault

ALICE = "alice@example.com"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch, request: Any) -> None:
    fault = request.node.callspec.params.get("fault")
    if fault.hangs:
        monkeypatch.setattr(shell, "TIME_LIMIT", 0.3)


async def _look(box: AccountBox, folder: Any) -> tuple[int, dict[str, Any]]:
    (folder / "authority.pem").write_bytes(box.authority_pem)
    (folder / "alice.crt").write_bytes(box.certificate_for(ALICE).crt())
    request = shell.parse_arguments(
        [
            "--server",
            f"https://127.0.0.1:{box.port}/settings.phtml",
            *("--trust", str(folder / "authority.pem")),
            *("--certificate", str(folder / "alice.crt")),
            "--allow-weak-certificate",
        ]
    )
    report: dict[str, Any] = await shell.look(request)
    return shell.exit_status(report["actions"]), report["actions"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_fault(box: AccountBox, tmp_path: Any, fault: Fault) -> None:
    """The kind is named, and an error is never "none"."""
    box.faults.set("*", "*", fault.name)
    status, actions = await _look(box, tmp_path)
    assert status == exit_status(fault.kind)
    assert list(actions) == list(CATALOGUE)
    for result in actions.values():
        if fault.kind is None:
            assert result["status"] == "ok"
        elif fault.kind == "unsupported":
            assert result == {"status": "unsupported"}
        else:
            assert result["error"] == fault.kind
            assert result["message"]


@pytest.mark.parametrize("fault", SERVER_FAULTS, ids=lambda fault: fault.name)
async def test_server_fault(box: AccountBox, tmp_path: Any, fault: ServerFault) -> None:
    """The same for servers that cannot be reached or are not trusted."""
    await fault.wreck(box)
    status, actions = await _look(box, tmp_path)
    assert status == exit_status(fault.kind)
    assert {result["error"] for result in actions.values()} == {fault.kind}
