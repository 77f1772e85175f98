"""Values as plain data, and how two of them differ."""
