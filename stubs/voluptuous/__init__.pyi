# Inside Home Assistant `voluptuous` is an alias of probatio since 2026.9, while the
# real one, which a type checker would read, stands beside it. This says what is true at
# run time of the names that we use; tests/test_repository.py proves it of each.
from probatio import (
    All as All,
    Any as Any,
    Coerce as Coerce,
    In as In,
    Invalid as Invalid,
    Marker as Marker,
    Optional as Optional,
    Range as Range,
    Required as Required,
    Schema as Schema,
)
