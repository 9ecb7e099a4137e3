"""Words, names and numbers as people read them, and texts of strangers made inert."""
