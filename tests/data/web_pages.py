"""Web pages of our own making, for tests that read them."""

OPENING = (
    "The harbour bridge opened to cyclists on Monday after two years of repairs, the city council said. "
    "About four hundred people crossed it in the first hour, most of them on bicycles."
)
COST = (
    "The work cost four million euros, half of it from the region. "
    "“It is the best thing we have built in a decade,” said Ana Ferreira, who leads the council."
)
CLOSING = "Cars will have to wait until the autumn, when the bearings of the eastern span are replaced."
PARAGRAPHS = (OPENING, COST, CLOSING)


def web_page(*, head="", body=None, attributes=' lang="en-GB"'):
    """Return a page with a menu and a footer around *body*, by default a short article."""
    if body is None:
        body = "<h1>Bridge opens to cyclists</h1>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return (
        f"<!doctype html><html{attributes}><head><title>Bridge opens to cyclists | The Gazette</title>{head}"
        "</head><body><nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
        f"<article>{body}</article><footer><p>All rights reserved.</p></footer></body></html>"
    ).encode()
