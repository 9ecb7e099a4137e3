"""Files as people have them, each with its right reading beside it."""
