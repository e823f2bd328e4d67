"""One address for one article, however it was shared."""

import re
from urllib.parse import unquote

from yarl import URL

_TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|_hs\w+|hsctatracking|at_(?:medium|campaign|format|link\w*|ptr\w*|bbc\w*)"
    r"|fbclid|fb_\w+|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ttclid|twclid|li_fat_id|igshid?|srsltid"
    r"|mc_[ce]id|mkt_tok|vero_id|oly_(?:anon|enc)_id|_ga|_gl|ref_(?:src|url)|cmpid|ns_\w+|s_cid|ncid|smid|ocid"
    r"|guccounter|guce_referrer\w*|spm|wt_?mc|xtor|__twitter_impression",
    re.IGNORECASE,
)
_AMP_QUERY = {("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp")}
_AMP_CACHE = re.compile(r"/(?:[cvi]|amp|[cvi]/s|amp/s)/(?=[^/]+\.[^/]+)")
_SAME_SITE = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_DEFAULT_PORT = {"http": 80, "https": 443}


def canonical_url(url: str) -> str:
    """Return *url* as it is stored and compared: no tracking, no fragment, no AMP form.

    Scheme and host come out in lower case, a default port goes. The result still leads to
    the article. What is no http address comes back unchanged.
    """
    try:
        parsed = URL(url.strip())
        host = parsed.host
    except ValueError:
        return url
    if parsed.scheme not in _DEFAULT_PORT or not host:
        return url
    parsed = _undo_amp_cache(parsed)
    kept = [(name, value) for name, value in parsed.query.items() if not _is_noise(name, value)]
    if len(kept) != len(parsed.query):
        parsed = parsed.with_query(kept or None)
    if parsed.explicit_port == _DEFAULT_PORT[parsed.scheme]:
        parsed = parsed.with_port(None)
    return str(_strip_amp_path(parsed).with_fragment(None))


def is_same_site(url: str, other: str) -> bool:
    """Tell whether two addresses have one host, apart from ``www``, ``m`` and ``amp`` in front."""
    return bool(site_of(url)) and site_of(url) == site_of(other)


def site_of(url: str) -> str:
    """Return the host of *url* without ``www.`` and the like; "" for what is no web address."""
    try:
        parsed = URL(url)
        host = parsed.host or ""
    except ValueError:
        return ""
    if parsed.scheme not in _DEFAULT_PORT:
        return ""
    return _SAME_SITE.sub("", host.removesuffix("."))


def _is_noise(name: str, value: str) -> bool:
    return bool(_TRACKING.fullmatch(name)) or (name.lower(), value.lower()) in _AMP_QUERY


def _undo_amp_cache(url: URL) -> URL:
    """Undo an AMP cache: the publisher's address is spelled out in the path."""
    host = url.host or ""
    if not (
        host.endswith(".cdn.ampproject.org") or (_is_search_engine(host) and url.path.startswith("/amp/"))
    ):
        return url
    match = _AMP_CACHE.match(url.path)
    if not match:
        return url
    secure = match.group().endswith("/s/")
    try:
        return URL(("https://" if secure else "http://") + unquote(url.raw_path[match.end() :]))
    except ValueError:
        return url


def _is_search_engine(host: str) -> bool:
    return bool(re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", host))


def _strip_amp_path(url: URL) -> URL:
    path = url.raw_path
    plain = re.sub(r"(?<=.)/amp/?$", "", path)
    plain = re.sub(r"\.amp(\.html?)?$", r"\1", plain)
    plain = re.sub(r"^/amp/(?=.)", "/", plain) if plain.count("/") > 2 else plain
    if plain == path != "/":
        return url
    return url.with_path(plain, encoded=True, keep_query=True)
