"""xicen-kpi: from a folder of enterprise statistics exports to an action plan's scoreboard."""

__version__ = "0.1.0"
