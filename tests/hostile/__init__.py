"""What strangers send to keep a reader busy, by size: the place for the next one."""
