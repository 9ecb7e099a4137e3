"""How the work of a reader grows with what it reads."""

from collections.abc import Callable
import gc
import time

from .bodies import Made

# Twice the size is twice the work; a reader that is quadratic takes four times as
# long. Between them there is room for a machine that is busy otherwise.
MOST = 3.0
# Seconds of CPU below which nothing is told apart.
_FLOOR = 0.03
_TRIES = 5


def grows_too_fast(made: Made, size: int, read: Callable[[bytes], object]) -> bool:
    """Whether reading twice as much takes far more than twice the processor's time.

    Other programs' time is not counted, and of several tries the best counts.
    """
    small, large = made(size), made(2 * size)
    if _spent(large, read) < _FLOOR:
        return False
    for _ in range(_TRIES):
        if _best(large, read) <= MOST * max(_best(small, read), _FLOOR / 2):
            return False
    return True


def _best(data: bytes, read: Callable[[bytes], object]) -> float:
    return min(_spent(data, read) for _ in range(3))


def _spent(data: bytes, read: Callable[[bytes], object]) -> float:
    # What other tests have left to be collected is no work of this reader.
    gc.disable()
    try:
        begun = time.thread_time()
        read(data)
        return time.thread_time() - begun
    finally:
        gc.enable()
