"""Whether an Ed25519 signature is right, by RFC 8032, with the standard library alone.

Only public values are touched here, so nothing has to take the same time for every input. Keys are
made and used elsewhere.
"""

import hashlib

Point = tuple[int, int, int, int]  # extended coordinates: x/z, y/z, with t = xy/z

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
KEY, SIGNATURE = 32, 64
NEUTRAL: Point = (0, 1, 1, 0)


def _add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    result = NEUTRAL
    while number:
        if number & 1:
            result = _add(result, point)
        point = _add(point, point)
        number >>= 1
    return result


def _same(one: Point, other: Point) -> bool:
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (
        one[1] * other[2] - other[1] * one[2]
    ) % P == 0


def _x_of(y: int, odd: int) -> int | None:
    """The x that belongs to y, with the wanted last bit; None when there is no such point."""
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    return P - x if x & 1 != odd else x


def _point(text: bytes) -> Point | None:
    y = int.from_bytes(text, "little")
    odd, y = y >> 255, y & ((1 << 255) - 1)
    x = _x_of(y, odd) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


_BASE_Y = 4 * pow(5, P - 2, P) % P
_BASE_X = _x_of(_BASE_Y, 0) or 0
BASE: Point = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % P)


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of that public key has signed that message.

    Shapes: the strict reading: both points in their one form, the number below the order, no
    cofactor. False for anything of a wrong length, and for the few keys of small order, under which
    one signature would fit everything.
    """
    if len(public) != KEY or len(signature) != SIGNATURE:
        return False
    key, commitment = _point(public), _point(signature[:KEY])
    number = int.from_bytes(signature[KEY:], "little")
    if key is None or commitment is None or number >= L or _same(_times(8, key), NEUTRAL):
        return False
    spread = hashlib.sha512(signature[:KEY] + public + message).digest()
    challenge = int.from_bytes(spread, "little") % L
    return _same(_times(number, BASE), _add(commitment, _times(challenge, key)))
