"""What a poll is made of: when it has its turn, what it asks, and what was told."""
