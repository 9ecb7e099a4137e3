"""Writes docs/dashboard.md: `python -m tests.docs.dashboard`."""

from pathlib import Path

import yaml

from demo.dashboard import dashboard

FILE = Path(__file__).parents[2] / "docs" / "dashboard.md"
_ADDRESS = "alice@example.com"
_PAGE = """\
# A dashboard to paste

Made from the dashboard on which the demo opens (`python -m tests.docs.dashboard`).

![The dashboard: a card for each account, and tiles below](images/dashboard.png)

1. **Settings → Dashboards → Add dashboard → New dashboard from scratch**, give it a
   name, and open it.
2. The pencil, then the three dots, **Raw configuration editor**: put the text below in
   place of what is there. In a dashboard that you already have, add its view to your
   `views`.
3. Replace `alice_example_com` everywhere by what your own entities begin with: for
   `bob@example.net` it is `bob_example_net`.
4. A card that says *Entity not found* is of something that your server does not tell:
   see the column *Exists* of [Entities](entities.md), and remove the card.

It follows the theme, and the width of a phone:

![The same dashboard in a dark theme](images/dashboard-dark.png)

![The same dashboard on a phone](images/dashboard-phone.png)

Everything in it comes with Home Assistant and this integration. The text is for one
account; in the pictures there are two. Where there are several, each has
[its own card](card.md), which is told its account in the visual editor.

```yaml
{text}```
"""


class _Indented(yaml.SafeDumper):  # type: ignore[misc]
    """Indents lists, as Home Assistant writes them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def document() -> str:
    """Return the page."""
    text = yaml.dump(dashboard(_ADDRESS), Dumper=_Indented, sort_keys=False)
    return _PAGE.replace("{text}", text)


if __name__ == "__main__":
    FILE.write_text(document())
