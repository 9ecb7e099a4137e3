"""A room for a phone book that lies at an address: found, read, kept.

Nothing of it is imported while no account has one.
"""
