"""The batch executor of the match model: Splink on DuckDB, with decisions identical to the online scorer's."""
