"""A server of which some calls are not understood, for a while."""

from typing import override

from hypothesis import strategies as st
from hypothesis.stateful import rule

from .histories import Histories


class OddHistories(Histories):
    """As `Histories`, but members come and go in no other way than this."""

    @rule(which=st.sets(st.integers(0, 40), max_size=4))
    def change_oddities(self, which: set[int]) -> None:
        """Some calls are written as nobody understands them."""
        for line in self.server.lines:
            line.odd = line.number in which

    @override
    def change_members(self, unsteady: set[str]) -> None:
        """Leave the members as they are: no rule calls this."""

    @override
    def teardown(self) -> None:
        """Understand everything in the end: what was not told is told then."""
        for line in self.server.lines:
            line.odd = False
        super().teardown()
