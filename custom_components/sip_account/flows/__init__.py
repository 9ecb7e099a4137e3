"""What a person adds and changes an account with."""
