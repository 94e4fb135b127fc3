"""What a browser loads is small, kept for ever, and never inline."""

import gzip
import re

from django.test import Client

from wanowa.web import assets


def test_everything_a_page_needs_weighs_less_than_fifty_kilobytes():
    page = Client().get("/style/").content
    assert sum(len(assets.get(name).squeezed) for name in assets.BUNDLES) + len(gzip.compress(page)) < 50_000


def test_a_bundle_is_kept_for_ever_under_its_own_digest_only():
    client, address = Client(), assets.address("wanowa.css")
    assert "immutable" in client.get(address)["Cache-Control"]
    old = address.replace(assets.get("wanowa.css").digest, "0" * 16)
    assert client.get(old)["Cache-Control"] == "no-cache"


def test_a_squeezed_bundle_holds_the_same_text():
    response = Client().get(assets.address("wanowa.js"), headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(response.content) == assets.get("wanowa.js").body


def test_the_layers_come_in_order_and_every_component_is_there():
    css = assets.get("wanowa.css").body.decode()
    assert css.startswith("@layer tokens, base, layout, components, print;")
    for file in (assets.STATIC / "css" / "components").iterdir():
        assert file.read_text() in css


def test_no_page_of_ours_has_inline_script_or_style():
    for address in ("/style/", "/style/look/", "/nowhere/"):
        page = Client().get(address).content.decode()
        assert not re.search(
            r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|https?://(?!www\.w3\.org|example\.jp)", page
        )
