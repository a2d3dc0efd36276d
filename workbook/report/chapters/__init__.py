"""The chapters of the report, in the structure of the handbook's annex 2."""
