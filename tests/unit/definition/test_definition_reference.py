"""The reference page says what the packs say."""

from tools.generate_reference import PAGE, reference


def test_the_committed_page_is_the_generated_one() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "run: python tools/generate_reference.py"
