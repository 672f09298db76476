"""协商 Xieshang: plans become measured targets, work is recorded once, reports fill themselves."""

__version__ = "0.1.0"
