"""The Ed25519 that verify.py computes by hand says what a library says, of right signatures and of wrong ones."""

import random

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tests.trust.bundles.changing import flip
from wanowa.record.rules.bundles.verify import ORDER, P, ed25519

ROUNDS = 40

# RFC 8032, 7.1: public key, message, signature
PUBLISHED = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
]


def by_a_library(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@pytest.mark.parametrize(("public", "message", "signature"), PUBLISHED)
def test_published_signatures_fit(public, message, signature):
    assert ed25519(bytes.fromhex(public), bytes.fromhex(signature), bytes.fromhex(message))


def test_both_say_the_same_of_right_and_wrong_signatures():
    chance = random.Random(8032)
    for _ in range(ROUNDS):
        secret = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        public, message = secret.public_key().public_bytes_raw(), chance.randbytes(chance.randrange(200))
        signature = secret.sign(message)
        assert ed25519(public, signature, message)
        for case in (
            (public, flip(signature, chance), message),
            (flip(public, chance), signature, message),
            (public, signature, message + b"x"),
        ):
            assert ed25519(*case) == by_a_library(*case) is False


def test_a_signature_has_one_way_to_be_written():
    """A scalar beyond the order, or a point whose number is beyond the prime, would fit too, and is refused."""
    secret = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public, signature = secret.public_key().public_bytes_raw(), secret.sign(b"x")
    scalar = int.from_bytes(signature[32:], "little") + ORDER
    assert not ed25519(public, signature[:32] + scalar.to_bytes(32, "little"), b"x")
    assert not ed25519((P + 1).to_bytes(32, "little"), signature, b"x")
