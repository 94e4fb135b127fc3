"""Files people hand in: the good ones are kept, the harmful ones refused with a sentence (T36)."""

import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from wanowa.kernel import files
from wanowa.kernel.errors import Invalid
from wanowa.kernel.files.acceptance import LARGEST
from wanowa.kernel.tests import upload_samples as samples
from wanowa.kernel.tests.strings import SAMPLES
from wanowa.kernel.tests.upload_samples import upload

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _sentence(name, content):
    with pytest.raises(Invalid) as refusal:
        files.accept(upload(name, content))
    assert refusal.value.status == 400
    assert str(refusal.value).endswith(("ください。", "です。"))
    return str(refusal.value)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("会議録.pdf", samples.pdf(), "application/pdf"),
        ("会議録.PDF", samples.pdf(), "application/pdf"),
        ("花壇.png", samples.picture(), "image/png"),
        ("花壇.jpg", samples.picture("JPEG"), "image/jpeg"),
        ("花壇.jpeg", samples.picture("JPEG"), "image/jpeg"),
        ("規約.docx", samples.office(), DOCX),
        ("名簿.xlsx", samples.office("xl/workbook.xml"), XLSX),
        ("会議録.2026.11.23.pdf", samples.pdf(), "application/pdf"),
        ("渡邉\U000e0100さんの案.pdf", samples.pdf(), "application/pdf"),
    ],
)
def test_ordinary_files_are_accepted_under_their_names(name, content, media_type):
    accepted = files.accept(upload(name, content))
    assert accepted.media_type == media_type
    assert accepted.name.rsplit(".", 1)[0] == name.rsplit(".", 1)[0]
    assert len(accepted.digest) == 64


@pytest.mark.parametrize("content", [samples.pdf(), samples.office()])
def test_documents_are_kept_byte_for_byte(content):
    name = "a.pdf" if content.startswith(b"%PDF") else "a.docx"
    assert files.accept(upload(name, content)).content == content


def test_an_upload_read_before_is_read_from_its_beginning():
    sent = upload("a.pdf", samples.pdf())
    sent.read()
    assert files.accept(sent).content == samples.pdf()


@pytest.mark.parametrize(
    "name",
    [
        "a.exe",
        "a.html",
        "a.svg",
        "a.docm",
        "a.xlsm",
        "a.zip",
        "a.txt",
        "a.csv",
        "pdf",
        "",
        ".pdf",
        "a.pdf.exe",
        "a.pdf\u200b",
        "a.pdf ",
    ],
)
def test_other_kinds_of_files_are_refused(name):
    assert "送れるのは" in _sentence(name, samples.pdf())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", samples.picture()),
        ("a.png", samples.pdf()),
        ("a.png", samples.picture("JPEG")),
        ("a.jpg", samples.picture()),
        ("a.jpg", samples.picture("GIF")),
        ("a.docx", samples.pdf()),
        ("a.docx", samples.office("xl/workbook.xml")),
        ("a.xlsx", samples.office()),
        ("a.pdf", b"<html><script>alert(1)</script></html>"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.pdf", b"MZ" + b"\0" * 200),
        ("a.pdf", b"x"),
    ],
)
def test_a_content_that_does_not_fit_its_name_is_refused(name, content):
    assert "拡張子が合いません" in _sentence(name, content)


def test_an_empty_file_is_refused():
    assert "空です" in _sentence("a.pdf", b"")


def test_a_file_over_twenty_megabytes_is_refused_without_reading_it_all():
    content = samples.pdf(b"%" + b" " * LARGEST)
    assert "20MBまで" in _sentence("a.pdf", content)
    just_fits = samples.pdf(b" " * (LARGEST - len(samples.pdf(b""))))
    assert len(files.accept(upload("a.pdf", just_fits)).content) == LARGEST


def test_place_camera_and_comment_vanish_from_a_photograph_and_it_stands_upright():
    sent = samples.jpeg_with_place()
    assert b"SecretCamera" in sent
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825)
    kept = files.accept(upload("a.jpg", sent)).content
    picture = Image.open(io.BytesIO(kept))
    assert not picture.getexif()
    assert picture.size == (30, 40)
    assert b"Secret" not in kept
    assert b"Exif" not in kept


