"""Writes docs/dashboard.md: `python -m tests.docs.dashboard`."""

from pathlib import Path

import yaml

from demo.dashboard import calls_calendar, dashboard

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
account; in the pictures there are two, and each section names the account that it is
of. Where there are several, each has [its own card](card.md), which is told its account
in the visual editor.

```yaml
{text}```

## Looking back

The graphs under *The last month* are Home Assistant's own, of the statistics that it
makes of what [is counted](entities.md#counted-here): *Calls today*, *Talk time today*
and *Cost today*. They begin when the account was added, and are kept for ever;
`period: month` and `days_to_show: 365` show a year.

![Calls, talk time and cost by day, and the calendar of calls](images/looking-back.png)

![The same on a phone, in a dark theme](images/looking-back-phone.png)

Once you have enabled the [calendar of calls](entities.md#calendar-of-calls), this card
shows each call of a week:

```yaml
{calendar}```
"""


class _Indented(yaml.SafeDumper):  # type: ignore[misc]
    """Indents lists, as Home Assistant writes them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def document() -> str:
    """Return the page."""
    view, calendar = (
        yaml.dump(one, Dumper=_Indented, sort_keys=False)
        for one in (dashboard(_ADDRESS), calls_calendar("alice_example_com"))
    )
    return _PAGE.replace("{text}", view).replace("{calendar}", calendar)


if __name__ == "__main__":
    FILE.write_text(document())
