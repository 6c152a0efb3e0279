"""Values that every room uses: periods, problems, quantities, references, actors, text."""