def test_texts_and_passengers_vanish_from_a_png():
    texts = PngInfo()
    texts.add_text("Author", "SecretAuthor")
    sent = samples.picture(pnginfo=texts) + samples.office() + b"<script>Secret</script>"
    kept = files.accept(upload("a.png", sent)).content
    assert b"Secret" not in kept
    assert not zipfile.is_zipfile(io.BytesIO(kept))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_stays_a_picture_of_the_same_size(mode):
    kept = files.accept(
        upload("a.png", samples.picture(mode=mode) if mode != "I;16" else _sixteen_bit())
    ).content
    assert Image.open(io.BytesIO(kept)).size == (40, 30)


def _sixteen_bit():
    written = io.BytesIO()
    Image.new("I;16", (40, 30), 30_000).save(written, "PNG")
    return written.getvalue()


def test_sixteen_bit_grey_stays_grey():
    kept = Image.open(io.BytesIO(files.accept(upload("a.png", _sixteen_bit())).content))
    assert 100 < kept.convert("L").getpixel((0, 0)) < 130


def test_transparency_is_kept():
    kept = files.accept(upload("a.png", samples.picture(mode="RGBA"))).content
    assert Image.open(io.BytesIO(kept)).mode == "RGBA"


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_becomes_a_plain_one(mode):
    kept = files.accept(upload("a.jpg", samples.picture("JPEG", mode=mode))).content
    assert Image.open(io.BytesIO(kept)).mode in {"L", "RGB"}


def test_a_large_picture_is_made_smaller():
    kept = files.accept(upload("a.jpg", samples.picture("JPEG", size=(5_000, 2_500)))).content
    assert Image.open(io.BytesIO(kept)).size == (4_000, 2_000)


@pytest.mark.parametrize(
    ("width", "height"), [(50_000, 50_000), (10_000, 9_000), (8_000, 8_000), (2_000_000, 30)]
)
def test_a_picture_bomb_is_refused_before_it_unpacks(width, height):
    sent = samples.png_that_claims(width, height)
    tracemalloc.start()
    try:
        assert "画素が多すぎます" in _sentence("a.png", sent)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_broken_picture_is_refused(kept):
    for name, sent in (
        ("a.png", samples.picture(size=(400, 300))),
        ("a.jpg", samples.picture("JPEG", size=(400, 300))),
    ):
        assert "読めません" in _sentence(name, sent[: int(len(sent) * kept)])


@pytest.mark.filterwarnings("ignore::UserWarning")  # damaged EXIF, which is dropped anyway
@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_damage_to_a_file_ever_causes_more_than_a_refusal(data):
    name, whole = data.draw(
        st.sampled_from(
            [
                ("a.png", samples.picture()),
                ("a.jpg", samples.jpeg_with_place()),
                ("a.pdf", samples.pdf()),
                ("a.docx", samples.office(more={"word/a.xml": b"<a/>"})),
            ]
        )
    )
    damaged = bytearray(whole)
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=8)):
        damaged[place] = data.draw(st.integers(0, 255))
    try:
        files.accept(upload(name, bytes(damaged)))
    except Invalid as refusal:
        assert str(refusal)  # noqa: PT017  # either answer is right


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a" + samples.pdf(),
        b"<html>" + samples.pdf(),
        samples.pdf() + b"<script>alert(1)</script>" * 100,
        samples.pdf() + samples.office(),
        samples.pdf()[:-8] + samples.office() + b"%%EOF\n",
        b"%PDF-1.7\nwithout an end",
    ],
)
def test_a_pdf_that_is_something_else_too_is_refused(content):
    assert _sentence("a.pdf", content)


@pytest.mark.parametrize(
    "action", [b"/S /JavaScript /JS (app.alert(1))", b"/S /J#61vaScript", b"/S /Launch /F (cmd.exe)"]
)
def test_a_pdf_with_a_program_is_refused(action):
    assert "プログラム" in _sentence(
        "a.pdf", samples.pdf(b"1 0 obj << /OpenAction << " + action + b" >> >> endobj\n")
    )


