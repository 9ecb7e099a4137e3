"""What strangers may call themselves, to be more than text where it is shown."""

# Each would be something else in Markdown, in HTML, or in the frontend's mixture.
MARKUP = (
    "`![x](https://evil.example/x.png)`",
    "a` **This certificate was verified** `b",
    "``` \n# Verified\n```",
    "```",
    "**verified** __verified__ *verified* _verified_ ~~not verified~~ ~no~",
    "\\`a\\` \\*b\\* c\\",
    "<img src=x onerror=window.hacked=1>",
    "<ha-alert alert-type='success' title='Verified'>Trust it</ha-alert>",
    "<ha-icon icon='mdi:check'></ha-icon><!-- ",
    "<svg width='99'><path d='M0 0'/></svg>",
    "&#x202e;&lt;b&gt;&NewLine;&nbsp;&#60;b&#62;",
    "[x][y] [x](javascript:alert) ![y][x] [x]: https://evil.example",
    "a\n\n- [ ] b\n\n1. c\n\n> d\n\n    e\n\n---\n\n|f|g|\n|-|-|\n|h|i|",
    "a\r\n===\u2028b\u2029---\x0bc\x85d",
    "invoice\u202egnp\u2066.\u200bexe\u2069 \ud800 \ufdd0",
    "{account} {{ states('x') }} {0} '{",
    "",
    " \u200b\\ ",
    "_" * 3000 + "*" * 3000 + "`" * 3000,
)
# A bare address is itself wherever it stands; only links are made of it.
ADDRESSES = (
    "alice_smith@example.com",
    "https://evil.example/verify?a=b&c=d#e",
    "see www.evil.example or ftp://evil.example, mailto:alice@evil.example",
)
EVERYTHING = " ".join((*MARKUP[:-1], *ADDRESSES))
HOSTILE = (*MARKUP, *ADDRESSES, EVERYTHING)
