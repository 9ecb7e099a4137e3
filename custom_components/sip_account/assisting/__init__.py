"""What assistants are told and may do: tools for language models."""
