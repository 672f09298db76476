"""How quick and how small: ratios to a bare baseline, for `make bench`.

`python -m bench [--only PREFIX]` writes `bench.json` into the data folder and prints a table. Databases are made in a scratch folder for
one run, on SQLite and, where it is installed, PostgreSQL; nothing here touches the installation's own data.
"""
