"""Single firms: a table, a cloud of points, and the life of one."""
