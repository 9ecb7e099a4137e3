"""What is known of calls and of callers."""
