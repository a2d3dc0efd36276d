"""The working session: ballot box, ballot page, rounds and reveal."""
