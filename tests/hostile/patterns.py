"""What a regular expression may not be, where strangers write what it is tried on.

It takes linear time if no repetition stands in another one, none stands next to one
that takes the same characters, and none is begun anew in the midst of what it has
run over in vain. Repetitions of some characters at most count as one step.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
import re
from typing import Any

# Python's own reader of patterns, which has no public name.
parser: Any = import_module("re._parser")
code: Any = import_module("re._constants")

type Node = tuple[Any, Any]

# Repetitions up to this are one step, though a long one.
_STEP = 256
_SAMPLE = frozenset(map(chr, (*range(0x180), 0x660, 0x2028, 0x4E2D, 0x1F4DE)))
_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)
_CATEGORIES = {
    code.CATEGORY_DIGIT: r"\d",
    code.CATEGORY_NOT_DIGIT: r"\D",
    code.CATEGORY_SPACE: r"\s",
    code.CATEGORY_NOT_SPACE: r"\S",
    code.CATEGORY_WORD: r"\w",
    code.CATEGORY_NOT_WORD: r"\W",
}


def complaints(pattern: re.Pattern[Any]) -> list[str]:
    """Return why a pattern may take more than linear time; nothing where it cannot."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    return [
        why for branch in _branches(list(tree)) for why in dict.fromkeys(_wrong(branch))
    ]


def _wrong(nodes: Sequence[Node]) -> Iterator[str]:
    """Look at one way through a pattern, from left to right."""
    before: list[frozenset[str]] = []  # what must stand before, as far as it must
    open_sets: list[frozenset[str]] = []  # of repetitions that may go on here
    for index, (kind, value) in enumerate(nodes):
        if kind in _REPEATS:
            least, most, inner = value
            taken = _all(inner)
            if most > _STEP:
                if any(_has_repetition(node) for node in inner):
                    yield "a repetition in a repetition"
                if any(taken & other for other in open_sets):
                    yield "repetitions of the same characters next to each other"
                rest = any(_width(node)[0] for node in nodes[index + 1 :])
                if rest and all(taken & needed for needed in before):
                    yield "a repetition that is begun anew from within"
                open_sets.append(taken)
            else:
                yield from (
                    why for way in _branches(list(inner)) for why in _wrong(way)
                )
            if least and most <= _STEP:
                open_sets.clear()
            before += [taken] * min(least, _STEP)
        elif kind is code.GROUPREF:
            yield "a reference to a group"
        else:
            least, _ = _width((kind, value))
            if least:
                open_sets.clear()
                before.append(_all([(kind, value)]))


def _branches(nodes: list[Node]) -> list[list[Node]]:
    """Return every way through groups and alternatives, as plain sequences."""
    ways: list[list[Node]] = [[]]
    for kind, value in nodes:
        if kind is code.SUBPATTERN:
            inner = _branches(list(value[3]))
        elif kind is code.BRANCH:
            inner = [way for part in value[1] for way in _branches(list(part))]
        elif kind in (code.ASSERT, code.ASSERT_NOT) and value[0] > 0:
            inner = _branches(list(value[1]))
        else:
            inner = [[(kind, value)]]
        ways = [[*way, *more] for way in ways for more in inner]
    return ways


def _has_repetition(node: Node) -> bool:
    kind, value = node
    if kind in _REPEATS:
        return bool(value[1] > 1)
    if kind is code.SUBPATTERN:
        return any(map(_has_repetition, value[3]))
    if kind is code.BRANCH:
        return any(_has_repetition(inner) for part in value[1] for inner in part)
    return False


def _width(node: Node) -> tuple[int, int]:
    kind, value = node
    if kind in _REPEATS:
        return value[0], value[1]
    return (0, 0) if kind in (code.AT, code.ASSERT, code.ASSERT_NOT) else (1, 1)


def _all(nodes: Iterable[Node]) -> frozenset[str]:
    """Return which characters of the sample stand anywhere in these nodes."""
    found: frozenset[str] = frozenset()
    for kind, value in nodes:
        if kind is code.SUBPATTERN:
            found |= _all(value[3])
        elif kind is code.BRANCH:
            found |= frozenset().union(*map(_all, value[1]))
        elif kind in _REPEATS:
            found |= _all(value[2])
        else:
            found |= _characters(kind, value)
    return found


def _characters(kind: Any, value: Any) -> frozenset[str]:
    match kind:
        case code.ANY:
            return _SAMPLE
        case code.LITERAL:
            return frozenset({chr(value)})
        case code.NOT_LITERAL:
            return _SAMPLE - {chr(value)}
        case code.RANGE:
            return frozenset(map(chr, range(value[0], value[1] + 1))) & _SAMPLE
        case code.CATEGORY:
            return _category(_CATEGORIES[value])
        case code.IN:
            negated = value[0][0] is code.NEGATE
            found = _all(value[negated:])
            return _SAMPLE - found if negated else found
    return frozenset()


@cache
def _category(pattern: str) -> frozenset[str]:
    return frozenset(filter(re.compile(pattern).match, _SAMPLE))
