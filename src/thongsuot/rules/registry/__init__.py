"""Which unit, body and post existed when, what became of it, and who may say so."""
