"""Who knows which calls there were, and judges what was told of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from custom_components.sip_account.sip_settings import Call

type Words = tuple[str, ...]


def _number(call: Call) -> int:
    return int((call.name or "n-1")[1:])


def _words(call: Call) -> list[Words]:
    """Return all by which a call could be known, the best first."""
    place = (call.direction, call.party or "", call.started_text)
    if call.session_id:
        return [(call.direction, call.session_id), place]
    return [place]


@dataclass
class Witness:
    """Counts, by what only the server knows.

    Two calls of which the second was only ever listed in words, and as often, as the
    first one was before, cannot be told apart by anybody: such a call may be missing.
    Of calls that stood in one answer in the same words, each may stand for the other;
    else a call is missed whatever else was told again.

    What was listed at the first look is old. What had ended `before` it and was not
    listed may be told of or not: nothing tells when it was.
    """

    old: set[int] = field(default_factory=set)
    before: set[int] = field(default_factory=set)
    told: list[int] = field(default_factory=list)
    certain: Counter[int] = field(default_factory=Counter)
    doubtful: Counter[int] = field(default_factory=Counter)
    in_vain: Counter[int] = field(default_factory=Counter)
    due: set[int] = field(default_factory=set)
    listed: set[int] = field(default_factory=set)
    most: Counter[Words] = field(default_factory=Counter)
    alike: dict[Words, set[int]] = field(default_factory=lambda: defaultdict(set))
    # Words that stood beside a session: a session that comes later is another call's.
    named: set[Words] = field(default_factory=set)
    with_session: set[int] = field(default_factory=set)
    without_session: set[int] = field(default_factory=set)
    twins: set[frozenset[int]] = field(default_factory=set)

    def tell(self, call: Call, *, doubtful: bool, in_vain: bool = False) -> None:
        """Take down an event; `in_vain` where home died before it was kept."""
        number = _number(call)
        self.told.append(number)
        self.listed.add(number)
        (self.doubtful if doubtful else self.certain)[number] += 1
        if in_vain:
            self.in_vain[number] += 1
        for words in _words(call):
            self.alike[words].add(number)

    def answered(self, listed: Iterable[Call]) -> None:
        """Take down which calls stood in one answer in the same words."""
        places: dict[Words, set[int]] = defaultdict(set)
        for call in listed:
            for words in _words(call):
                places[words].add(_number(call))
        self.twins |= {frozenset(group) for group in places.values() if len(group) > 1}

    def looked(self, ended: Sequence[Call]) -> None:
        """Take down what was listed at a look that came to its end."""
        self.answered(ended)
        calls = [(_number(call), _words(call)) for call in ended]
        count = Counter(words for _, all_words in calls for words in all_words)
        for number, all_words in calls:
            self.listed.add(number)
            named = len(all_words) > 1
            (self.with_session if named else self.without_session).add(number)
            for words in all_words:
                self.alike[words].add(number)
            place = all_words[-1]
            if count[all_words[0]] > self.most[all_words[0]] and (
                count[place] > self.most[place] or place in self.named
            ):
                self.due.add(number)
        self.named |= {all_words[-1] for _, all_words in calls if len(all_words) > 1}
        self.most |= count

    def found(self) -> Counter[str]:
        """Return what went wrong, and what nobody could have told."""
        found: Counter[str] = Counter()
        # Which words were whose is not known of calls that had sessions by turns.
        by_turns = self.with_session & self.without_session
        alike = {frozenset(group) for group in self.alike.values() if group & by_turns}
        alone = {frozenset({one}) for one in self.due}
        for group in _joined(self.twins | alike | alone):
            missing = len((group & self.due) - self.before)
            told = sum(self.certain[one] + self.doubtful[one] for one in group)
            found["lost"] += max(missing - told, 0)
        for group in _joined(map(frozenset, self.alike.values())):
            due = len((group & self.due) - self.before)
            new = len((group & self.listed) - self.old)
            certain = sum(self.certain[number] for number in group)
            doubtful = sum(self.doubtful[number] for number in group)
            in_vain = sum(self.in_vain[number] for number in group)
            again = certain + doubtful - new
            found["unknowable"] += new - due
            found["doubled"] += max(certain - new - in_vain, 0)
            found["interrupted"] += min(in_vain, max(again, 0))
            found["perhaps"] += doubtful
        return found


def _joined(groups: Iterable[frozenset[int]]) -> list[set[int]]:
    """Return the groups, those together that have a call in common."""
    group: dict[int, set[int]] = {}
    for numbers in groups:
        together = set().union(*(group.get(number, {number}) for number in numbers))
        for number in together:
            group[number] = together
    return list({id(one): one for one in group.values()}.values())
