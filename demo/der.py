"""The little DER (X.690) that certificates and key stores of 2009 need."""

_UNIVERSAL_CONSTRUCTED = 0x30
_SHORT_LENGTH = 0x80
_OID_BASE = 40


def element(tag: int, *contents: bytes) -> bytes:
    """Write an element: tag, length, and the contents one after the other."""
    content = b"".join(contents)
    size = len(content)
    if size < _SHORT_LENGTH:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, _SHORT_LENGTH | len(length))) + length + content


def sequence(*members: bytes) -> bytes:
    """Write a SEQUENCE or SEQUENCE OF."""
    return element(_UNIVERSAL_CONSTRUCTED, *members)


def set_of(*members: bytes) -> bytes:
    """Write a SET OF: the members in the order of their bytes."""
    return element(0x31, *sorted(members))


def integer(value: int) -> bytes:
    """Write an INTEGER, for values that are not negative."""
    return element(0x02, value.to_bytes(value.bit_length() // 8 + 1))


def octets(value: bytes) -> bytes:
    """Write an OCTET STRING."""
    return element(0x04, value)


def bits(value: bytes) -> bytes:
    """Write a BIT STRING of whole octets."""
    return element(0x03, b"\x00", value)


def null() -> bytes:
    """Write NULL."""
    return element(0x05)


def oid(dotted: str) -> bytes:
    """Write an OBJECT IDENTIFIER, from its dotted form."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    content = bytearray()
    for arc in (first * _OID_BASE + second, *rest):
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | (arc & 0x7F))
        content += bytes(reversed(groups))
    return element(0x06, bytes(content))


def explicit(number: int, content: bytes) -> bytes:
    """Tag explicitly: [number] EXPLICIT."""
    return element(0xA0 | number, content)


def implicit(number: int, content: bytes) -> bytes:
    """Tag implicitly: [number] IMPLICIT, a primitive type by its content octets."""
    return element(0x80 | number, content)
