"""The addresses in a message as people post them: in brackets, in quotation marks, before an ellipsis."""

import re

_ADDRESS = re.compile(
    r"(?P<scheme>https?://)[^\s<>|`\"“”„‟«»‹›「」『』【】《》〈〉（）［］。、，；！？…]{1,2000}",
    re.IGNORECASE,
)
"""Up to what stands in no address unless it is escaped; a comma of full width ends a clause, not a path."""
_AFTER = ".,;:!?'*_~‘’"
_OPENING = {")": "(", "]": "["}


def addresses_in(text: str) -> list[str]:
    """Return the addresses in *text*, in order, without the punctuation that is the sentence's."""
    found, start = [], 0
    while match := _ADDRESS.search(text, start):
        own = _strip_closing_bracket(match.group())
        address = own.rstrip(_AFTER)
        if len(address) > len(match["scheme"]):
            found.append(address)
        start = match.start() + max(len(own), len(match["scheme"]))
    return found


def _strip_closing_bracket(address: str) -> str:
    """Cut *address* where it closes a bracket that it did not open.

    A square bracket is only foreign at the end or before a link of Markdown: some sites have them in paths.
    """
    depth = {"(": 0, "[": 0}
    for at, char in enumerate(address):
        if char in depth:
            depth[char] += 1
        elif opening := _OPENING.get(char):
            if depth[opening]:
                depth[opening] -= 1
            elif (
                char == ")"
                or address[at + 1 : at + 2] in ("", "(", ")")
                or not address[at:].strip("])" + _AFTER)
            ):
                return address[:at]
    return address
