"""Checking Ed25519 signatures: the one thing rules about checkpoints cannot compute themselves."""


def check(public: bytes, signature: bytes, text: bytes) -> bool:
    """Tell whether `signature` of `text` fits the public key."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - slow to load, seldom needed
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True
