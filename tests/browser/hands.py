"""Two ways to use a page: with a mouse, and with the keyboard alone, where the focus must always be seen."""

from typing import Protocol

from playwright.sync_api import Locator, Page, expect

MOST_STOPS = 250
"""Presses of Tab after which a page counts as a maze."""
SEEN = """element => {
  const shown = node => {
    const style = getComputedStyle(node);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  };
  const box = element.getBoundingClientRect();
  const spots = [[0.5, 0.5], [0.05, 0.5], [0.95, 0.5], [0.5, 0.15], [0.5, 0.85]];
  const label = element.closest("label, .card");
  const hit = spots.some(([x, y]) => {
    const found = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return found && (element.contains(found) || found.contains(element) && found === label || label?.contains(found));
  });
  return {ring: shown(element) || !!label && shown(label), hit};
}"""


class Hand(Protocol):
    """What a person does to a page."""

    def press(self, target: Locator) -> None:
        """Press a button, a link or a summary."""

    def write(self, target: Locator, text: str) -> None:
        """Replace what stands in a field; a day is written as 2027-03-31."""

    def choose(self, target: Locator, label: str) -> None:
        """Choose from a list by its label."""

    def tick(self, target: Locator) -> None:
        """Tick a box or a round one."""


class Mouse:
    """Points and clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """Click."""
        target.click()

    def write(self, target: Locator, text: str) -> None:
        """Click into the field and write."""
        target.fill(text)

    def choose(self, target: Locator, label: str) -> None:
        """Choose from the list."""
        target.select_option(label=label)

    def tick(self, target: Locator) -> None:
        """Click the box."""
        target.check()


class Keyboard:
    """Tab, Enter, Space, arrows and letters; fails when the focus cannot be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """Go there and press Enter."""
        self.go(target)
        self.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        """Go there, take everything and write over it; the fields of a day are typed one after another."""
        self.go(target)
        if target.get_attribute("type") == "date":
            self._write_day(target, text)
        else:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(text)
        expect(target).to_have_value(text)

    def _write_day(self, target: Locator, text: str) -> None:
        # Which part stands first depends on the language of the machine, not on that of the page.
        year, month, day = text.split("-")
        for parts in ((year, "ArrowRight", month, day), (month, day, year)):
            for _part in range(3):
                self.page.keyboard.press("ArrowLeft")
            for part in parts:
                (self.page.keyboard.type if part.isdigit() else self.page.keyboard.press)(part)
            if target.input_value() == text:
                return

    def choose(self, target: Locator, label: str) -> None:
        """Go there and down until the label is chosen."""
        self.go(target)
        self.page.keyboard.press("Home")
        labels = [text.strip() for text in target.locator("option").all_inner_texts()]
        for _step in range(labels.index(label)):
            self.page.keyboard.press("ArrowDown")
        assert target.evaluate("list => list.selectedOptions[0].label") == label

    def tick(self, target: Locator) -> None:
        """Go there and press Space; among round ones the arrows lead to the right one."""
        if target.get_attribute("type") == "radio":
            name = target.get_attribute("name")
            self._tab(f"element.name === {name!r}", target)
            for _step in range(MOST_STOPS):
                if target.evaluate("element => element === document.activeElement"):
                    break
                self.page.keyboard.press("ArrowDown")
        else:
            self.go(target)
        if not target.is_checked():
            self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def go(self, target: Locator) -> None:
        """Press Tab until the target has the focus, and see it there."""
        expect(target).to_be_visible()
        self._tab("element === target", target)
        seen = target.evaluate(SEEN)
        assert seen["ring"], f"nothing shows that the focus is on {target}"
        assert seen["hit"], f"something hides the focused {target}"

    def _tab(self, reached: str, target: Locator) -> None:
        there = f"target => {{ const element = document.activeElement; return {reached}; }}"
        for _stop in range(MOST_STOPS):
            if target.evaluate(there):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {target}")
