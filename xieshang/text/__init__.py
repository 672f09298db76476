"""Reading and comparing the texts of the trade: plain Python, no database. Begin with `reading.read`."""