@pytest.mark.parametrize(
    "more",
    [
        {"word/vbaProject.bin": b"macro"},
        {"word/VBAPROJECT.BIN": b"macro"},
        {"word/activeX/activeX1.bin": b"x"},
        {"word/embeddings/oleObject1.bin": b"x"},
        {
            "word/_rels/settings.xml.rels": samples.RELATIONS
            % (b"attachedTemplate", b"https://example.invalid/t.dotm")
        },
        {
            "word/_rels/settings.xml.rels": samples.RELATIONS
            % (b"attachedTemplate", b"\\\\example.invalid\\t.dotm")
        },
        {"word/_rels/document.xml.rels": samples.RELATIONS % (b"oleObject", b"http://example.invalid/x")},
    ],
)
def test_an_office_file_with_a_program_is_refused(more):
    assert "プログラム" in _sentence("a.docx", samples.office(more=more))


def test_a_macro_workbook_under_an_ordinary_name_is_refused():
    types = samples.CONTENT_TYPES.replace(
        b"/>", b' x="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'
    )
    assert "プログラム" in _sentence("a.xlsx", samples.office("xl/workbook.xml", content_types=types))


def test_an_ordinary_link_in_a_document_is_no_program():
    more = {
        "word/_rels/document.xml.rels": samples.RELATIONS % (b"hyperlink", b"https://example.invalid/"),
        "word/_rels/settings.xml.rels": samples.RELATIONS % (b"attachedTemplate", b"Normal.dotm"),
    }
    assert files.accept(upload("a.docx", samples.office(more=more)))


@pytest.mark.parametrize(
    "content",
    [
        samples.office(more={"../../etc/cron.d/x": b"x"}),
        samples.office(more={"/etc/passwd": b"x"}),
        samples.office(more={"word\\x.xml": b"x"}),
        samples.office(more={"word/x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        samples.office(more={"word/x.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")}),
        samples.zip_with_twin_parts(),
        samples.zip_of_overlapping_parts(),
        samples.office() + b"<script>alert(1)</script>",
        b"<script>alert(1)</script>" + samples.office(),
        samples.office()[:-30],
        samples.office()[:200],
        b"PK\x03\x04" + b"\0" * 300,
    ],
)
def test_an_office_file_that_is_damaged_or_holds_something_else_is_refused(content):
    assert _sentence("a.docx", content)


@pytest.mark.parametrize(
    "parts", [{"word/media/a.bin": bytes(150_000_000)}, {f"word/{n}.xml": b"" for n in range(2_100)}]
)
def test_a_zip_bomb_is_refused_before_it_unpacks(parts):
    content = samples.office(more=parts)
    assert len(content) < 1_000_000
    tracemalloc.start()
    try:
        assert "大きすぎます" in _sentence("a.docx", content)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_zip_that_lies_about_its_size_is_refused():
    content = bytearray(samples.office(more={"word/media/a.bin": bytes(30_000_000)}))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (1_000).to_bytes(4, "little")
    assert _sentence("a.docx", bytes(content))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\wako\\案.pdf", "案.pdf"),
        ("請求書\u202efdp.pdf", "請求書fdp.pdf"),
        ("公\u200b式.pdf", "公式.pdf"),
        ("a\r\nBcc: x.pdf", "aBcc x.pdf"),
        ("...pdf", "file.pdf"),
        (" . .pdf", "file.pdf"),
        ("渡邉\U000e0100.pdf", "渡邉\U000e0100.pdf"),
        ("髙﨑𠮷.pdf", "髙﨑𠮷.pdf"),
        ('a"<b>|c?.pdf', "abc.pdf"),
        ("わ" * 300 + ".pdf", "わ" * 99 + "….pdf"),
    ],
)
def test_a_file_name_loses_what_deceives_and_keeps_the_rest(given, kept):
    assert files.clean_name(given, extension=".pdf") == kept


@pytest.mark.parametrize(
    "name", ["請求書.exe.pdf", "a.html.pdf", "a.SVG .pdf", "a.js.png.pdf", "a.bat\u200b.pdf"]
)
def test_a_program_extension_inside_a_name_is_refused(name):
    assert "拡張子が2つ" in _sentence(name, samples.pdf())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_any_name_at_all_becomes_one_that_is_safe_to_send(sample):
    try:
        name = files.clean_name(sample.text + ".pdf", extension=".pdf")
    except Invalid:
        return
    name.encode()
    assert name.endswith(".pdf")
    assert len(name) > len(".pdf")
    assert not set(name) & set("/\\\r\n\0\u202e\u200b")
