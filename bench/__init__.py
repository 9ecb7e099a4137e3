"""What the integration costs, measured: `scripts/bench`.

One file for each group of figures. A benchmark, not a test: nothing fails by the clock.
"""
