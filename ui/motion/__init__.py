"""Motion history: the dock with the chart, and the ways to a point on the map."""
